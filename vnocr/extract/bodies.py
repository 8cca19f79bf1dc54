"""Bodies and persons as they are named in running text: where a name ends, what it lists.

A name opens with a noun like Sở, Ủy ban, Giám đốc or a group (các cơ quan, đơn vị) and
goes on to the predicate. Verbs inside names (Ban Chỉ đạo, Tổ kiểm tra) are told from
predicates by their capital or by the noun before them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vnocr.extract.phrases import Token

Tokens = Sequence[Token]

_LONGEST = 90
# After these nouns a verb belongs to the name: Tổ kiểm tra, Đoàn thanh tra.
_TAKES_VERB = ("tổ", "nhóm", "đoàn", "đội", "ban", "phận", "tâm", "người", "chủ", "nhà", "được")
# Units that may be named by the field they work in, where the predicate comes after it.
_FIELDS = ("phòng", "khoa", "trạm", "hạt", "vụ", "cục", "viện", "quỹ")
# What these nouns take as a part of the name.
_BODY_TAKES = {
    "cơ quan": (
        *("quản lý", "kiểm tra", "thanh tra", "điều tra", "giải quyết", "thẩm định", "đầu mối"),
        *("kiểm dịch", "giám định", "kiểm định"),
    ),
    "đơn vị": (
        *("sử dụng", "quản lý", "thi công", "vận hành", "khai thác", "cung cấp", "tư vấn"),
        *("cung ứng", "giám sát thi công"),
    ),
    "cán bộ": ("quản lý", "kiểm tra", "lãnh đạo"),
    "cơ sở": ("điều trị", "cách ly", "đào tạo", "bảo dưỡng", "thi công", "cung cấp", "tiêm chủng"),
    "nhà thầu": ("thi công", "cung cấp", "tư vấn", "khảo sát"),
    "doanh nghiệp": ("cung ứng", "đầu tư", "khai thác", "thi công", "cung cấp"),
    "thương nhân": ("đầu mối", "phân phối", "kinh doanh"),
    "lực lượng": ("tuần tra", "kiểm soát", "cứu hộ", "bảo vệ", "quản lý"),
}
# What ends or opens a name, whatever the counts say, and what is sure to be a predicate.
_NOT_VERBS = frozenset(("noun", "stop", "past", "quantifier", "head", "relative", "adverbial"))
_SURE = frozenset(("modal", "strong", "manner", "order", "stop", "past"))
_DESCRIBE = frozenset(("có", "thuộc", "nằm", "ở", "tại"))
_CLAUSE = 14  # words of a clause about a group of bodies
# A word in capitals mostly bears a tone, an abbreviation never does.
_LETTERS = re.compile(r"[A-ZĐĂÂÊÔƠƯ]{2,9}")
_ROMAN = re.compile(r"[IVXLC]+")


def opens_body(tokens: Tokens, index: int) -> int | None:
    """Return the index after the first noun of the body that is named at `index`, or None."""
    place = index
    while place < len(tokens) and "quantifier" in tokens[place].opens:
        if "person" in tokens[place].opens and not _noun_follows(tokens, place):
            return place + tokens[place].opens["person"]
        place += tokens[place].opens["quantifier"]
    if place >= len(tokens) or (place > index and tokens[place].text == ","):
        return None
    token = tokens[place]
    length = token.opens.get("head", 0)
    if length:
        if token.opens.get("word", 0) > length or _is_verb(tokens, place, length, place > index):
            return None
        return place + length
    if _acronym(token.text):
        return place + 1
    return None


def _noun_follows(tokens: Tokens, place: int) -> bool:
    """Whether a person's title leads up to an office: `đồng chí Giám đốc`, not `Ông (Bà):`."""
    after = place + tokens[place].opens["person"]
    return after < len(tokens) and any(
        name in tokens[after].opens for name in ("head", "quantifier")
    )


def body_end(tokens: Tokens, index: int, *, title: bool = False) -> int | None:
    """Return the index after the name of the body that opens at `index`, or None.

    The name ends before a predicate, a colon, a full stop or a word that cannot belong to it.
    `title`: the text is a heading, where verbs belong to the name unless they are sure.
    """
    place = opens_body(tokens, index)
    if place is None:
        return None
    within = False  # a clause about the body: các sở được phân công ...
    while place < min(len(tokens), index + _LONGEST):
        token = tokens[place]
        if token.text == "(":
            place = _after_bracket(tokens, place)
            continue
        if token.text in '.:!?"“”' and not _goes_on(tokens, place):
            return place
        if token.text == ";" and opens_body(tokens, place + 1) is None:
            return place
        if token.lower == "về" and tokens[index].lower in _NAMED_BY_FIELD:
            place = _field_end(tokens, place)
            continue
        relative = "relative" in token.opens or _describes_group(tokens, index, place)
        if relative and not within and _modal_ahead(tokens, place):
            within = True
        if ends_name(tokens, place, within=within, title=title) and not _in_clause(
            tokens, index, place
        ):
            return place
        place += _whole(token)
    return min(place, len(tokens)) if place >= len(tokens) else None


def _field_end(tokens: Tokens, place: int) -> int:
    """Return the index after the field in `Ban Chỉ đạo về phòng, chống thiên tai`."""
    after = place + 1
    if after < len(tokens):
        after += max(1, tokens[after].opens.get("verb", 0), _whole(tokens[after]))
    return after


def _whole(token: Token) -> int:
    """Return the length of the compound at `token`: no verb hides in Thường trực, Đào tạo."""
    kinds = ("head", "word", "verb", "strong") if token.capital else ("head", "word")
    return max(1, *(token.opens.get(kind, 0) for kind in kinds))


def ends_name(tokens: Tokens, place: int, *, within: bool = False, title: bool = False) -> bool:
    """Whether the token at `place`, inside or after a name, cannot belong to it."""
    token = tokens[place]
    longest = token.opens.get("word", 0)
    if within:
        return "modal" in token.opens
    sure = not title or ("verb" not in token.opens and _SURE & token.opens.keys())
    if sure and predicate(tokens, place):
        return True
    stop = max(token.opens.get("stop", 0), token.opens.get("past", 0))
    if token.capital:  # a heading runs on into a sentence: `Sở Y tế Theo chức năng ...`
        return token.opens.get("adverbial", 0) > 0 and token.lower in _OPENS_SENTENCE
    return stop >= max(longest, 1)


def predicate(tokens: Tokens, place: int) -> int:
    """Return the length in tokens of the predicate that opens at `place`, else 0."""
    token = tokens[place]
    opens = place == 0 or tokens[place - 1].text in ":.;" or token.lower in _OPENS_SENTENCE
    if token.capital and not opens:
        return 0
    compound = max(token.opens.get("head", 0), token.opens.get("word", 0))
    sure = max(token.opens.get(name, 0) for name in ("modal", "strong", "manner"))
    if sure >= max(token.opens.get("word", 0), 1):
        return sure
    length = token.opens.get("verb", 0)
    if length == 2 and place + 1 < len(tokens) and tokens[place + 1].opens.get("head", 0) > 1:
        return 0  # Đài Truyền hình thành phố: not "hình thành"
    if length < compound or not length or (place and _belongs_to_name(tokens, place, length)):
        return _counted_verb(tokens, place, compound)
    return length


def _counted_verb(tokens: Tokens, place: int, compound: int) -> int:
    """Return the length of a verb at `place` that is only known from counts, else 0.

    It may be half of a word of the name (Khoa học, Cấp thoát nước), or belong to a clause that
    says which bodies are meant (các hộ nuôi tôm), where the predicate comes after it.
    """
    token = tokens[place]
    length = token.opens.get("act", 0)
    if not place or not length or max(compound, token.opens.get("compound", 0)) > length:
        return 0
    before = tokens[place - 1]
    if _NOT_VERBS & token.opens.keys() or before.opens.get("compound", 0) > 1:
        return 0
    if before.text in ",;(-–" or "quantifier" in before.opens:
        return 0
    # Tuyên Quang, UBND, Văn phòng Cục; but not Đài Tiếng nói.
    run = place < 2 or (tokens[place - 2].capital and "head" not in tokens[place - 2].opens)
    if before.capital and not (run or "head" in before.opens or _acronym(before.text)):
        return 0
    return 0 if _belongs_to_name(tokens, place, length) else length


def _describes_group(tokens: Tokens, index: int, place: int) -> bool:
    """Whether `các hộ có mái che ... phải` opens a clause about a group without a name."""
    named = any(token.capital for token in tokens[index + 1 : place])
    return tokens[place].lower in _DESCRIBE and not named


def _in_clause(tokens: Tokens, index: int, place: int) -> bool:
    """Whether the counted verb at `place` says which bodies of a group (at `index`) are meant.

    A group has no name of its own, and its predicate comes before the next stop.
    """
    opens = tokens[place].opens
    if "act" not in opens or (_SURE | {"verb"}) & opens.keys():
        return False
    named = any(token.capital for token in tokens[index + 1 : place])
    return not named and _predicate_ahead(tokens, place + 1, within=_CLAUSE)


def split_bodies(tokens: Tokens) -> list[tuple[int, int]]:
    """Return the bodies listed in `tokens` as pairs of start and end index.

    Coordinated nouns of one group (các sở, ban, ngành; UBND các huyện, thị xã) stay together.
    """
    parts: list[tuple[int, int]] = []
    start = depth = 0
    for place, token in enumerate(tokens):
        depth += (token.text == "(") - (token.text == ")")
        after = place + 1
        if depth or token.text not in (",", ";", "và") or after >= len(tokens):
            continue
        if token.text == "," and tokens[after].text == "và":
            continue
        if token.text == ";" or _starts_anew(tokens, after):
            parts.append((start, place))
            start = after
    parts.append((start, len(tokens)))
    return [(first, last) for first, last in parts if last > first]


def _starts_anew(tokens: Tokens, place: int) -> bool:
    token = tokens[place]
    if opens_body(tokens, place) is None:
        return False
    return token.capital or "quantifier" in token.opens


def _is_verb(tokens: Tokens, place: int, length: int, counted: bool) -> bool:
    """Whether the head at `place` is a verb here: `Tổ chức tập huấn`, `thanh tra, kiểm tra`."""
    token = tokens[place]
    if counted or token.opens.get("verb", 0) < length:
        return token.opens.get("strong", 0) > length
    after = place + length
    if after >= len(tokens):
        return False
    following = tokens[after]
    if "noun" in following.opens or (token.lower == "thanh" and following.lower in _SEATS):
        group = following.lower == "các" and after + 1 < len(tokens)
        return group and tokens[after + 1].lower not in _INSPECTED
    return not following.capital


_SEATS = frozenset(("tỉnh", "thành", "huyện", "sở", "bộ", "chính", "các"))
_INSPECTED = frozenset(("sở", "bộ", "ngành", "huyện", "tỉnh", "cấp", "quận", "ban", "cơ", "đơn"))


def _belongs_to_name(tokens: Tokens, place: int, length: int) -> bool:
    before = tokens[place - 1]
    verb = " ".join(token.lower for token in tokens[place : place + length])
    if verb == "tổ chức":
        after = place + length
        follows = tokens[after] if after < len(tokens) else None
        if follows is None or follows.text in ",;:.)" or "noun" in follows.opens:
            return True
        return "quantifier" in before.opens and not predicate(tokens, after)
    # No predicate opens with "và": các sở giáo dục và đào tạo.
    if before.lower == "và" or (before.text == "," and _predicate_ahead(tokens, place + length)):
        return True
    if verb == "lãnh đạo" and before.text in (",", ";", "và", "hoặc"):
        return True
    if before.lower in _TAKES_VERB and not (before.lower == "ban" and not before.capital):
        return True
    return _part_of_noun(tokens, place, verb, length)


def _part_of_noun(tokens: Tokens, place: int, verb: str, length: int) -> bool:
    before = tokens[place - 1]
    council = before.lower == "đồng" and place > 1 and tokens[place - 2].lower == "hội"
    if (council or (before.capital and before.lower in _FIELDS)) and _predicate_ahead(
        tokens, place + length
    ):
        return True  # Phòng quản lý đô thị chủ trì ...
    noun = " ".join(token.lower for token in tokens[max(0, place - 2) : place])
    return verb in _BODY_TAKES.get(noun, ())


def _predicate_ahead(tokens: Tokens, place: int, within: int = 3) -> bool:
    """Whether a sure predicate follows in the same clause, so that a list of nouns goes on."""
    for token in tokens[place : place + within]:
        if token.text in ",.;:":
            return False
        if "modal" in token.opens or "strong" in token.opens or token.lower == "theo":
            return not token.capital
    return False


def _modal_ahead(tokens: Tokens, place: int) -> bool:
    for token in tokens[place + 1 : place + 26]:
        if token.text in ".;:":
            return False
        if "modal" in token.opens:
            return True
    return False


def _after_bracket(tokens: Tokens, place: int) -> int:
    for index in range(place + 1, min(len(tokens), place + 40)):
        if tokens[index].text == ")":
            return index + 1
    return place + 1


def _goes_on(tokens: Tokens, place: int) -> bool:
    """Whether a stop is part of the name: `Tp. Vinh`, `các Sở: Tài chính, Y tế`."""
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if before is None or after is None:
        return False
    if tokens[place].text == ".":
        return before.text in _SHORTENED
    if tokens[place].text != ":" or before.lower not in _LISTED or not after.capital:
        return False
    return not any(kind in after.opens for kind in ("strong", "modal", "verb", "order"))


# Bodies that are named by what they are set up for.
_NAMED_BY_FIELD = frozenset(("ban", "tổ", "hội", "ủy", "đoàn", "nhóm", "bcđ", "tiểu"))
_OPENS_SENTENCE = frozenset(("theo", "căn", "để", "trên", "khi", "ngoài", "trong", "định"))
_SHORTENED = ("Tp", "TP", "P", "Q", "H", "TX", "TT", "Ths", "BS")
_LISTED = ("sở", "bộ", "ban", "ngành", "huyện", "vụ", "cục", "phòng", "vị", "xã", "phường")


def _acronym(text: str) -> bool:
    letters = re.sub(r"[-/.&\d]", "", text)
    return bool(_LETTERS.fullmatch(letters)) and not _ROMAN.fullmatch(letters)
