"""Until when something is to be done.

A deadline is a day with a word of limit before it (trước ngày, chậm nhất, xong ngày), a
period in which something is to be finished (trong quý II/2021), a span of days after an
event (trong 05 ngày làm việc kể từ ngày nhận được) or the event itself (trước mùa mưa bão).
A day can be computed for the first two, and for the third where it runs from the day of the
dispatch itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from vnocr.extract.days import DAY, day_of, make_day, month_end
from vnocr.extract.periods import FINISHES, clause_before, find_periods


@dataclass(frozen=True, slots=True)
class Deadline:
    """The words as printed and the last day, None where it depends on an event."""

    text: str
    day: date | None


_FLAGS = re.IGNORECASE
_HOUR = (
    r"(?:\s+(?:lúc\s+)?\d{1,2}\s*(?:giờ|g|h|:)\s*(?:\d{2}(?:\s*(?:phút|['’]))?)?"
    r"(?:\s+(?:sáng|chiều))?,?)?"
)
_LIMIT = (
    r"(?:(?:trước|trong)(?:\s+(?:hết|thời\s+(?:điểm|hạn|gian)))*"
    r"|(?:chậm|muộn|trễ)\s+nhất(?:\s+(?:là|đến|vào|trước|trong|hết))*"
    r"|hạn\s+(?:chót|cuối)(?:\s+cùng)?(?:\s+(?:là|đến|vào|trước)|\s*:)*"
    r"|thời\s+hạn(?:\s+\w+){0,5}?(?:\s*:|\s+(?:là|xong|trước|đến))(?:\s+(?:trước|hết|đến|là))*"
    r"|thời\s+gian(?:\s+\w+){0,2}?\s+(?:hoàn\s+thành|gửi|nộp|báo\s+cáo|đăng\s+ký|trình|trả\s+lời)"
    r"(?:\s+\w+){0,4}?(?:\s*:|\s+(?:là|xong|trước|đến))(?:\s+(?:trước|hết|đến|là))*"
    r"|(?:từ\s+nay\s+(?:cho\s+)?)?đến(?:\s+hết)?|hết"
    r"|không\s+(?:quá|chậm\s+hơn|muộn\s+hơn|trễ\s+hơn)"
    r"|(?:hoàn\s+(?:thành|tất)|xong)(?:\s+(?:vào|trong))?|vào)"
)
_DAY = re.compile(
    rf"\b{_LIMIT}{_HOUR}\s+(?:hết\s+)?(?:ngày\s+)?(?:thứ\s+\w+,?\s*\(?\s*(?:ngày\s+)?)?{DAY}",
    _FLAGS,
)
# Words of limit that limit only where something is to be finished.
_WEAK = re.compile(r"(?:vào|đến(?!\s+hết)|hết)\b", _FLAGS)
_EVERY = re.compile(
    r"(?:\s*(?:,|và)\s*(?:trước\s+)?(?:ngày\s+)?\d{1,2}(?:[/.]\d{1,2}|\s+tháng\s+\d{1,2})?)*"
    r"\s*,?\s*(?:hàng|hằng|mỗi|của\s+(?:mỗi\s+)?(?:tháng|quý|năm)|các\s+năm)\b",
    _FLAGS,
)
_SPAN = re.compile(
    r"\b(?:(?:chậm\s+nhất\s+(?:là\s+)?)?(?:trong\s+(?:thời\s+hạn|thời\s+gian|vòng)?|không\s+quá"
    r"|chậm\s+nhất\s+(?:là\s+)?|sau)"
    r"\s*(?:tối\s+đa\s+)?(?P<count>\d{1,3})\s*(?:\(\s*[^)]{1,20}\)\s*)?"
    r"(?P<unit>ngày\s+làm\s+việc|ngày|tuần|tháng|giờ)\b)"
    r"(?P<event>,?\s*(?:kể\s+)?(?:từ|sau|trước)\s+(?:ngày|khi|thời\s+điểm)(?:(?!\s+(?:và|để|phải"
    r"|nếu)\s)[^.;:,]){0,80})?",
    _FLAGS,
)
_OWN_DAY = re.compile(
    r"từ\s+ngày\s+(?:ký|ban\s+hành)(?:\s+(?:ban\s+hành\s+)?(?:công\s+văn|văn\s+bản|quyết\s+định"
    r"|chỉ\s+thị|thông\s+báo|kế\s+hoạch)(?:\s+này)?|\s*$|\s+(?:ban\s+hành)?\s*$)",
    _FLAGS,
)
_EVENT = re.compile(
    r"\b(?:(?:hoàn\s+thành|xong)\s+)?(?:trước\s+(?:ngày\s+\d{1,2}\s+(?:tháng\s+)?(?:chạp|giêng|âm\s+lịch)"
    r"|(?:dịp\s+)?tết\s|mùa\s+(?:mưa|bão|lũ|khô)|kỳ\s+họp\s|(?:dịp\s+)?khai\s+giảng|năm\s+học\s+mới"
    r"|ngày\s+(?:khai\s+mạc|khai\s+giảng|bầu\s+cử))"
    r"|ngay\s+sau\s+khi\s|trong\s+(?:tuần|ngày)\s+(?:này|hôm\s+nay))"
    r"[^.;,:()]{0,70}",
    _FLAGS,
)
# `kể từ ngày ... đến hết ngày ...` is a period, not a limit; so is a day in a noun phrase.
_PERIOD_BEFORE = re.compile(
    r"\btừ\s+(?:ngày\s+)?[\d/.\s-]{3,12}(?:tháng\s+\d+\s+)?(?:năm\s+\d{4}\s+)?(?:cho\s+)?$", _FLAGS
)
_DESCRIBES = re.compile(
    r"(?:\b(?:được|đã|do)\s+(?:\S+\s+){0,3}(?:cấp|ký|phê\s+duyệt|công\s+nhận|tuyển\s+dụng|bổ\s+nhiệm|giao"
    r"|xây\s+dựng|ban\s+hành|thành\s+lập)|\bsinh|\bnhiệm\s+kỳ|\bcó\s+từ|\bphát\s+sinh"
    r"|\bđã\s+\S+(?:\s+\S+){0,3})\s+$",
    _FLAGS,
)


def find_deadline(text: str, issued: date | None = None) -> Deadline | None:
    """Return the first deadline in `text`, or None.

    `issued` is the day of the dispatch: it completes days without a year and tells days of
    the past, which are no deadlines.
    """
    found = [
        (at, deadline)
        for at, deadline in (*_days(text, issued), *_periods(text, issued), *_spans(text, issued))
        if deadline.day is None or issued is None or deadline.day >= issued
    ]
    if found:
        return min(found, key=lambda entry: entry[0])[1]
    event = _EVENT.search(text)
    return Deadline(event[0].strip(), None) if event else None


def read_term(text: str, issued: date | None = None) -> Deadline | None:
    """Return the deadline that a stated term means: `Quý II/2024`, `30/6/2024`, `Tháng 9`."""
    words = text.strip(" .;,")
    for opening in ("", "hoàn thành trong ", "trước ngày "):
        found = find_deadline(opening + words, issued)
        if found:
            return Deadline(words, found.day)
    return None


def _days(text: str, issued: date | None) -> list[tuple[int, Deadline]]:
    found = []
    for match in _DAY.finditer(text):
        before = text[: match.start()]
        if _EVERY.match(text, match.end()) or _PERIOD_BEFORE.search(before):
            continue
        opening = match[0].casefold()
        if _WEAK.match(opening) and not _finishes(text, match):
            continue
        if opening.startswith("trong") and "ngày" not in opening:
            continue
        if _DESCRIBES.search(before):
            continue
        day = day_of(match, issued)
        found.append((match.start(), Deadline(match[0].strip(), day)))
    return found


def _finishes(text: str, match: re.Match[str]) -> bool:
    """Whether something is to be finished in the clause around `match`."""
    after = re.split(r"[.;:]", text[match.end() : match.end() + 60], maxsplit=1)[0]
    return bool(FINISHES.search(clause_before(text, match.start()) + after))


def _periods(text: str, issued: date | None) -> list[tuple[int, Deadline]]:
    return [(at, Deadline(words, day)) for at, words, day in find_periods(text, issued)]


def _spans(text: str, issued: date | None) -> list[tuple[int, Deadline]]:
    found = []
    for match in _SPAN.finditer(text):
        event = match["event"] or ""
        limited = match[0].casefold().startswith(("trong thời hạn", "trong vòng", "chậm", "không"))
        if not event and not limited:
            continue
        if "hiệu lực" in clause_before(text, match.start()):
            continue
        words = match[0].strip(" ,")
        day = None
        if issued and _OWN_DAY.search(event):
            day = _after(issued, int(match["count"]), re.sub(r"\s+", " ", match["unit"].casefold()))
        found.append((match.start(), Deadline(words, day)))
    return found


def _after(start: date, count: int, unit: str) -> date | None:
    if unit == "ngày":
        return start + timedelta(days=count)
    if unit == "tuần":
        return start + timedelta(weeks=count)
    if unit == "tháng":
        months = start.month - 1 + count
        year, month = start.year + months // 12, months % 12 + 1
        return make_day(year, month, start.day) or month_end(year, month)
    return _working_days(start, count) if unit == "ngày làm việc" else None


def _working_days(start: date, count: int) -> date | None:
    """Return the day `count` working days later, None where holidays that move may lie between."""
    day = start
    while count:
        day += timedelta(days=1)
        if _may_be_holiday(day):
            return None
        if day.weekday() < 5 and (day.month, day.day) not in ((1, 1), (4, 30), (5, 1)):
            count -= 1
    return day


def _may_be_holiday(day: date) -> bool:
    # The lunar new year, the Hùng Kings' day and the second day off of 2 September.
    return (1, 19) <= (day.month, day.day) <= (2, 26) or (
        (3, 28) <= (day.month, day.day) <= (5, 3) or (8, 31) <= (day.month, day.day) <= (9, 4)
    )
