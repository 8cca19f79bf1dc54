"""Laws named in running text: `Luật Tổ chức chính quyền địa phương ngày 19/6/2015`.

Names of laws hold commas, `của` and `và`: a list of known names tells where they end, or the
day, number or year after them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from vnocr.extract.days import FULL_DAY, day_of
from vnocr.extract.letters import UPPER
from vnocr.vietnamese.unicode import fold


@dataclass(frozen=True, slots=True)
class Law:
    """A law named at `start` to `end` of a text; `date` is ISO 8601 or None."""

    start: int
    end: int
    type: str
    title: str
    date: str | None


_DATE = re.compile(rf"\s*[,(]?\s*(?:(?:được\s+)?(?:ban hành|ký)\s+)?[nN]gày\s*{FULL_DAY}")
_YEAR_ONLY = re.compile(r"\s*năm\s+(?:19|20)\d\d")
_LAW = re.compile(
    rf"(?P<type>Bộ luật|Luật|Pháp lệnh"
    rf"|Hiến pháp)(?P<amends>\s+[Ss]ửa đổi,? bổ sung (?:một số điều|một số nội dung|Điều \d+)"
    rf" (?:của )?(?:các )?(?:Bộ luật|Luật|Pháp lệnh))?(?P<name>\s+[{UPPER}][^.;:()“”\"\n]*)?"
)
# `Luật sửa đổi, bổ sung một số điều của Luật A và Luật B` is one law.
_AMENDS_MORE = re.compile(r"(?:,| và|, và)\s+(?=(?:Bộ luật|Luật|Pháp lệnh)\s)")
_NAME_STOP = re.compile(
    r",?\s+(?:ngày|năm|số|quy định|được|đã|có|thì|này|về|của|đối với|tại|trong|cho|là|nêu|do|để"
    r"|theo|hiện hành|như)\b"
    r"|,\s|\s+và\s+|\s*$"
)
# A day or a number after it tells where a name ends that itself has commas, `của` and `và`.
_DATED_NAME = re.compile(
    r"(?P<name>(?:(?!\b(?:đã|được|có|thì|này|về|quy định|theo|trong|tại|để|do|là|cho|sửa đổi"
    r"|[Ll]uật|[Nn]ghị|[Qq]uyết định|[Tt]hông tư|[Pp]háp lệnh|số|năm|ngày)\b"
    r"|của Quốc hội\s+(?:ngày|số|năm)|của Ủy ban Thường vụ)[^.;:()“”\"\n]){4,110}?)"
    r"(?=,?\s+(?:ngày\s+\d|số\s*:?\s*\d|năm\s+(?:19|20)\d\d))"
)


class LawReader:
    """Finds the laws of a text; made once from the known names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted({fold(name) for name in names}, key=len, reverse=True)

    def read(self, text: str) -> list[Law]:
        """Return the laws that `text` names, from left to right."""
        laws: list[Law] = []
        place = 0
        while match := _LAW.search(text, place):
            end = self._law_end(text, match)
            place = end or match.end("type")
            if end is None:
                continue
            title = text[match.start() : end].strip(" ,")
            tail = _DATE.match(text, end)
            day = day_of(tail) if tail else None
            year = None if tail else _YEAR_ONLY.match(text, end)
            stop = tail.end() if tail else year.end() if year else end
            laws.append(
                Law(match.start(), stop, match["type"], title, day.isoformat() if day else None)
            )
        return laws

    def _law_end(self, text: str, match: re.Match[str] | None) -> int | None:
        if match is None:
            return None
        if match["type"] == "Hiến pháp":
            return match.start() + len("Hiến pháp")
        if not match["name"]:
            return None
        start = match.start("name") + len(match["name"]) - len(match["name"].lstrip())
        kind = "luat " if match["amends"] else fold(match["type"]) + " "
        key = kind + fold(text[start : start + 120])
        known = next((name for name in self._names if key.startswith(name)), "")
        from_known = start + max(0, len(known) - len(kind))
        dated = _DATED_NAME.match(text, start)
        if dated and not match["amends"]:
            return dated.end("name")
        stop = _NAME_STOP.search(text, from_known, match.end())
        end = stop.start() if stop else match.end()
        while match["amends"] and (more := _AMENDS_MORE.match(text, end)):
            end = self._law_end(text, _LAW.match(text, more.end())) or more.end()
        return end
