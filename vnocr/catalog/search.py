"""Asking a catalog: words and phrases with or without marks, narrowed by the letterhead.

A page is a hit if it holds every word of the query, marks and case aside. Hits that
match the marks of the query come first, then the better ranked. The words meet in the
form of `vnocr.catalog.rows.folded_words` in every database, so đ and d meet too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, text

from vnocr.catalog.rows import folded_words
from vnocr.catalog.schema import DOCUMENTS, PAGES
from vnocr.catalog.snippet import Snippet, make_snippet
from vnocr.catalog.store import Catalog
from vnocr.extract.symbols import number_key
from vnocr.vietnamese.unicode import fold, nfc

if TYPE_CHECKING:
    from sqlalchemy import Select

_PART = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")
# A word that stands on every page of an archive ranks nothing: with more hits than that
# the newest come first, those in a heading before the others, and no query is slow.
_RANKED = 1000
# Several pages of one document may match; it is listed once.
_PAGES_PER_DOCUMENT = 4

# CROSS JOIN is SQLite's way to fix the order: from the hits to their documents.
_SQLITE = """
    SELECT p.path AS path, p.number AS page
    FROM page_search CROSS JOIN pages AS p ON p.id = page_search.rowid {join}
    WHERE page_search MATCH :words {filters} ORDER BY {order} LIMIT :count"""
_SQLITE_COMMON = """
    SELECT rowid FROM page_search WHERE page_search MATCH :words
    ORDER BY rowid DESC LIMIT 1 OFFSET :ranked"""
_SQLITE_JOIN = "CROSS JOIN documents AS d ON d.path = p.path"
_NO_FILTERS = {"join": "", "filters": ""}
_BEST, _NEWEST = "bm25(page_search, 1, 1, 4), p.id", "page_search.rowid DESC"

_POSTGRESQL = """
    WITH hits AS (
        SELECT p.id, p.path, p.number, p.{column} AS words
        FROM pages AS p JOIN documents AS d ON d.path = p.path
        WHERE p.{column} @@ to_tsquery('simple', :words) {filters}
        ORDER BY p.id DESC LIMIT :ranked)
    SELECT path, number AS page FROM hits
    ORDER BY ts_rank(words, to_tsquery('simple', :words)) DESC, id LIMIT :count"""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is asked for: words, "phrases in quotes", and limits; None sets none.

    `number` must be whole; `issuer` and `type` may be parts of a name. None of them
    needs its marks. `since` and `until` bound the date of issue, both included.
    """

    words: str = ""
    number: str | None = None
    issuer: str | None = None
    type: str | None = None
    since: date | None = None
    until: date | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found, with the page that answers best."""

    document: str
    record: str
    page: int
    number: str | None
    issue_date: str | None
    type: str | None
    issuer: str | None
    subject: str | None
    snippet: Snippet = field(default_factory=Snippet)


def search(catalog: Catalog, query: SearchQuery) -> list[Hit]:
    """Return the documents that `query` asks for, the best first."""
    phrases = split_query(query.words)
    if query.words and not phrases:
        return []
    found = _find(catalog, query, phrases) if phrases else _list(catalog, query)
    return _hits(catalog, found, [folded_words(phrase) for phrase in phrases])


def split_query(words: str) -> list[str]:
    """Return the words and phrases of a query, without quotes and signs, case kept."""
    parts = [quoted or bare for quoted, bare in _PART.findall(nfc(words))]
    # 599/SCT-VP is one word to a person: its parts must follow each other.
    return [phrase for part in parts if (phrase := " ".join(_WORD.findall(part)))]


def _find(catalog: Catalog, query: SearchQuery, phrases: list[str]) -> dict[str, int]:
    """Return the best page by document, in the order of rank."""
    found: dict[str, int] = {}
    exact = [phrase.lower() for phrase in phrases]
    folded = [folded_words(phrase) for phrase in phrases]
    passes = [(False, folded)] if exact == folded else [(True, exact), (False, folded)]
    for with_marks, wanted in passes:
        for row in _rank(catalog, query, wanted, with_marks=with_marks):
            found.setdefault(row.path, row.page)
            if len(found) == query.limit:
                return found
    return found


def _rank(
    catalog: Catalog, query: SearchQuery, phrases: list[str], *, with_marks: bool
) -> list[Any]:
    rank = _rank_sqlite if catalog.dialect == "sqlite" else _rank_postgresql
    return rank(catalog, query, phrases, with_marks)


def _rank_sqlite(
    catalog: Catalog, query: SearchQuery, phrases: list[str], with_marks: bool
) -> list[Any]:
    wanted = " AND ".join(f'"{phrase}"' for phrase in phrases)
    filters, values = _filters(query)
    parts = {"join": _SQLITE_JOIN, "filters": f"AND {filters}"} if filters else _NO_FILTERS

    def ask(columns: str, order: str, count: int) -> list[Any]:
        asked = {"words": f"{columns} : ({wanted})", "count": count}
        return catalog.rows(text(_SQLITE.format(order=order, **parts)), {**values, **asked})

    columns = "{text}" if with_marks else "{folded heading}"
    count = query.limit * _PAGES_PER_DOCUMENT
    common = {"words": f"{columns} : ({wanted})", "ranked": _RANKED}
    if not catalog.rows(text(_SQLITE_COMMON), common):
        return ask(columns, _BEST, count)
    headed = [] if with_marks else ask("{heading}", _NEWEST, count)
    return headed + ask(columns, _NEWEST, count)


def _rank_postgresql(
    catalog: Catalog, query: SearchQuery, phrases: list[str], with_marks: bool
) -> list[Any]:
    filters, values = _filters(query)
    column = "exact_words" if with_marks else "folded_words"
    statement = _POSTGRESQL.format(column=column, filters=f"AND {filters}" if filters else "")
    words = " & ".join(f"({' <-> '.join(phrase.split())})" for phrase in phrases)
    count = query.limit * _PAGES_PER_DOCUMENT
    values |= {"words": words, "ranked": _RANKED, "count": count}
    return catalog.rows(text(statement), values)


def _filters(query: SearchQuery) -> tuple[str, dict[str, Any]]:
    wanted = {
        "d.number_key = :number": ("number", query.number and number_key(query.number)),
        "d.issuer_key LIKE :issuer ESCAPE '!'": ("issuer", _part(query.issuer)),
        "d.type_key LIKE :type ESCAPE '!'": ("type", _part(query.type)),
        "d.issue_date >= :since": ("since", query.since and query.since.isoformat()),
        "d.issue_date <= :until": ("until", query.until and query.until.isoformat()),
    }
    given = {condition: pair for condition, pair in wanted.items() if pair[1]}
    return " AND ".join(given), dict(given.values())


def _part(name: str | None) -> str | None:
    if not name:
        return None
    escaped = re.sub(r"([!%_])", r"!\1", fold(name))
    return f"%{escaped}%"


def _list(catalog: Catalog, query: SearchQuery) -> dict[str, int]:
    """Return the documents that the limits alone leave, the newest first."""
    filters, values = _filters(query)
    if not filters:
        return {}
    statement = text(
        f"SELECT d.path AS path FROM documents AS d WHERE {filters} "
        "ORDER BY d.issue_date DESC, d.path LIMIT :count"
    )
    return {row.path: 1 for row in catalog.rows(statement, {**values, "count": query.limit})}


def _hits(catalog: Catalog, found: dict[str, int], phrases: list[str]) -> list[Hit]:
    statement: Select[Any] = (
        select(DOCUMENTS, PAGES.c.number.label("page"), PAGES.c.text)
        .outerjoin(PAGES, PAGES.c.path == DOCUMENTS.c.path)
        .where(DOCUMENTS.c.path.in_(bindparam("paths", expanding=True)))
    )
    rows = {(row.path, row.page): row for row in catalog.rows(statement, {"paths": list(found)})}
    return [
        Hit(
            document=path,
            record=row.record,
            page=page,
            number=row.number,
            issue_date=row.issue_date,
            type=row.type,
            issuer=row.issuer,
            subject=row.subject,
            snippet=make_snippet(row.text, phrases),
        )
        for path, page in found.items()
        if (row := rows.get((path, page)))
    ]
