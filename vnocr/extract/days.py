"""Days written in running text: `ngày 05 tháng 01 năm 2020`, `05/01/2020`, `tháng 8/2020`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_SEPARATOR = r"\s*[/.\-]\s*"
# Pattern of one day; the year may be missing.
DAY = (
    rf"(?:(?P<d1>\d{{1,2}})\s*{_SEPARATOR}\s*(?P<m1>\d{{1,2}})(?:{_SEPARATOR}(?P<y1>(?:19"
    rf"|20)\d\d))?"
    r"|(?P<d2>\d{1,2})\s*(?:tháng)\s*(?P<m2>\d{1,2})(?:\s*(?:,\s*)?(?:năm|/)\s*(?P<y2>(?:19"
    r"|20)\d\d))?)"
    r"(?!\d|[./-]\d)"
)
# Recognisers part the figures of a month now and then: 20/1 1/2024.
FULL_DAY = (
    rf"(?:(?P<d1>\d{{1,2}}){_SEPARATOR}(?P<m1>\d{{1,2}}|1\s[0-2]){_SEPARATOR}(?P<y1>(?:19|20)\d\d)"
    r"|(?P<d2>\d{1,2})\s*tháng\s*(?P<m2>\d{1,2})\s*,?\s*năm\s*(?P<y2>(?:19|20)\d\d))"
    r"(?!\d)"
)


def day_of(match: re.Match[str], issued: date | None = None) -> date | None:
    """Return the day that a match of DAY or FULL_DAY names, or None if there is no such day.

    A missing year is the one that puts the day on or after `issued`; without it, None.
    """
    day = int(match["d1"] or match["d2"])
    month = int((match["m1"] or match["m2"]).replace(" ", ""))
    written = match["y1"] or match["y2"]
    if written:
        return make_day(int(written), month, day)
    if issued is None:
        return None
    this_year = make_day(issued.year, month, day)
    if this_year is not None and this_year < issued:
        return make_day(issued.year + 1, month, day)
    return this_year


def make_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date | None:
    """Return the last day of the month, or None if there is no such month."""
    return date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None


def parse_iso(text: str | None) -> date | None:
    """Return the day of an ISO 8601 date, or None for None or anything else."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
