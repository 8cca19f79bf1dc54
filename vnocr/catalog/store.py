"""The catalog of a batch: one row a document, in SQLite beside the records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    select,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import SQLAlchemyError

from vnocr.errors import OutputError
from vnocr.model import Outcome

if TYPE_CHECKING:
    from sqlalchemy import Row

_METADATA = MetaData()

# What the source file looked like when its digest was taken: an unchanged size and
# time spare a second run the reading of ten thousand files.
_FILES = Table(
    "files",
    _METADATA,
    Column("path", String, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("modified_ns", Integer, nullable=False),
    Column("sha256", String, nullable=False),
)

_DOCUMENTS = Table(
    "documents",
    _METADATA,
    Column("path", String, primary_key=True),
    Column("key", String, nullable=False, index=True),
    Column("record", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("message", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("needs_review", Boolean, nullable=False),
    Column("number", String),
    Column("issue_date", String),
    Column("type", String),
    Column("issuer", String),
    Column("subject", String),
    Column("directives", Integer, nullable=False),
    Column("finished_at", String, nullable=False),
)


@dataclass(frozen=True, slots=True)
class FileState:
    """Size in bytes, modification time in ns and content digest of a source file."""

    path: str
    size: int
    modified_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What the catalog's table shows of one document beside its outcome."""

    number: str | None = None
    issue_date: str | None = None
    type: str | None = None
    issuer: str | None = None
    subject: str | None = None
    directives: int = 0


class Catalog:
    """Reads and writes the catalog; use as a context manager."""

    def __init__(self, path: Path) -> None:
        """Open the catalog at `path`, made if absent. Raises OutputError if it cannot be."""
        self._path = path
        self._engine = create_engine(f"sqlite:///{path}")
        event.listen(self._engine, "connect", _use_write_ahead_log)
        try:
            _METADATA.create_all(self._engine)
        except SQLAlchemyError as error:
            raise OutputError(f"{path}: cannot open the catalog: {error.args[0]}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._engine.dispose()

    def file_states(self) -> dict[str, FileState]:
        """Return the known source files by path."""
        rows = self._rows(select(_FILES))
        return {row.path: FileState(**row._mapping) for row in rows}

    def remember_files(self, states: Iterable[FileState]) -> None:
        """Keep the state of source files for the next run."""
        for state in states:
            self._upsert(_FILES, _values(state))

    def outcomes(self) -> dict[str, Outcome]:
        """Return the outcome of every document by path."""
        names = [field.name for field in fields(Outcome)]
        rows = self._rows(select(*(_DOCUMENTS.c[name] for name in names)))
        return {row.path: Outcome(**row._mapping) for row in rows}

    def entries(self) -> list[tuple[Outcome, Summary]]:
        """Return outcome and summary of every document, ordered by path."""
        found = []
        for row in self._rows(select(_DOCUMENTS).order_by(_DOCUMENTS.c.path)):
            values = row._mapping
            outcome = Outcome(**{field.name: values[field.name] for field in fields(Outcome)})
            summary = Summary(**{field.name: values[field.name] for field in fields(Summary)})
            found.append((outcome, summary))
        return found

    def save(self, outcome: Outcome, summary: Summary) -> None:
        """Keep the outcome of one document; an earlier one of the same path is replaced."""
        finished = datetime.now(UTC).isoformat(timespec="seconds")
        values = {**_values(outcome), **_values(summary), "finished_at": finished}
        self._upsert(_DOCUMENTS, values)

    def _upsert(self, table: Table, values: dict[str, Any]) -> None:
        statement = insert(table).values(values)
        statement = statement.on_conflict_do_update(index_elements=["path"], set_=values)
        try:
            with self._engine.begin() as connection:
                connection.execute(statement)
        except SQLAlchemyError as error:
            raise OutputError(f"{self._path}: cannot write: {error.args[0]}") from error

    def _rows(self, statement: Any) -> list[Row[Any]]:
        with self._engine.connect() as connection:
            return list(connection.execute(statement))


def _values(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _use_write_ahead_log(connection: Any, _: Any) -> None:
    # Readers do not block the batch, and a killed run leaves a whole database.
    connection.execute("PRAGMA journal_mode=WAL")
