"""Reading the line `Quảng Ngãi, ngày 05 tháng 02 năm 2025`: place and date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vnocr.extract.columns import DATE_IN_FIGURES, Column, HeadSpan, Role, date_match
from vnocr.extract.spans import LineSpan
from vnocr.model import Word

_FIRST_YEAR = 1945
_LAST_YEAR = 2100
# Letters that recognisers write for figures.
_FIGURES = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1", "s": "5"})


@dataclass(frozen=True, slots=True)
class DateReading:
    """What the place-and-date line says; a part that cannot be read is None."""

    place: str | None
    day: int | None
    month: int | None
    year: int | None
    padded: bool  # day and month are written with as many figures as the rules ask
    span: LineSpan
    place_words: tuple[Word, ...]
    figure_words: tuple[Word, ...]

    @property
    def iso(self) -> str | None:
        """The date as ISO 8601, or None if a part is missing or the day does not exist."""
        if self.day is None or self.month is None or self.year is None:
            return None
        try:
            return date(self.year, self.month, self.day).isoformat()
        except ValueError:
            return None


def find_date(spans: Sequence[HeadSpan]) -> DateReading | None:
    """Return the reading of the first place-and-date line of the head, or None."""
    for item in spans:
        if item.role is Role.DATE:
            match = date_match(item.span.key)
            if match is not None:
                return _reading(item.span, match)
    for item in spans:
        if item.column is Column.RIGHT:
            match = DATE_IN_FIGURES.search(item.span.key)
            if match is not None:
                return _reading(item.span, match)
    return None


def _reading(span: LineSpan, match: re.Match[str]) -> DateReading:
    groups = match.groupdict(default="")
    day, month, year = (_number(groups[name]) for name in ("day", "month", "year"))
    place = span.text[: match.start()].rstrip(" ,.;:-")
    figures: list[Word] = []
    for name in ("day", "month", "year"):
        if match[name]:
            figures.extend(span.words_between(*_trimmed(span.key, *match.span(name))))
    return DateReading(
        place=_clean_place(place),
        day=day if day is not None and 1 <= day <= 31 else None,
        month=month if month is not None and 1 <= month <= 12 else None,
        year=year if year is not None and _FIRST_YEAR <= year <= _LAST_YEAR else None,
        padded=_padded(groups["day"], day, 9) and _padded(groups["month"], month, 2),
        span=span,
        place_words=span.words_between(0, len(place)),
        figure_words=tuple(figures),
    )


def _trimmed(key: str, first: int, last: int) -> tuple[int, int]:
    text = key[first:last]
    first += len(text) - len(text.lstrip(" .,:;"))
    return first, first + len(text.strip(" .,:;"))


def _number(text: str) -> int | None:
    bare = re.sub(r"[\s.:,;_…'\"]", "", text).translate(_FIGURES)
    return int(bare) if re.fullmatch(r"[0-9]{1,4}", bare) else None


def _padded(text: str, value: int | None, limit: int) -> bool:
    """Whether a figure up to `limit` has its leading zero (Decree 30/2020, annex I, II.4)."""
    return value is None or value > limit or "0" in text or "o" in text


def _clean_place(text: str) -> str | None:
    words = text.split()
    while words and not any(letter.isalpha() for letter in words[0]):
        words.pop(0)
    return " ".join(words) or None
