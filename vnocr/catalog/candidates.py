"""The pages that may answer a query, as the database finds them: enough to rank, never all.

The cost of a search must not grow with how common its words are or how rare its limits. So
everything that is asked for is asked of the index of words, which goes through the newest
pages first and stops at a bound; only pages that satisfy all of it are looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, text

from vnocr.catalog.letterhead import HEADING, Clause, phrase_of
from vnocr.catalog.schema import PAGES
from vnocr.catalog.store import Catalog
from vnocr.vietnamese.unicode import nfc

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

_BETWEEN = r"[\W_]+"
# Of more pages with the words in their heading than this, the newest are looked at.
_HEADED = 50

_SQLITE = """
    SELECT rowid AS id FROM page_search WHERE page_search MATCH :words
    ORDER BY rowid DESC LIMIT :count"""
_SQLITE_COLUMNS = {"text": "text", "folded": "folded heading", "letterhead": "letterhead"}
_POSTGRESQL = "SELECT id FROM pages WHERE {conditions} ORDER BY id DESC LIMIT :count"
_POSTGRESQL_COLUMNS = {
    "text": "exact_words",
    "folded": "folded_words",
    "letterhead": "letterhead_words",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page that may answer; `folded` and `heading` are without marks and case."""

    id: int
    path: str
    number: int
    folded: str
    heading: str


@dataclass(frozen=True, slots=True)
class Found:
    """Pages that hold the words; those in `exact` as they were typed.

    `more` tells that there may be others, none of them better by its marks.
    """

    pages: list[Candidate]
    exact: frozenset[int]
    more: bool


def find_candidates(
    catalog: Catalog, exact: list[str], folded: list[str], limits: list[Clause], count: int
) -> Found:
    """Return pages that hold every one of the phrases `folded` and satisfy `limits`.

    `exact` are the phrases as they were typed, in lower case. Of more than `count` pages
    those with the marks of `exact`, then the newest, are returned, and those with the
    phrases in the heading.
    """
    words = [*limits, *(Clause("folded", (phrase,)) for phrase in folded)]
    marked = [Clause("text", (phrase,)) for phrase in exact]
    headed = [Clause("letterhead", (phrase_of(HEADING, phrase),)) for phrase in folded]
    found = _matching(catalog, words, count)
    more, same = len(found) == count, frozenset[int]()
    if exact != folded:
        if more:
            same = _matching(catalog, [*limits, *marked], count)
        else:
            same = _with_marks(catalog, found, exact)
    if more and len(same) == count:
        # None without the marks can come before these.
        found = same = same | _matching(catalog, [*limits, *marked, *headed], _HEADED)
    elif more:
        found |= same | _matching(catalog, [*limits, *headed], _HEADED)
    return Found(load_pages(catalog, PAGES.c.id.in_(found)), same, more)


def load_pages(catalog: Catalog, wanted: ColumnElement[bool]) -> list[Candidate]:
    """Return the pages for which `wanted` holds, in no order."""
    statement = select(*(PAGES.c[name] for name in Candidate.__slots__)).where(wanted)
    return [Candidate(*tuple(row)) for row in catalog.rows(statement)]


def _matching(catalog: Catalog, clauses: list[Clause], count: int) -> frozenset[int]:
    """Return the newest `count` pages for which all `clauses` hold."""
    statement, values = (_sqlite if catalog.dialect == "sqlite" else _postgresql)(clauses)
    rows = catalog.rows(text(statement), {**values, "count": count})
    return frozenset(row.id for row in rows)


def _with_marks(catalog: Catalog, pages: frozenset[int], phrases: list[str]) -> frozenset[int]:
    """Return those of `pages` that hold all `phrases`, marks and all.

    Few pages are read sooner than the index of words is gone through once more.
    """
    patterns = [_pattern(phrase) for phrase in phrases]
    rows = catalog.rows(select(PAGES.c.id, PAGES.c.text).where(PAGES.c.id.in_(pages)))
    texts = ((row.id, nfc(row.text).lower()) for row in rows)
    return frozenset(
        page for page, text in texts if all(pattern.search(text) for pattern in patterns)
    )


def _pattern(phrase: str) -> re.Pattern[str]:
    """Return what finds `phrase` between words.

    It begins with letters, which `re` looks for many times quicker than for a place
    between words; that there is such a place before them is asked afterwards.
    """
    first, *others = phrase.split()
    words = [f"{first}(?<![^\\W_]{first})", *others]
    return re.compile(rf"{_BETWEEN.join(words)}(?![^\W_])")


def _sqlite(clauses: list[Clause]) -> tuple[str, dict[str, Any]]:
    parts = []
    for clause in clauses:
        phrases = " OR ".join(f'"{phrase}"' for phrase in clause.phrases)
        parts.append(f"{{{_SQLITE_COLUMNS[clause.column]}}} : ({phrases})")
    return _SQLITE, {"words": " AND ".join(parts)}


def _postgresql(clauses: list[Clause]) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {}
    for clause in clauses:
        column = _POSTGRESQL_COLUMNS[clause.column]
        phrases = " | ".join(f"({' <-> '.join(phrase.split())})" for phrase in clause.phrases)
        values[column] = f"{values[column]} & ({phrases})" if column in values else f"({phrases})"
    conditions = (f"{column} @@ to_tsquery('simple', :{column})" for column in values)
    return _POSTGRESQL.format(conditions=" AND ".join(conditions)), values
