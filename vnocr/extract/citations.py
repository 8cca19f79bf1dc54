"""Citations in running text: type, number, day, issuer, provision.

Forms: `Quyết định số 45/2016/QĐ-TTg ngày 19/10/2016 của Thủ tướng Chính phủ`, lists that
share a type (`các Công văn: số 1/.., số 2/..`), a symbol or a day, and laws by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from vnocr.extract.days import FULL_DAY, day_of
from vnocr.extract.laws import Law, LawReader
from vnocr.extract.letters import UPPER
from vnocr.extract.symbols import DASHES, Codes, FoundNumber, find_numbers
from vnocr.vietnamese.unicode import fold


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a document at `start` to `end` of a text."""

    start: int
    end: int
    type: str | None
    number: str | None = None
    title: str | None = None
    date: str | None = None
    issuer: str | None = None
    provision: str | None = None
    serial: str | None = None


# Between the name of the type and the number: `của Sở Y tế`, a colon, the word `số`.
_GAP = re.compile(
    r"\s*(?:liên tịch|mật|khẩn|hỏa tốc|kết luận|phối hợp|liên ngành|điện)?\s*"
    r"(?:(?:của|do)\s+[^.;:]{3,80}?)?\s*,?\s*:?\s*\(?\s*(?:[sS][ốôo6]\s*)?[:.]?\s*"
)
_SO = re.compile(r"\b[sS]ố\s*:?\s*$")
_FORM = re.compile(
    r"(?:[Mm]ẫu|[Bb]iểu|[Pp]hụ lục|[Bb]ảng|[Đđ]ường|[Nn]gõ|[Kk]ý hiệu)\s*(?:số)?\s*:?\s*$"
)
_DATE = re.compile(rf"\s*[,(]?\s*(?:(?:được\s+)?(?:ban hành|ký)\s+)?[nN]gày\s*{FULL_DAY}")
# `Ngày 05/4/2022, Sở Y tế có Công văn số ...` tells the day before the number.
_ISSUED_BEFORE = re.compile(rf"\b[Nn]gày\s*{FULL_DAY}\s*,?\s*(?=[{UPPER}])")
_ISSUES = re.compile(r"\s*(?:đã\s+)?(?:ban hành|ký ban hành|ký|có|ra|gửi|phát hành)\s*")
_OF = re.compile(r"\s*\)?\s*,?\s*của\s+(?:liên\s+(?:Bộ|bộ|ngành)\s+)?")
_ISSUER_STOP = re.compile(
    r"\s+(?=(?:về|quy định|ban hành|hướng dẫn|phê duyệt|sửa đổi|V/v|v/v|tại|trên|qua|thực hiện"
    r"|đối với|để"
    r"|theo|là|thì|đã|có|trong|do|cho|triển khai|giao|ngày|năm|nêu|từ|bãi bỏ|thay thế|công bố|gửi"
    r"|yêu cầu"
    r"|kèm|liên quan|nhằm|được|trả lời|số|đến|cụ thể|như|với|phân công|kết luận|quyết định"
    r"|thông qua)\b)"
    r"|[\"“”;.:\n()]|,\s+(?![A-ZĐ]\w+ (?:và|-|–) )|\s+và\s"
)
# After a known name only the name of its territory goes on.
_KNOWN_STOP = re.compile(
    rf"\s+(?!(?:tỉnh|huyện|thành|phố|thị|xã|quận|phường|nhân|dân|nước|cấp|tối|cao|quốc|gia|khóa"
    rf"|lần|thứ|đặc|khu|ủy|đoàn)\b"
    rf"|[{UPPER}–-])|[\"“”;.:,\n()]"
)
_TITLE = re.compile(
    r"(?:Phó )?(?:Bộ trưởng|Chủ tịch|Giám đốc|Thủ trưởng|Chánh Văn phòng|Tổng Giám đốc|Cục trưởng"
    r"|Tổng cục trưởng|Vụ trưởng|Chánh án|Viện trưởng|Trưởng ban|Thống đốc)\s+(?=\w)"
)
_SHARED_SERIALS = re.compile(r"(?:\d{1,5}\s*(?:,|;|và)\s*)+$")
_BARE = re.compile(
    r"\s+(?:[sS]ố\s*)?(?P<serial>\d{1,5})(?:\s?/\s?(?P<year>(?:19|20)\d\d))?(?![\w/-]|[.,]\d)"
)
_PROVISION = re.compile(
    r"((?:(?:[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Mm]ục|[Cc]hương|[Pp]hần|[Tt]iểu mục"
    r"|[Pp]hụ lục)\s+(?:\d[\w.]*|[a-zđ]|[IVX]+)\b\s*(?:,|và|;)?\s*)+)"
    r"(?:của\s+)?$"
)
# The longest list of articles and clauses before a citation, in letters.
_NEAR = 400
_LIST_ONLY = re.compile(r"\s*(?:,|;|và|\s)*\s*(?:[sS]ố)?\s*")


class CitationReader:
    """Finds the citations of a text; made once from the dictionaries."""

    def __init__(
        self,
        types: dict[str, tuple[str, ...]],
        codes: Codes,
        laws: Iterable[str],
        issuers: Iterable[str],
    ) -> None:
        """`types` maps names of types to their codes in symbols."""
        self._codes = codes
        self._names = {name.casefold(): name for name in types}
        self._by_code = _by_code(types)
        ordered = sorted(types, key=len, reverse=True)
        words = "|".join(f"[{name[0]}{name[0].lower()}]{re.escape(name[1:])}" for name in ordered)
        self._types = re.compile(
            rf"(?<!\w)(?:{words}|(?:QĐ|CV|VB|NĐ|NQ|TT|KH|TB|CT)(?=\s+số))(?!\w)"
        )
        self._laws = LawReader(laws)
        self._issuers = sorted({fold(name) for name in issuers}, key=len, reverse=True)

    def read(self, text: str) -> list[Citation]:
        """Return the citations in `text`, a paragraph, from left to right."""
        found: list[Citation] = []
        laws = [_cited(law, _provision(text, law.start)) for law in self._laws.read(text)]
        for number in find_numbers(text, self._codes):
            if _before(_FORM, text, number.start):
                continue
            law = next((law for law in laws if self._reaches(text, law.end, number.start)), None)
            if law is not None:
                laws.remove(law)
            found.extend(self._numbered(text, number, law, found))
        found.extend(self._bare(text, found))
        covered = [(citation.start, citation.end) for citation in found]
        found.extend(law for law in laws if not _inside(law.start, covered))
        found.sort(key=lambda citation: citation.start)
        return _share_dates(text, found)

    def _numbered(
        self, text: str, number: FoundNumber, law: Citation | None, before: Sequence[Citation]
    ) -> list[Citation]:
        kind, start = (law.type, law.start) if law else self._type_before(text, number, before)
        end, date, issuer = self._after(text, number.end)
        if date is None and issuer is None:
            date, issuer = self._before(text, start)
        citation = Citation(
            start=start,
            end=end,
            type=kind,
            number=number.number,
            title=law.title if law else None,
            date=date,
            issuer=issuer,
            provision=_provision(text, start),
            serial=number.serial,
        )
        shared = self._shared_serials(text, number, citation)
        if shared:
            shared[0] = replace(shared[0], start=start)
            citation = replace(citation, start=number.start)
        return [*shared, citation]

    def _type_before(
        self, text: str, number: FoundNumber, before: Sequence[Citation]
    ) -> tuple[str | None, int]:
        """Return the type of the paper and where its mention starts."""
        floor = max((citation.end for citation in before), default=0)
        floor = max(0, number.start - 140, min(floor, number.start))
        plain = _SHARED_SERIALS.sub("", text[floor : number.start])
        for match in reversed(list(self._types.finditer(plain))):
            if _GAP.fullmatch(plain, match.end()):
                return self._type_name(match[0]), floor + match.start()
        so = _before(_SO, text, number.start)
        start = so.start() if so else number.start
        return self._type_in_list(text, number, before, start), start

    def _type_in_list(
        self, text: str, number: FoundNumber, before: Sequence[Citation], start: int
    ) -> str | None:
        for code in number.codes[:1]:
            if code in self._by_code and len(number.codes) > 1:
                return self._by_code[code]
        if before and not re.search(rf"[.\n]\s+[{UPPER}]", text[before[-1].end : start]):
            return before[-1].type
        # A symbol without the code of a type is that of a letter.
        return "Công văn" if len(number.codes) > 1 else None

    def _type_name(self, printed: str) -> str:
        if printed.isupper():
            return self._by_code.get(
                printed, {"VB": "Văn bản", "CV": "Công văn"}.get(printed, printed)
            )
        return self._names.get(printed.casefold(), printed)

    def _after(self, text: str, place: int) -> tuple[int, str | None, str | None]:
        date = issuer = None
        for _ in range(3):
            if date is None and (match := _DATE.match(text, place)):
                day = day_of(match)
                date, place = (day.isoformat() if day else None), match.end()
            elif issuer is None and (match := _OF.match(text, place)):
                issuer, after = self._issuer(text, match.end())
                place = after if issuer else place
            else:
                break
        return place, date, issuer

    def _before(self, text: str, start: int) -> tuple[str | None, str | None]:
        """Read what leads up to a mention: `Ngày 19/10/2020, Chính phủ ban hành Nghị định ...`."""
        match = _ISSUED_BEFORE.search(text, max(0, start - 160), start)
        if match is None:
            return None, None
        day = day_of(match)
        issuer, end = self._issuer(text, match.end())
        issued = issuer and _ISSUES.fullmatch(text, end, start)
        return (day.isoformat() if day else None, issuer) if issued else (None, None)

    def _issuer(self, text: str, start: int) -> tuple[str | None, int]:
        rest = text[start : start + 120]
        if not rest[:1].isupper():
            return None, start
        title = _TITLE.match(rest)
        skipped = title.end() if title else 0
        key = fold(rest[skipped:].translate(DASHES))
        known = next((name for name in self._issuers if key.startswith(name)), "")
        stops = _KNOWN_STOP if known else _ISSUER_STOP
        stop = stops.search(rest, skipped + len(known))
        end = stop.start() if stop else len(rest.rstrip(" ,.;/"))
        bracket = re.match(r"\s*\([Kk]h[oó]a [IVX\d]+\)", rest[end:])
        end += bracket.end() if bracket else 0
        name = rest[:end].strip(" ,")
        return (name, start + len(rest[:end].rstrip(" ,"))) if name else (None, start)

    def _shared_serials(self, text: str, number: FoundNumber, citation: Citation) -> list[Citation]:
        """Read `số 12, 13 và 14/QĐ-UBND`: the serials before share the symbol."""
        match = _before(_SHARED_SERIALS, text, number.start)
        if not match or not _before(_SO, text, match.start()):
            return []
        tail = re.sub(r"^\d+[a-zđ]?", "", number.number)
        return [
            replace(
                citation,
                start=match.start() + serial.start(),
                end=match.start() + serial.end(),
                number=serial[0] + tail,
                serial=serial[0].lstrip("0"),
            )
            for serial in re.finditer(r"\d+", match[0])
        ]

    def _bare(self, text: str, found: Sequence[Citation]) -> list[Citation]:
        """Read numbers without a symbol: `Nghị quyết 01`, `Quyết định số 25/2018 ngày ...`."""
        bare: list[Citation] = []
        covered = [(citation.start, citation.end) for citation in found]
        for kind in self._types.finditer(text):
            match = _BARE.match(text, kind.end())
            if not match or _inside(kind.start(), covered):
                continue
            end, date, issuer = self._after(text, match.end())
            year = f"/{match['year']}" if match["year"] else ""
            number = match["serial"] + year if date else None
            bare.append(
                Citation(
                    kind.start(),
                    end,
                    self._type_name(kind[0]),
                    number,
                    date=date,
                    issuer=issuer,
                    serial=match["serial"].lstrip("0"),
                )
            )
        return bare

    def _reaches(self, text: str, end: int, number: int) -> bool:
        return 0 <= number - end < 24 and bool(
            re.fullmatch(r"\s*,?\s*(?:của Quốc hội)?\s*(?:[sS]ố)?\s*:?\s*", text[end:number])
        )


def _by_code(types: dict[str, tuple[str, ...]]) -> dict[str, str]:
    names: dict[str, str] = {}
    for name, codes in types.items():
        for code in codes:
            names.setdefault(code, name)
    return names


def _cited(law: Law, provision: str | None) -> Citation:
    return Citation(
        law.start, law.end, law.type, title=law.title, date=law.date, provision=provision
    )


def _before(pattern: re.Pattern[str], text: str, place: int) -> re.Match[str] | None:
    """Return what `pattern` finds right before `place`; far back it need not look."""
    return pattern.search(text, max(0, place - _NEAR), place)


def _provision(text: str, start: int) -> str | None:
    match = _before(_PROVISION, text, start)
    return match[1].strip(" ,;") if match else None


def _inside(place: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _share_dates(text: str, found: list[Citation]) -> list[Citation]:
    """Give the day of the last of a list to those before it: `số 1/.., số 2/.. ngày ...`."""
    for place in range(len(found) - 2, -1, -1):
        this, following = found[place], found[place + 1]
        between = text[this.end : following.start]
        if this.date is None and this.number and _LIST_ONLY.fullmatch(between):
            found[place] = replace(
                this, date=following.date, issuer=this.issuer or following.issuer
            )
    return found
