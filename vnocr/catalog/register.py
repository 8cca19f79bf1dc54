"""Questions to the catalog: who must do what by when, and which paper cites which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select

from vnocr.catalog.bodies import ASSIGNEE, COOPERATING, ISSUER, acts
from vnocr.catalog.schema import CITATIONS, DIRECTIVES, DOCUMENTS
from vnocr.catalog.store import Catalog
from vnocr.extract.symbols import number_key


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One directive with the dispatch it stands in.

    `changed_by` are the documents of the archive that amend, replace or repeal that dispatch.
    """

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
    changed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterQuery:
    """Which directives are asked for; None asks for all.

    Names match without marks or case, whole or in part, abbreviated or not. `groups`: also
    what is asked of groups that the assignee belongs to (`các sở, ban, ngành`).
    """

    assignee: str | None = None
    cooperating: str | None = None
    issuer: str | None = None
    due_before: date | None = None
    due_from: date | None = None
    groups: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """One document citing another: `document` is the file, `text` the citing words.

    `relation` tells what is done to the cited document: "amends", "replaces", "repeals", or
    None where it is only cited.
    """

    document: str
    number: str | None
    type: str | None
    date: str | None
    issuer: str | None
    text: str
    page: int
    relation: str | None


@dataclass(frozen=True, slots=True)
class Trace:
    """What a dispatch cites, and who cites it. `documents` are the files of that number."""

    documents: tuple[str, ...]
    cites: tuple[Citation, ...]
    cited_by: tuple[Citation, ...]


def find_directives(catalog: Catalog, query: RegisterQuery) -> list[RegisterEntry]:
    """Return the directives that `query` asks for, the most urgent first, undated last."""
    letterhead = [DOCUMENTS.c[name] for name in ("number", "number_key", "issue_date", "issuer")]
    statement = select(DIRECTIVES, *letterhead)
    statement = statement.join(DOCUMENTS, DIRECTIVES.c.path == DOCUMENTS.c.path)
    statement = statement.where(*_conditions(query))
    order = (DIRECTIVES.c.deadline.is_(None), DIRECTIVES.c.deadline)
    statement = statement.order_by(*order, DIRECTIVES.c.path, DIRECTIVES.c.position)
    rows = catalog.rows(statement)
    changes = _changes(catalog) if rows else {}
    plain = set(RegisterEntry.__slots__) - {"document", "cooperating", "changed_by"}
    return [
        RegisterEntry(
            document=row.path,
            cooperating=tuple(row.cooperating),
            changed_by=tuple(
                number
                for number, date in changes.get(row.number_key, ())
                if date is None or row.issue_date is None or date == row.issue_date
            ),
            **{name: row._mapping[name] for name in plain},
        )
        for row in rows
    ]


def _conditions(query: RegisterQuery) -> list[ColumnElement[bool]]:
    conditions = [
        acts(role, name, groups=query.groups and role == ASSIGNEE)
        for role, name in (
            (ASSIGNEE, query.assignee),
            (COOPERATING, query.cooperating),
            (ISSUER, query.issuer),
        )
        if name
    ]
    if query.due_before:
        conditions.append(DIRECTIVES.c.deadline < query.due_before.isoformat())
    if query.due_from:
        conditions.append(DIRECTIVES.c.deadline >= query.due_from.isoformat())
    return conditions


def _changes(catalog: Catalog) -> dict[str, list[tuple[str, str | None]]]:
    """Return, by the number of a changed document, who changes it and the day cited with it."""
    statement = (
        select(CITATIONS.c.number_key, CITATIONS.c.date, DOCUMENTS.c.number, DOCUMENTS.c.path)
        .join(DOCUMENTS, CITATIONS.c.path == DOCUMENTS.c.path)
        .where(CITATIONS.c.relation.is_not(None), CITATIONS.c.number_key.is_not(None))
        .order_by(DOCUMENTS.c.issue_date, DOCUMENTS.c.path)
    )
    changes: dict[str, list[tuple[str, str | None]]] = {}
    for row in catalog.rows(statement):
        changes.setdefault(row.number_key, []).append((row.number or row.path, row.date))
    return changes


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
            CITATIONS.c.relation,
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
