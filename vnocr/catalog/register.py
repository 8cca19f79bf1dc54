"""Questions to the catalog: who must do what by when, and which paper cites which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from vnocr.catalog.schema import CITATIONS, DIRECTIVES, DOCUMENTS
from vnocr.catalog.store import Catalog
from vnocr.extract.symbols import number_key
from vnocr.vietnamese.unicode import fold


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One directive with the dispatch it stands in."""

    document: str
    number: str | None
    issue_date: str | None
    issuer: str | None
    label: str | None
    text: str
    assignee: str | None
    cooperating: tuple[str, ...]
    deadline: str | None
    deadline_text: str | None
    recurring: str | None
    page: int
    confidence: float


@dataclass(frozen=True, slots=True)
class RegisterQuery:
    """Which directives are asked for; None asks for all. Names match without marks or case."""

    assignee: str | None = None
    issuer: str | None = None
    due_before: date | None = None
    due_from: date | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """One document citing another: `document` is the file, `text` the citing words."""

    document: str
    number: str | None
    type: str | None
    date: str | None
    issuer: str | None
    text: str
    page: int


@dataclass(frozen=True, slots=True)
class Trace:
    """What a dispatch cites, and who cites it. `documents` are the files of that number."""

    documents: tuple[str, ...]
    cites: tuple[Citation, ...]
    cited_by: tuple[Citation, ...]


def find_directives(catalog: Catalog, query: RegisterQuery) -> list[RegisterEntry]:
    """Return the directives that `query` asks for, the most urgent first, undated last."""
    statement = select(DIRECTIVES, DOCUMENTS.c.number, DOCUMENTS.c.issue_date, DOCUMENTS.c.issuer)
    statement = statement.join(DOCUMENTS, DIRECTIVES.c.path == DOCUMENTS.c.path)
    if query.assignee:
        statement = statement.where(DIRECTIVES.c.assignee_key.contains(fold(query.assignee)))
    if query.due_before:
        statement = statement.where(DIRECTIVES.c.deadline < query.due_before.isoformat())
    if query.due_from:
        statement = statement.where(DIRECTIVES.c.deadline >= query.due_from.isoformat())
    order = (DIRECTIVES.c.deadline.is_(None), DIRECTIVES.c.deadline)
    statement = statement.order_by(*order, DIRECTIVES.c.path, DIRECTIVES.c.position)
    names = RegisterEntry.__slots__
    entries = [
        RegisterEntry(
            document=row.path,
            cooperating=tuple(row.cooperating),
            **{
                name: row._mapping[name]
                for name in names
                if name not in {"document", "cooperating"}
            },
        )
        for row in catalog.rows(statement)
    ]
    wanted = fold(query.issuer or "")
    return [entry for entry in entries if wanted in fold(entry.issuer or "")]


def trace(catalog: Catalog, number: str) -> Trace:
    """Return what the documents of `number` cite, and which documents cite that number."""
    key = number_key(number)
    own = catalog.rows(select(DOCUMENTS.c.path).where(DOCUMENTS.c.number_key == key))
    paths = [row.path for row in own]
    cites = select(CITATIONS).where(CITATIONS.c.path.in_(paths))
    cited_by = (
        select(
            CITATIONS.c.path,
            CITATIONS.c.text,
            CITATIONS.c.page,
            DOCUMENTS.c.number,
            DOCUMENTS.c.type,
            DOCUMENTS.c.issue_date.label("date"),
            DOCUMENTS.c.issuer,
        )
        .join(DOCUMENTS, CITATIONS.c.path == DOCUMENTS.c.path)
        .where(CITATIONS.c.number_key == key)
        .order_by(DOCUMENTS.c.issue_date, CITATIONS.c.path)
    )
    return Trace(
        tuple(paths),
        tuple(
            _citation(row)
            for row in catalog.rows(cites.order_by(CITATIONS.c.path, CITATIONS.c.position))
        ),
        tuple(_citation(row) for row in catalog.rows(cited_by)),
    )


def _citation(row: object) -> Citation:
    values = {name: getattr(row, name) for name in Citation.__slots__ if name != "document"}
    return Citation(document=getattr(row, "path"), **values)  # noqa: B009 - rows are untyped
