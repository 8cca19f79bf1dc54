"""Reading one paragraph as an order: who is addressed, what is said of them.

Patterns of official Vietnamese: `Giao X V`, `Yêu cầu X V`, `A đề nghị X V`, `X chủ trì V`,
`X: V`, `Theo ..., X V`, and tasks without a subject (`Tăng cường ...`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from vnocr.extract.bodies import Tokens, body_end, opens_body, predicate, split_bodies
from vnocr.extract.phrases import Phrases


class Mood(Enum):
    """What a paragraph does."""

    ORDER = auto()  # an issuer orders somebody: Giao X ...
    SUBJECT = auto()  # somebody is said to do something: X chủ trì ...
    NAMED = auto()  # a body is only named, as in a heading: Sở Y tế:
    IMPERATIVE = auto()  # a task without a subject: Tăng cường ...
    STATEMENT = auto()  # anything else


@dataclass(frozen=True, slots=True)
class Clause:
    """The reading of a paragraph; `predicate` is the text after the assignee.

    `start` is the place in the text where the order or its subject begins; `cites` tells
    that the text before it only names what is carried out (`Thực hiện Công văn số ..., `).
    """

    mood: Mood
    assignee: str | None = None
    predicate: str = ""
    issuer: str | None = None
    start: int = 0
    cites: bool = False


# What stands before an order verb that is a noun here, or reports an order of the past.
_NOMINAL = frozenset(
    (
        *("theo", "các", "của", "đáp", "những", "yêu", "được", "đã", "do", "và", "tại", "từ"),
        *("lời", "ý", "có", "đủ", "một", "số", "sự", "việc", "phiếu", "sẽ"),
    )
)


def read_clause(text: str, phrases: Phrases, *, anywhere: bool = False) -> Clause:
    """Return the reading of `text`, a paragraph without its marker.

    `anywhere`: also look for an order inside the text, as prose paragraphs lead up to it;
    of several the last counts where the text ends with a colon, else the first.
    """
    tokens = phrases.tokens(text)
    if not tokens:
        return Clause(Mood.STATEMENT)
    reader = _Reader(text, tokens)
    clause = reader.at(0) or reader.after_adverbial()
    if anywhere and (clause is None or clause.mood is not Mood.ORDER):
        clause = reader.anywhere(last=text.rstrip().endswith(":")) or clause
    clause = clause or reader.sender()
    if clause is None:
        clause = Clause(Mood.IMPERATIVE if reader.imperative() else Mood.STATEMENT, None, text)
    return replace(clause, cites=True) if reader.cites() else clause


def partners(text: str, phrases: Phrases) -> tuple[str, ...]:
    """Return the bodies named after `phối hợp (với)` in `text`, each once, in order."""
    tokens = phrases.tokens(text)
    found: dict[str, None] = {}
    for index, token in enumerate(tokens):
        length = token.opens.get("partner", 0)
        start = index + length
        if not length or start >= len(tokens):
            continue
        for skipped in range(4):
            if start + skipped < len(tokens) and tokens[start + skipped].lower == "với":
                start += skipped + 1
                break
        end = body_end(tokens, start)
        if end is not None:
            for first, last in split_bodies(tokens[start:end]):
                name = _slice(text, tokens, start + first, start + last)
                found.setdefault(name, None)
    return tuple(found)


# No clause that leads up to the predicate has more words.
_LEAD_UP = 40
# First syllables of titles that open a subject without a capital.
_ROLES = (
    *("thủ", "giám", "chủ", "hiệu", "trưởng", "cục", "vụ", "bộ", "đề", "yêu"),
    *("nhà", "cơ", "đơn", "doanh"),
)


class _Reader:
    def __init__(self, text: str, tokens: Tokens) -> None:
        self._text = text
        self._tokens = tokens

    def at(self, index: int) -> Clause | None:
        """Read an order, a subject or a named body that opens at `index`."""
        return self._order(index) or self._named(index) or self._subject(index)

    def after_adverbial(self) -> Clause | None:
        """Read what follows a clause of time, reason or condition: after each comma."""
        if not self._opens_adverbial():
            return None
        best: Clause | None = None
        for index, token in enumerate(self._tokens[:-1]):
            if token.text == "." and index > 60:
                break
            if token.text in ",;.:":
                clause = self._order(index + 1)
                if clause is None and self._opens_subject(index + 1):
                    clause = self._subject(index + 1)
                if clause and clause.mood is Mood.ORDER:
                    return clause
                best = best or clause
            elif index and (clause := self._order(index)):
                return clause
        return best

    def _opens_subject(self, index: int) -> bool:
        """Whether a subject, not one more noun of a list, may open at `index`."""
        token = self._tokens[index]
        return token.capital or "quantifier" in token.opens or token.lower in _ROLES

    def cites(self) -> bool:
        """Whether the text opens with what it carries out or rests on: `Thực hiện Công văn ...`."""
        length = self._tokens[0].opens.get("carries", 0)
        return 0 < length < len(self._tokens) and "cited" in self._tokens[length].opens

    def _opens_adverbial(self) -> bool:
        """Whether the text opens with a clause before its subject, not with its predicate."""
        opens = self._tokens[0].opens
        length = opens.get("adverbial", 0)
        verb = max(opens.get(name, 0) for name in ("verb", "strong", "modal"))
        if not length or verb > length:
            return False
        if verb < length and not opens.get("modal"):
            return True
        # `Thực hiện Kế hoạch số ...,` leads up to the order; `Thực hiện nghiêm ...` is a task.
        return length < len(self._tokens) and "cited" in self._tokens[length].opens

    def anywhere(self, *, last: bool) -> Clause | None:
        """Read an order inside the text."""
        places = range(1, len(self._tokens))
        for index in reversed(places) if last else places:
            clause = self._order(index)
            if clause:
                return clause
        return None

    def sender(self) -> Clause | None:
        """Read `... X gửi về Y`: the body right before `gửi` acts."""
        tokens = self._tokens
        for index, token in enumerate(tokens):
            if token.lower != "gửi" or (index and tokens[index - 1].lower == "nào"):
                continue
            for start in range(max(0, index - 12), index):
                counted = "quantifier" in tokens[start].opens or tokens[start].capital
                if counted and body_end(tokens, start) == index:
                    if start and tokens[start - 1].lower in ("của", "với", "cho", "và"):
                        return None
                    return self._clause(Mood.SUBJECT, start, index)
        return None

    def imperative(self) -> bool:
        """Whether the text opens with a verb, or has one after a clause that leads up to it."""
        if self._opens_with_verb(0):
            return True
        if "adverbial" not in self._tokens[0].opens:
            return False
        opening = self._tokens[: min(_LEAD_UP, len(self._tokens) - 1)]
        commas = (place for place, token in enumerate(opening) if token.text == ",")
        return any(self._opens_with_verb(place + 1) for place in commas)

    def _opens_with_verb(self, place: int) -> bool:
        opens = self._tokens[place].opens
        verbs = max(opens.get(name, 0) for name in ("verb", "strong", "modal", "order", "act"))
        return verbs > 0 and verbs >= max(
            opens.get(name, 0) for name in ("past", "word", "nominal")
        )

    def _order(self, index: int) -> Clause | None:
        tokens = self._tokens
        length = tokens[index].opens.get("order", 0)
        start = index + length
        if not length or start >= len(tokens) or tokens[index].opens.get("word", 0) > length:
            return None
        if index and (tokens[index - 1].lower in _NOMINAL or self._reported(index)):
            return None
        if tokens[index].lower == "giao" and tokens[start].text == "ban":
            return None  # cuộc họp giao ban
        end = body_end(tokens, start)
        if end is None:
            bare = start == len(tokens) - 1 and tokens[start].text == ":"
            return Clause(Mood.ORDER, start=self._sentence(index)) if bare else None
        if end < len(tokens) and tokens[end].lower == "giao":
            passed = self._order(end)  # `đề nghị UBND tỉnh giao Sở Y tế ...`: the latter acts
            if passed is not None:
                return replace(passed, start=self._sentence(index))
        return replace(self._clause(Mood.ORDER, start, end), start=self._sentence(index))

    def _reported(self, index: int) -> bool:
        """Whether an order was given in the past: `Sở đã có Công văn ... yêu cầu Công ty ...`."""
        if self._sentence(index) != self._tokens[index].start:
            return False
        for token in reversed(self._tokens[:index]):
            if token.text in ".;:":
                return False
            if token.lower == "đã":
                return True
        return False

    def _named(self, index: int) -> Clause | None:
        tokens = self._tokens
        length = tokens[index].opens.get("about", 0)
        start = index + length
        end = body_end(tokens, start) if start < len(tokens) else None
        if end is None:
            return None
        if self._text.rstrip()[-1] not in ".;,":
            whole = body_end(tokens, start, title=True)
            end = whole if whole is not None and whole >= len(tokens) - 1 else end
        end = self._before_colon(start, end)
        if end >= len(tokens) - 1 and (end == len(tokens) or tokens[end].text in ":."):
            return self._clause(Mood.NAMED, start, end)
        if tokens[end].text == ":":
            return self._clause(Mood.SUBJECT, start, end)
        return None

    def _before_colon(self, start: int, end: int) -> int:
        """Return where the name ends: a list of nouns that look like verbs goes on to a colon."""
        tokens = self._tokens
        if tokens[end - 1].text not in (",", "và") or end >= len(tokens):
            return end
        whole = body_end(tokens, start, title=True)
        return whole if whole and whole < len(tokens) and tokens[whole].text == ":" else end

    def _subject(self, index: int) -> Clause | None:
        tokens = self._tokens
        end = body_end(tokens, index)
        if end is None or end >= len(tokens) or "past" in tokens[end].opens:
            return None
        length = tokens[end].opens.get("order", 0)
        if length and opens_body(tokens, end + length) is not None:
            ordered = self._order(end)
            if ordered:
                issuer = _slice(self._text, tokens, index, end)
                return replace(ordered, issuer=issuer, start=tokens[index].start)
        if length and end + length == len(tokens) - 1 and tokens[-1].text == ":":
            issuer = _slice(self._text, tokens, index, end)
            return Clause(Mood.ORDER, issuer=issuer, start=tokens[index].start)
        told = self._told(end)
        if told is not None:
            return told
        if tokens[end - 1].lower == "nào":  # `Đơn vị nào gửi chậm, ...` is a condition
            return None
        return self._clause(Mood.SUBJECT, index, end) if predicate(tokens, end) else None

    def _told(self, place: int) -> Clause | None:
        """Read a lead that guides somebody: `Ban hướng dẫn các cấp Hội tổ chức như sau:`."""
        tokens = self._tokens
        start = place + tokens[place].opens.get("tells", 0)
        if tokens[-1].text != ":" or not place < start < len(tokens):
            return None
        end = body_end(tokens, start)
        named = end is not None and any(token.capital for token in tokens[start:end])
        return self._clause(Mood.NAMED, start, end) if end and named else None

    def _clause(self, mood: Mood, start: int, end: int) -> Clause:
        rest = self._text[self._tokens[end - 1].end :].lstrip(" ,:")
        assignee = _slice(self._text, self._tokens, start, end)
        return Clause(mood, assignee, rest, start=self._tokens[start].start)

    def _sentence(self, index: int) -> int:
        """Return where the body that orders with the verb at `index` is named, else the verb."""
        for start in range(max(0, index - 30), index):
            if start and self._tokens[start - 1].text not in ",;.:":
                continue
            if opens_body(self._tokens, start) and body_end(self._tokens, start) == index:
                return self._tokens[start].start
        return self._tokens[index].start


def _slice(text: str, tokens: Tokens, start: int, end: int) -> str:
    return text[tokens[start].start : tokens[end - 1].end].strip(" ,;:.-–")
