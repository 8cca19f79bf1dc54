"""Until when something is to be done, and how often it is to be done again.

A deadline is a day with a word of limit before it (trước ngày, chậm nhất, xong ngày), a
period in which something is to be finished (trong quý II/2021), or a span of days after
an event (trong 05 ngày làm việc kể từ ngày nhận được). A day can be computed for the first
two, and for the third where it runs from the day of the dispatch itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from vnocr.extract.days import DAY, day_of, make_day, month_end


@dataclass(frozen=True, slots=True)
class Deadline:
    """The words as printed and the last day, None where it depends on an event."""

    text: str
    day: date | None


_FLAGS = re.IGNORECASE
_LIMIT = (
    r"(?:(?:trước|trong)(?:\s+\d{1,2}\s*(?:giờ|g|h)\s*(?:\d{2}(?:\s*phút)?)?)?"
    r"(?:\s*,)?|(?:chậm|muộn)\s+nhất(?:\s+(?:là|đến|vào|trước|trong))*(?:\s+hết)?|hạn\s+(?:chót"
    r"|cuối)(?:\s+là|\s*:)?"
    r"|thời\s+(?:hạn|gian)\s+(?:\w+\s+){0,4}(?:xong\s+)?trước|đến\s+hết|không\s+(?:quá|chậm\s+hơn"
    r"|muộn\s+hơn)"
    r"|xong(?:\s+(?:vào|trong))?|thời\s+hạn\s*:|vào)"
)
_DAY = re.compile(rf"\b{_LIMIT}\s+(?:hết\s+)?(?:ngày\s+|thứ\s+\w+,?\s*(?:ngày\s+)?)?{DAY}", _FLAGS)
_EVERY = re.compile(
    r"\s*,?\s*(?:hàng|hằng|mỗi|của\s+tháng|của\s+quý|của\s+năm|các\s+năm)\b", _FLAGS
)
_PERIOD = re.compile(
    r"\b(?P<limit>trước|trong|ngay\s+trong|xong|đến\s+hết|đến\s+cuối|vào\s+cuối"
    r"|chậm\s+nhất(?:\s+(?:là|đến|trong))?)"
    r"\s+(?:thời\s+gian\s+)?(?:(?:(?:cuối\s+)?tháng\s+(?P<month>\d{1,2})|quý\s+(?P<quarter>I{1,3}"
    r"|IV|[1-4])"
    r"|(?P<half>6\s+tháng\s+(?:đầu|cuối)))(?:/|\s+năm\s+|\s*-\s*)(?P<year>(?:19|20)\d\d)"
    r"|năm\s+(?P<bare>(?:19|20)\d\d))\b",
    _FLAGS,
)
# Only what is to be finished in a period has its end as deadline.
_FINISHES = re.compile(
    r"hoàn\s+thành|hoàn\s+thiện|xong|trình|ban\s+hành|báo\s+cáo|gửi|phê\s+duyệt|kết\s+thúc"
    r"|bàn\s+giao|đưa\s+vào",
    _FLAGS,
)
_PURPOSE = re.compile(r"\b(?:nhằm|phấn\s+đấu|góp\s+phần|đạt)\b", _FLAGS)
_SPAN = re.compile(
    r"\b(?:(?:chậm\s+nhất\s+(?:là\s+)?)?(?:trong\s+(?:thời\s+hạn|thời\s+gian|vòng)?|không\s+quá"
    r"|chậm\s+nhất\s+(?:là\s+)?|sau)"
    r"\s*(?:tối\s+đa\s+)?(?P<count>\d{1,3})\s*(?:\(\s*[^)]{1,20}\)\s*)?"
    r"(?P<unit>ngày\s+làm\s+việc|ngày|tuần|tháng|giờ)\b)"
    r"(?P<event>,?\s*(?:kể\s+)?(?:từ|sau)\s+(?:ngày|khi|thời\s+điểm)(?:(?!\s+(?:và|để|phải"
    r"|nếu)\s)[^.;:,]){0,80})?",
    _FLAGS,
)
_OWN_DAY = re.compile(
    r"từ\s+ngày\s+(?:ký|ban\s+hành)(?:\s+(?:ban\s+hành\s+)?(?:công\s+văn|văn\s+bản|quyết\s+định"
    r"|chỉ\s+thị|thông\s+báo|kế\s+hoạch)(?:\s+này)?|\s*$|\s+(?:ban\s+hành)?\s*$)",
    _FLAGS,
)
_RECURRING = re.compile(
    r"\b(?:(?:báo\s+cáo\s+)?(?:đ|Đ)ịnh\s+kỳ\s+(?:(?:vào\s+)?(?:trước\s+)?ngày\s+\d{1,2}\s+)?"
    r"(?:(?:(?:(?:hàng|hằng|mỗi)\s+)?(?:tuần|tháng|quý|năm|ngày|6\s+tháng|sáu\s+tháng|03\s+tháng"
    r"|3\s+tháng|nửa\s+năm)"
    r"(?:\s*(?:,|và|hoặc)\s*)?)+)(?:\s*(?:hoặc|và)\s+đột\s+xuất)?"
    r"|(?:trước|vào)\s+ngày\s+\d{1,2}(?:[/.]\d{1,2})?(?:\s+tháng\s+\d{1,2})?\s+(?:hàng|hằng"
    r"|mỗi)\s+(?:tuần|tháng|quý|năm)"
    r"|(?:hàng|hằng|mỗi)\s+(?:ngày|tuần|tháng|quý|năm)(?:\s*,\s*(?:(?:hàng|hằng)\s+)?(?:tuần"
    r"|tháng|quý|năm|6\s+tháng))*"
    r"|định\s+kỳ(?:\s+hoặc\s+đột\s+xuất)?|thường\s+xuyên(?:,?\s+liên\s+tục)?)\b",
    _FLAGS,
)
# `kể từ ngày ... đến hết ngày ...` is a period, not a limit; so is a day in a noun phrase.
_PERIOD_BEFORE = re.compile(
    r"\btừ\s+(?:ngày\s+)?[\d/.\s-]{3,12}(?:tháng\s+\d+\s+)?(?:năm\s+\d{4}\s+)?$", _FLAGS
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
        for at, deadline in (*_days(text, issued), *_periods(text), *_spans(text, issued))
        if deadline.day is None or issued is None or deadline.day >= issued
    ]
    return min(found, key=lambda entry: entry[0])[1] if found else None


def read_term(text: str, issued: date | None = None) -> Deadline | None:
    """Return the deadline that a stated term means: `Quý II/2024`, `30/6/2024`, `Tháng 9`."""
    words = text.strip(" .;,")
    for opening in ("", "hoàn thành trong ", "trước ngày "):
        found = find_deadline(opening + words, issued)
        if found:
            return Deadline(words, found.day)
    return None


def find_recurrence(text: str) -> str | None:
    """Return the words that say how often a task comes back (`định kỳ hàng tháng`), or None."""
    found = list(_RECURRING.finditer(text))
    periodic = [
        match for match in found if re.search(r"\d|hàng|hằng|mỗi|quý|tháng|tuần", match[0], _FLAGS)
    ]
    chosen = periodic or [match for match in found if _does(text, match)]
    return re.sub(r"(?:\s*(?:,|và|hoặc))+$", "", chosen[0][0].strip()) if chosen else None


def _does(text: str, match: re.Match[str]) -> bool:
    """Whether `thường xuyên`, `định kỳ` say how to act: not in `chi thường xuyên`."""
    before = text[: match.start()].rstrip().casefold()
    return not re.search(
        r"(?:chi|kinh phí|vốn|hoạt động|nhiệm vụ|báo cáo|theo|chế độ|thông tin|đánh giá)$", before
    )


def _days(text: str, issued: date | None) -> list[tuple[int, Deadline]]:
    found = []
    for match in _DAY.finditer(text):
        before = text[: match.start()]
        if _EVERY.match(text, match.end()) or _PERIOD_BEFORE.search(before):
            continue
        opening = match[0].casefold()
        if opening.startswith("vào") and not _FINISHES.search(_clause_before(text, match.start())):
            continue
        if opening.startswith("trong") and "ngày" not in opening:
            continue
        if _DESCRIBES.search(before):
            continue
        day = day_of(match, issued)
        found.append((match.start(), Deadline(match[0].strip(), day)))
    return found


def _periods(text: str) -> list[tuple[int, Deadline]]:
    found = []
    for match in _PERIOD.finditer(text):
        limit = match["limit"].casefold()
        bounded = not limit.endswith("trong")
        if not bounded and not _binding_period(text, match):
            continue
        if match["bare"] and limit == "trước" and not _FINISHES.search(text[: match.start()]):
            continue
        if re.match(r"\s*(?:và|,)\s+(?:các\s+)?năm", text[match.end() :]):
            continue
        day = _period_end(match)
        if day and limit == "trước":
            day = _period_start(match)
        if day:
            found.append((match.start(), Deadline(match[0].strip(), day)))
    return found


def _binding_period(text: str, match: re.Match[str]) -> bool:
    """Whether `trong ...` limits a task: not where it only belongs to what a task is good for."""
    before = _clause_before(text, match.start())
    if _FINISHES.search(before):
        return True
    if _PURPOSE.search(before):
        return False
    return not match["bare"] or bool(re.match(r"\s*(?:[.;]|$)", text[match.end() :]))


def _period_end(match: re.Match[str]) -> date | None:
    year = int(match["year"] or match["bare"])
    if match["month"]:
        return month_end(year, int(match["month"]))
    if match["quarter"]:
        return month_end(year, 3 * _quarter(match["quarter"]))
    if match["half"]:
        return month_end(year, 6 if match["half"].casefold().endswith("đầu") else 12)
    return make_day(year, 12, 31)


def _period_start(match: re.Match[str]) -> date | None:
    """Return the day before the period begins: `trước tháng 9/2021` ends with August."""
    end = _period_end(match)
    if end is None:
        return None
    months = 1 if match["month"] else 3 if match["quarter"] else 6 if match["half"] else 12
    first = end.month - months + 1
    start = make_day(end.year, first, 1)
    return start - timedelta(days=1) if start else None


def _quarter(text: str) -> int:
    return {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(text.casefold()) or int(text)


def _spans(text: str, issued: date | None) -> list[tuple[int, Deadline]]:
    found = []
    for match in _SPAN.finditer(text):
        event = match["event"] or ""
        limited = match[0].casefold().startswith(("trong thời hạn", "trong vòng", "chậm", "không"))
        if not event and not limited:
            continue
        if "hiệu lực" in _clause_before(text, match.start()):
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


def _clause_before(text: str, place: int) -> str:
    start = max(text.rfind(sign, 0, place) for sign in ".;:")
    return text[start + 1 : place]
