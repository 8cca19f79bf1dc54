"""Periods in which something is to be finished: `trong quý II/2021`, `trước tháng 9/2021`.

The end of the period is the deadline; `trước` ends the day before the period begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from vnocr.extract.days import make_day, month_end

_FLAGS = re.IGNORECASE
_PERIOD = re.compile(
    r"\b(?P<limit>trước|ngay\s+trong|trong|xong|từ\s+nay\s+(?:cho\s+)?đến|đến|vào|hết|hoàn\s+thành"
    r"|(?:chậm|muộn)\s+nhất(?:\s+(?:là|đến|trong|vào|trước))*)"
    r"\s+(?:thời\s+gian\s+)?(?P<edge>(?:cuối|hết)\s+)?"
    r"(?:tháng\s+(?P<month>\d{1,2})|quý\s+(?P<quarter>I{1,3}|IV|[1-4])(?!\w)"
    r"|(?:0?6|sáu)\s+tháng\s+(?P<half>đầu|cuối)(?:\s+năm)?)"
    r"(?:\s*(?:/|-|,?\s+năm)\s*(?P<year>(?:19|20)\d\d)|(?:/|\s+)(?P<year_of_half>(?:19|20)\d\d))?"
    r"(?![\d/]|\.\d)"
    r"|\b(?P<year_limit>trước|ngay\s+trong|trong|xong|đến|vào|từ\s+nay\s+(?:cho\s+)?đến"
    r"|chậm\s+nhất(?:\s+(?:là|đến|trong))*)\s+(?P<year_edge>(?:cuối|hết)\s+)?"
    r"năm\s+(?P<bare>(?:19|20)\d\d)\b(?!\s*-\s*\d)"
    r"|\b(?P<this>trong|hết|cuối)\s+(?P<unit>tháng|quý|năm)\s+(?:này|nay)\b",
    _FLAGS,
)
# Only what is to be finished in a period has its end as deadline.
FINISHES = re.compile(
    r"hoàn\s+thành|hoàn\s+thiện|hoàn\s+tất|xong|trình|ban\s+hành|báo\s+cáo|gửi|phê\s+duyệt"
    r"|kết\s+thúc|bàn\s+giao|đưa\s+vào|nộp|dứt\s+điểm",
    _FLAGS,
)
_PURPOSE = re.compile(r"\b(?:nhằm|phấn\s+đấu|góp\s+phần|đạt)\b", _FLAGS)
_GOES_ON = re.compile(r"\s*(?:(?:và|,)\s+(?:các\s+)?năm|(?:hàng|hằng|mỗi)\s)", _FLAGS)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class Span:
    """The months `first` to `last` of `year`."""

    year: int
    first: int
    last: int

    @property
    def end(self) -> date | None:
        """The last day."""
        return month_end(self.year, self.last)

    @property
    def eve(self) -> date | None:
        """The day before the first."""
        start = make_day(self.year, self.first, 1)
        return start - timedelta(days=1) if start else None


def find_periods(text: str, issued: date | None) -> Iterator[tuple[int, str, date]]:
    """Yield the place, the words and the last day of each period that limits a task.

    `issued`, the day of the dispatch, completes a period without a year.
    """
    for match in _PERIOD.finditer(text):
        span = _span(match, issued)
        if span is None or _GOES_ON.match(text, match.end()) or not _binds(text, match):
            continue
        limit = (match["limit"] or match["year_limit"] or "").casefold()
        whole = match["edge"] or match["year_edge"]
        day = span.eve if limit.endswith("trước") and not whole else span.end
        if day is not None:
            yield match.start(), match[0].strip(), day


def clause_before(text: str, place: int) -> str:
    """Return the clause of `text` that leads up to `place`."""
    start = max(text.rfind(sign, 0, place) for sign in ".;:")
    return text[start + 1 : place]


def _binds(text: str, match: re.Match[str]) -> bool:
    """Whether a period limits a task: not where it only says what a task is good for."""
    before = clause_before(text, match.start())
    limit = re.sub(r"\s+", " ", (match["limit"] or match["year_limit"] or "trong").casefold())
    finishes = bool(FINISHES.search(before)) or limit in ("xong", "hoàn thành")
    dated = match["year"] or match["year_of_half"] or match["bare"]
    if not dated or limit in ("đến", "vào", "hết"):
        edge = match["edge"] or match["year_edge"]
        return finishes or bool(dated and edge)
    if limit.endswith("trong"):
        if finishes:
            return True
        if _PURPOSE.search(before):
            return False
        return not match["bare"] or bool(re.match(r"\s*(?:[.;]|$)", text[match.end() :]))
    return finishes or not (match["bare"] and limit == "trước")


def _span(match: re.Match[str], issued: date | None) -> Span | None:
    if match["bare"]:
        return Span(int(match["bare"]), 1, 12)
    if match["this"]:
        return _this(match["unit"].casefold(), issued)
    first, months = 1, 12
    if match["month"]:
        first, months = int(match["month"]), 1
    elif match["quarter"]:
        quarter = match["quarter"].casefold()
        first, months = 3 * (_QUARTERS.get(quarter) or int(quarter)) - 2, 3
    elif match["half"]:
        first, months = (1 if match["half"].casefold() == "đầu" else 7), 6
    last = first + months - 1
    written = match["year"] or match["year_of_half"]
    if not 1 <= last <= 12 or not (written or issued):
        return None
    year = int(written) if written else 0
    if not written and issued:
        year = issued.year if last >= issued.month else issued.year + 1
    return Span(year, first, last)


def _this(unit: str, issued: date | None) -> Span | None:
    if issued is None:
        return None
    if unit == "năm":
        return Span(issued.year, 1, 12)
    first = issued.month if unit == "tháng" else 3 * ((issued.month - 1) // 3) + 1
    return Span(issued.year, first, first + (0 if unit == "tháng" else 2))
