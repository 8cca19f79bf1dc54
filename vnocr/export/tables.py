"""An archive as tables: documents, directives, references, problems, and archive metadata."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from vnocr.export.archive_fields import TT02, TT05, ArchiveField, archive_values
from vnocr.export.cells import day
from vnocr.model import Dispatch, Outcome

Kind = Literal["text", "list", "day", "number", "share", "flag"]
Row = tuple[Any, ...]
Rows = Callable[[Outcome, Dispatch | None, str], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what its values are, and how many letters wide it is shown."""

    name: str
    kind: Kind = "text"
    width: int = 16


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `rows` gives those of one document, whose dispatch is None if it was not read."""

    name: str
    columns: tuple[Column, ...]
    rows: Rows


def _document_rows(outcome: Outcome, dispatch: Dispatch | None, message: str) -> Iterator[Row]:
    if dispatch is None:
        blank = (None,) * (len(_DOCUMENT_COLUMNS) - 3)
        yield (outcome.path, *blank, outcome.reason or "no-record", message)
        return
    fields, signer = dispatch.fields, dispatch.fields.signer
    evidence = dispatch.evidence
    yield (
        outcome.path,
        fields.number,
        day(fields.issue_date),
        fields.type,
        fields.subject,
        fields.issuer,
        fields.issuer_parent,
        fields.place,
        fields.province,
        fields.recipients_to,
        fields.recipients_cc,
        signer.name,
        signer.position,
        signer.authority,
        fields.security,
        fields.urgency,
        fields.drafting_code,
        dispatch.source.pages,
        len(dispatch.directives),
        len(dispatch.references),
        tuple(one.signer or "?" for one in dispatch.signatures),
        evidence["number"].confidence if "number" in evidence else None,
        evidence["issue_date"].confidence if "issue_date" in evidence else None,
        outcome.needs_review,
        dispatch.source.sha256,
        outcome.record,
        "read",
        message,
    )


_DOCUMENT_COLUMNS = (
    Column("document", width=32),
    Column("number", width=18),
    Column("issue_date", "day", 12),
    Column("type"),
    Column("subject", width=60),
    Column("issuer", width=28),
    Column("issuer_parent", width=24),
    Column("place"),
    Column("province"),
    Column("recipients_to", "list", 36),
    Column("recipients_cc", "list", 36),
    Column("signer", width=22),
    Column("signer_position", width=22),
    Column("signer_authority", width=10),
    Column("security", width=10),
    Column("urgency", width=10),
    Column("drafting_code", width=12),
    Column("pages", "number", 8),
    Column("directives", "number", 10),
    Column("references", "number", 10),
    Column("digital_signatures", "list", 24),
    Column("number_confidence", "share", 12),
    Column("date_confidence", "share", 12),
    Column("to_check", "flag", 10),
    Column("sha256", width=20),
    Column("record", width=28),
    Column("state", width=12),
    Column("message", width=40),
)


def _directive_rows(outcome: Outcome, dispatch: Dispatch | None, _: str) -> Iterator[Row]:
    for one in dispatch.directives if dispatch else ():
        yield (
            outcome.path,
            dispatch.fields.number if dispatch else None,
            day(dispatch.fields.issue_date) if dispatch else None,
            dispatch.fields.issuer if dispatch else None,
            one.label,
            one.text,
            one.assignee,
            one.assignee_inherited,
            one.cooperating,
            day(one.deadline),
            one.deadline_text,
            one.recurring,
            one.page,
            one.confidence,
        )


def _reference_rows(outcome: Outcome, dispatch: Dispatch | None, _: str) -> Iterator[Row]:
    for one in dispatch.references if dispatch else ():
        yield (
            outcome.path,
            dispatch.fields.number if dispatch else None,
            one.text,
            one.type,
            one.number,
            day(one.date),
            one.issuer,
            one.provisions,
            one.page,
        )


def _problem_rows(outcome: Outcome, dispatch: Dispatch | None, message: str) -> Iterator[Row]:
    if dispatch is None:
        yield (outcome.path, "read", outcome.reason or "no-record", message, None)
        return
    for one in dispatch.problems:
        yield (outcome.path, one.stage, one.kind, one.message, one.page)


def _archive_table(name: str, fields: tuple[ArchiveField, ...]) -> Table:
    def rows(outcome: Outcome, dispatch: Dispatch | None, _: str) -> Iterator[Row]:
        if dispatch:
            yield tuple(archive_values(dispatch, fields).values[one.name] for one in fields)

    columns = tuple(Column(one.name, width=min(40, max(12, one.length // 3))) for one in fields)
    return Table(name, columns, rows)


DOCUMENTS = Table("documents", _DOCUMENT_COLUMNS, _document_rows)
DIRECTIVES = Table(
    "directives",
    (
        Column("document", width=32),
        Column("number", width=18),
        Column("issue_date", "day", 12),
        Column("issuer", width=28),
        Column("label", width=10),
        Column("text", width=80),
        Column("assignee", width=30),
        Column("assignee_inherited", "flag", 10),
        Column("cooperating", "list", 30),
        Column("deadline", "day", 12),
        Column("deadline_text", width=28),
        Column("recurring", width=14),
        Column("page", "number", 8),
        Column("confidence", "share", 12),
    ),
    _directive_rows,
)
REFERENCES = Table(
    "references",
    (
        Column("document", width=32),
        Column("cited_by", width=18),
        Column("text", width=70),
        Column("type"),
        Column("number", width=20),
        Column("date", "day", 12),
        Column("issuer", width=28),
        Column("provisions", "list", 28),
        Column("page", "number", 8),
    ),
    _reference_rows,
)
PROBLEMS = Table(
    "problems",
    (
        Column("document", width=32),
        Column("stage", width=12),
        Column("kind", width=18),
        Column("message", width=90),
        Column("page", "number", 8),
    ),
    _problem_rows,
)
TABLES = {table.name: table for table in (DOCUMENTS, DIRECTIVES, REFERENCES, PROBLEMS)}
ARCHIVE_TABLES = {"tt05": _archive_table("tt05", TT05), "tt02": _archive_table("tt02", TT02)}
