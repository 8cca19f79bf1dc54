"""The letterhead as words of a page's own column, so that the index of words narrows a search.

To look at the document of every page that holds some common words takes longer than all
the rest of a search. So each page carries what its document can be narrowed by: the words
of the issuer ("xi") and of the type ("xt"), the number ("xn"), the year, month and day of
issue ("xd"), and on the first page those of the heading ("xh"). What is before a word keeps
it from its many likes in the texts, whose places would have to be looked through as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

HEADING, ISSUER, TYPE, NUMBER, DAY = "xh", "xi", "xt", "xn", "xd"

_ISO = re.compile(r"\d{4}-\d\d-\d\d")
# From the first day of any month into the next.
_INTO_NEXT_MONTH = timedelta(days=32)


@dataclass(frozen=True, slots=True)
class Clause:
    """One of `phrases` stands in the `column` of a page: text, folded or letterhead."""

    column: str
    phrases: tuple[str, ...]


def letterhead_words(document: Mapping[str, Any], heading: str) -> str:
    """Return the column for a page of `document`, a row of that table.

    `heading` are the folded words of the page's heading, "" on all pages but the first.
    """
    day, number = document["issue_date"] or "", document["number_key"]
    words = [
        *(_tagged(HEADING, heading) if heading else ()),
        *(_tagged(ISSUER, document["issuer_key"]) if document["issuer_key"] else ()),
        *(_tagged(TYPE, document["type_key"]) if document["type_key"] else ()),
        *([number_word(number)] if number else ()),
        *([_day_word(part) for part in (day[:4], day[:7], day)] if _ISO.fullmatch(day) else ()),
    ]
    return " ".join(words)


def phrase_of(kind: str, folded: str) -> str:
    """Return how the words `folded` are kept; without any a word that is never met."""
    return " ".join(_tagged(kind, folded))


def number_word(key: str) -> str:
    """Return the word for a number by its key: whole, since 1/QD is no part of 1/QD-UBND."""
    return NUMBER + key.encode("utf-8", "replace").hex()


def period(since: date, until: date) -> Clause:
    """Return that the day of issue is from `since` to `until`, before the year 9999."""
    return Clause("letterhead", tuple(_periods(since, until)) or (DAY,))


def _tagged(kind: str, folded: str) -> list[str]:
    return [kind + word for word in folded.split()] or [kind]


def _day_word(iso: str) -> str:
    return DAY + iso.replace("-", "")


def _periods(since: date, until: date) -> Iterator[str]:
    """Yield the whole years, else whole months, else days between two days."""
    day = since
    while day <= until:
        year_end = day.replace(month=12, day=31)
        month_end = (day.replace(day=1) + _INTO_NEXT_MONTH).replace(day=1) - timedelta(days=1)
        if (day.month, day.day) == (1, 1) and year_end <= until:
            length, end = 4, year_end
        elif day.day == 1 and month_end <= until:
            length, end = 7, month_end
        else:
            length, end = 10, day
        yield _day_word(day.isoformat()[:length])
        day = end + timedelta(days=1)
