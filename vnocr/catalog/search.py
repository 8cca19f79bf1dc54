"""Asking a catalog: words and phrases with or without marks, narrowed by the letterhead.

A page is a hit if it holds every word of the query, marks and case aside. Hits that
match the marks of the query come first, then the better ranked. The words meet in the
form of `vnocr.catalog.rows.folded_words` in every database, so đ and d meet too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select, text

from vnocr.catalog.candidates import Candidate, Limits, find_candidates, load_pages
from vnocr.catalog.rank import rank
from vnocr.catalog.rows import folded_words
from vnocr.catalog.schema import DOCUMENTS, PAGES
from vnocr.catalog.snippet import Snippet, make_snippet
from vnocr.catalog.store import Catalog
from vnocr.extract.symbols import number_key
from vnocr.vietnamese.unicode import fold, nfc

_PART = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")


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
    limits = _limits(query)
    if not phrases:
        return _hits(catalog, _list(catalog, limits, query.limit), [])
    exact = [phrase.lower() for phrase in phrases]
    folded = [folded_words(phrase) for phrase in phrases]
    best: dict[str, Candidate] = {}
    for page in rank(find_candidates(catalog, exact, folded, limits), exact, folded):
        if len(best) == query.limit:
            break
        best.setdefault(page.path, page)
    return _hits(catalog, best, folded)


def split_query(words: str) -> list[str]:
    """Return the words and phrases of a query, without quotes and signs, case kept."""
    parts = [quoted or bare for quoted, bare in _PART.findall(nfc(words))]
    # 599/SCT-VP is one word to a person: its parts must follow each other.
    return [phrase for part in parts if (phrase := " ".join(_WORD.findall(part)))]


def _limits(query: SearchQuery) -> Limits:
    wanted = {
        "d.number_key = :number": ("number", query.number and number_key(query.number)),
        "d.issuer_key LIKE :issuer ESCAPE '!'": ("issuer", _part(query.issuer)),
        "d.type_key LIKE :type ESCAPE '!'": ("type", _part(query.type)),
        "d.issue_date >= :since": ("since", query.since and query.since.isoformat()),
        "d.issue_date <= :until": ("until", query.until and query.until.isoformat()),
    }
    given = {condition: pair for condition, pair in wanted.items() if pair[1]}
    return Limits(" AND ".join(given), dict(given.values()))


def _part(name: str | None) -> str | None:
    if not name:
        return None
    escaped = re.sub(r"([!%_])", r"!\1", fold(name))
    return f"%{escaped}%"


def _list(catalog: Catalog, limits: Limits, count: int) -> dict[str, Candidate]:
    """Return the first pages of the documents that the limits leave, the newest first."""
    if not limits.condition:
        return {}
    statement = text(
        f"SELECT d.path AS path FROM documents AS d WHERE {limits.condition} "
        "ORDER BY d.issue_date DESC, d.path LIMIT :count"
    )
    paths = [row.path for row in catalog.rows(statement, {**limits.values, "count": count})]
    first = load_pages(catalog, PAGES.c.path.in_(paths) & (PAGES.c.number == 1))
    without = {path: Candidate(0, path, 1, "", "", "") for path in paths}
    return without | {page.path: page for page in first}


def _hits(catalog: Catalog, found: dict[str, Candidate], phrases: list[str]) -> list[Hit]:
    """Return the documents of `found` by path, each with its page."""
    names = [name for name in Hit.__slots__ if name in DOCUMENTS.c]
    columns = [DOCUMENTS.c.path, *(DOCUMENTS.c[name] for name in names)]
    statement = select(*columns).where(DOCUMENTS.c.path.in_(list(found)))
    rows = {row.path: row for row in catalog.rows(statement)}
    return [
        Hit(
            document=path,
            page=page.number,
            snippet=make_snippet(page.text, page.folded, phrases),
            **{name: rows[path]._mapping[name] for name in names},
        )
        for path, page in found.items()
        if path in rows
    ]
