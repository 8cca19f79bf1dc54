"""The pages that may answer a query, as the database finds them: enough to rank, never all.

The cost of a search must not grow with how common its words are or how rare its limits.
So a few documents that satisfy the limits are looked at one by one; otherwise the newest
pages that hold the words are taken, up to a bound, and a word on every page costs little.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, text

from vnocr.catalog.schema import PAGES
from vnocr.catalog.store import Catalog

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

# Pages that are ranked; with limits fewer, since each costs a look at its document.
_NEWEST, _NEWEST_LIMITED = 200, 200
_HEADED = 50
# To know that no heading holds many common words, all their places must be looked through.
_HEADED_PHRASES = 2
_FEW_PAGES = 1500

_FEW = "SELECT d.path, d.pages FROM documents AS d WHERE {limits} LIMIT :few"
# CROSS JOIN is SQLite's way to fix the order: from the hits to their documents.
_SQLITE = """
    SELECT page_search.rowid AS id FROM page_search {join}
    WHERE page_search MATCH :words {limits} ORDER BY page_search.rowid DESC LIMIT :count"""
_SQLITE_JOIN = """
    CROSS JOIN pages AS p ON p.id = page_search.rowid
    CROSS JOIN documents AS d ON d.path = p.path"""
_POSTGRESQL = """
    SELECT p.id FROM pages AS p {join}
    WHERE p.{column} @@ to_tsquery('simple', :words) {limits} ORDER BY p.id DESC LIMIT :count"""
_POSTGRESQL_JOIN = "JOIN documents AS d ON d.path = p.path"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page that may answer; `folded` and `heading` are without marks and case."""

    id: int
    path: str
    number: int
    text: str
    folded: str
    heading: str


@dataclass(frozen=True, slots=True)
class Limits:
    """A condition on the documents d in SQL and its values; "" leaves all."""

    condition: str
    values: dict[str, Any]


def find_candidates(
    catalog: Catalog, exact: list[str], folded: list[str], limits: Limits
) -> list[Candidate]:
    """Return pages that hold every one of the phrases `folded`, or of a few documents.

    `exact` are the phrases as they were typed, in lower case. Of more pages than can be
    ranked, the newest, those with the phrases in the heading (of one or two) and those
    with the marks of `exact` are returned.
    """
    if limits.condition:
        statement = text(_FEW.format(limits=limits.condition))
        few = catalog.rows(statement, {**limits.values, "few": _FEW_PAGES})
        if len(few) < _FEW_PAGES and sum(row.pages for row in few) < _FEW_PAGES:
            return load_pages(catalog, PAGES.c.path.in_([row.path for row in few]))
    count = _NEWEST_LIMITED if limits.condition else _NEWEST
    found = _matching(catalog, "folded", folded, limits, count)
    if len(found) == count:
        if len(folded) <= _HEADED_PHRASES:
            found |= _matching(catalog, "heading", folded, limits, _HEADED)
        if exact != folded:
            found |= _matching(catalog, "text", exact, limits, count)
    return load_pages(catalog, PAGES.c.id.in_(found))


def load_pages(catalog: Catalog, wanted: ColumnElement[bool]) -> list[Candidate]:
    """Return the pages for which `wanted` holds, in no order."""
    statement = select(*(PAGES.c[name] for name in Candidate.__slots__)).where(wanted)
    return [Candidate(*tuple(row)) for row in catalog.rows(statement)]


def _matching(
    catalog: Catalog, where: str, phrases: list[str], limits: Limits, count: int
) -> set[int]:
    sqlite = catalog.dialect == "sqlite"
    limited = bool(limits.condition)
    parts = {"limits": f"AND {limits.condition}" if limited else "", "join": ""}
    if sqlite:
        statement = _SQLITE.format(**{**parts, "join": _SQLITE_JOIN if limited else ""})
        words = _sqlite_words(where, phrases)
    else:
        join = _POSTGRESQL_JOIN if limited else ""
        column = "exact_words" if where == "text" else "folded_words"
        statement = _POSTGRESQL.format(**{**parts, "join": join}, column=column)
        words = _postgresql_words(where, phrases)
    values = {**limits.values, "words": words, "count": count}
    return {row.id for row in catalog.rows(text(statement), values)}


def _sqlite_words(where: str, phrases: list[str]) -> str:
    columns = {"folded": "folded heading", "heading": "heading", "text": "text"}[where]
    wanted = " AND ".join(f'"{phrase}"' for phrase in phrases)
    return f"{{{columns}}} : ({wanted})"


def _postgresql_words(where: str, phrases: list[str]) -> str:
    # The words of the heading have the weight A in the vector of the folded ones.
    weight = ":A" if where == "heading" else ""
    return " & ".join(
        "(" + " <-> ".join(f"{word}{weight}" for word in phrase.split()) + ")" for phrase in phrases
    )
