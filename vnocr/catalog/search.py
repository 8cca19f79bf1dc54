"""Asking a catalog: words and phrases with or without marks, narrowed by the letterhead.

A page is a hit if it holds every word of the query, marks and case aside. Hits that
match the marks of the query come first, then the better ranked. The words meet in the
form of `vnocr.catalog.rows.folded_words` in every database, so đ and d meet too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select, text

from vnocr.catalog.candidates import Candidate, find_candidates, load_pages
from vnocr.catalog.letterhead import ISSUER, TYPE, Clause, number_word, period, phrase_of
from vnocr.catalog.rank import rank
from vnocr.catalog.rows import folded_words
from vnocr.catalog.schema import DOCUMENTS, PAGES
from vnocr.catalog.snippet import Snippet, make_snippet
from vnocr.catalog.store import Catalog
from vnocr.extract.symbols import number_key
from vnocr.vietnamese.unicode import nfc

_PART = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")

# Pages that are ranked, and how many times more if they are of too few documents.
_RANKED, _MORE = 200, 5


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is asked for: words, "phrases in quotes", and limits; None sets none.

    `number` must be whole; `issuer` and `type` may be some words of a name that follow
    each other. None of them needs its marks. `since` and `until` bound the date of issue,
    both included.
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
    if not phrases:
        return _hits(catalog, _list(catalog, query), [])
    folded = [folded_words(phrase) for phrase in phrases]
    return _hits(catalog, _best(catalog, query, phrases, folded), folded)


def split_query(words: str) -> list[str]:
    """Return the words and phrases of a query, without quotes and signs, case kept."""
    parts = [quoted or bare for quoted, bare in _PART.findall(nfc(words))]
    # 599/SCT-VP is one word to a person: its parts must follow each other.
    return [phrase for part in parts if (phrase := " ".join(_WORD.findall(part)))]


def _best(
    catalog: Catalog, query: SearchQuery, phrases: list[str], folded: list[str]
) -> dict[str, Candidate]:
    """Return the best page of each document, the best first."""
    exact, limits = [phrase.lower() for phrase in phrases], _clauses(catalog, query)
    count = max(_RANKED, query.limit)
    while True:
        found = find_candidates(catalog, exact, folded, limits, count)
        best: dict[str, Candidate] = {}
        for page in rank(found, folded):
            if len(best) == query.limit:
                break
            best.setdefault(page.path, page)
        if len(best) == query.limit or not found.more:
            return best
        # A document of a thousand pages does not stand before all the others.
        count *= _MORE


def _clauses(catalog: Catalog, query: SearchQuery) -> list[Clause]:
    """Return the limits of `query` as words of the column letterhead."""
    limits = []
    if query.number:
        limits.append(Clause("letterhead", (number_word(number_key(query.number)),)))
    for kind, name in ((ISSUER, query.issuer), (TYPE, query.type)):
        if name:
            limits.append(Clause("letterhead", (phrase_of(kind, folded_words(name)),)))
    if query.since or query.until:
        limits.append(_period(catalog, query))
    return limits


def _period(catalog: Catalog, query: SearchQuery) -> Clause:
    """Return the limits of the date of issue, no further than the dates in the catalog."""
    ends = "SELECT (SELECT min(issue_date) FROM documents), (SELECT max(issue_date) FROM documents)"
    first, last = (_year(day) for day in catalog.rows(text(ends))[0])
    since = max(query.since or date.min, date(first, 1, 1))
    return period(since, min(query.until or date.max, date(last, 12, 31)))


def _year(day: str | None) -> int:
    return min(max(date.fromisoformat(day).year, 1), 9998) if day else 1


def _list(catalog: Catalog, query: SearchQuery) -> dict[str, Candidate]:
    """Return the first pages of the documents that the limits leave, the newest first."""
    condition, values = _condition(query)
    if not condition:
        return {}
    statement = text(
        f"SELECT d.path AS path FROM documents AS d WHERE {condition} "
        "ORDER BY d.issue_date DESC, d.path LIMIT :count"
    )
    paths = [row.path for row in catalog.rows(statement, {**values, "count": query.limit})]
    first = load_pages(catalog, PAGES.c.path.in_(paths) & (PAGES.c.number == 1))
    without = {path: Candidate(0, path, 1, "", "") for path in paths}
    return without | {page.path: page for page in first}


def _condition(query: SearchQuery) -> tuple[str, dict[str, Any]]:
    """Return the limits of `query` as a condition on the documents d in SQL, and its values."""
    wanted = {
        "d.number_key = :number": ("number", query.number and number_key(query.number)),
        "' ' || d.issuer_key || ' ' LIKE :issuer": ("issuer", _part(query.issuer)),
        "' ' || d.type_key || ' ' LIKE :type": ("type", _part(query.type)),
        "d.issue_date >= :since": ("since", query.since and query.since.isoformat()),
        "d.issue_date <= :until": ("until", query.until and query.until.isoformat()),
    }
    given = {condition: pair for condition, pair in wanted.items() if pair[1]}
    return " AND ".join(given), dict(given.values())


def _part(name: str | None) -> str | None:
    # Folded words hold no sign: none that LIKE takes for others, and "!" is in no name.
    return f"% {folded_words(name) or '!'} %" if name else None


def _hits(catalog: Catalog, found: dict[str, Candidate], phrases: list[str]) -> list[Hit]:
    """Return the documents of `found` by path, each with its page."""
    names = [name for name in Hit.__slots__ if name in DOCUMENTS.c]
    columns = [DOCUMENTS.c.path, *(DOCUMENTS.c[name] for name in names)]
    statement = select(*columns).where(DOCUMENTS.c.path.in_(list(found)))
    rows = {row.path: row for row in catalog.rows(statement)}
    pages = select(PAGES.c.id, PAGES.c.text).where(PAGES.c.id.in_([p.id for p in found.values()]))
    texts = {row.id: row.text for row in catalog.rows(pages)}
    return [
        Hit(
            document=path,
            page=page.number,
            snippet=make_snippet(texts.get(page.id, ""), page.folded, phrases),
            **{name: rows[path]._mapping[name] for name in names},
        )
        for path, page in found.items()
        if path in rows
    ]
