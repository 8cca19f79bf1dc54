"""The catalog of a batch: outcomes, fields, directives and citations, beside the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import create_engine, delete, event, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import SQLAlchemyError

from vnocr.catalog.rows import citation_rows, directive_rows, document_row
from vnocr.catalog.schema import CITATIONS, DIRECTIVES, DOCUMENTS, FILES, METADATA
from vnocr.errors import NotFoundError, OutputError
from vnocr.model import Dispatch, Outcome

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row, Table
    from sqlalchemy.sql import Executable

CATALOG_NAME = "catalog.sqlite"


@dataclass(frozen=True, slots=True)
class FileState:
    """Size in bytes, modification time in ns and content digest of a source file."""

    path: str
    size: int
    modified_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the catalog as a list shows it."""

    outcome: Outcome
    number: str | None
    issue_date: str | None
    type: str | None
    issuer: str | None
    directives: int


class Catalog:
    """Reads and writes the catalog; use as a context manager."""

    def __init__(self, path: Path) -> None:
        """Open the catalog at `path`, made if absent. Raises OutputError if it cannot be."""
        self._path = path
        self._engine = create_engine(f"sqlite:///{path}")
        event.listen(self._engine, "connect", _prepare)
        try:
            METADATA.create_all(self._engine)
        except SQLAlchemyError as error:
            raise OutputError(f"{path}: cannot open the catalog: {error.args[0]}") from error

    @classmethod
    def existing(cls, path: Path) -> Self:
        """Open the catalog at `path`. Raises NotFoundError if there is none."""
        if not path.is_file():
            raise NotFoundError(
                f"{path}: no catalog there. `vnocr batch` writes it into its output folder."
            )
        return cls(path)

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
        return {row.path: FileState(**row._mapping) for row in self.rows(select(FILES))}

    def remember_files(self, states: Iterable[FileState]) -> None:
        """Keep the state of source files for the next run."""
        values = [_values(state) for state in states]
        with self._writing() as connection:
            for row in values:
                _upsert(connection, FILES, row)

    def outcomes(self) -> dict[str, Outcome]:
        """Return the outcome of every document by path."""
        return {row.path: _outcome(row) for row in self.rows(select(DOCUMENTS))}

    def entries(self) -> list[Entry]:
        """Return every document, ordered by path."""
        counted = select(DIRECTIVES.c.path, func.count().label("count"))
        counts = {row.path: row._mapping["count"] for row in self.rows(counted.group_by("path"))}
        return [
            Entry(
                _outcome(row),
                row.number,
                row.issue_date,
                row.type,
                row.issuer,
                counts.get(row.path, 0),
            )
            for row in self.rows(select(DOCUMENTS).order_by(DOCUMENTS.c.path))
        ]

    def save(self, outcome: Outcome, dispatch: Dispatch | None) -> None:
        """Keep one document, in one transaction; an earlier one of the same path is replaced."""
        finished = datetime.now(UTC).isoformat(timespec="seconds")
        row = {**_values(outcome), **document_row(dispatch), "finished_at": finished}
        with self._writing() as connection:
            _upsert(connection, DOCUMENTS, row)
            for table in (DIRECTIVES, CITATIONS):
                connection.execute(delete(table).where(table.c.path == outcome.path))
            if dispatch and dispatch.directives:
                connection.execute(DIRECTIVES.insert(), directive_rows(outcome.path, dispatch))
            if dispatch and dispatch.references:
                connection.execute(CITATIONS.insert(), citation_rows(outcome.path, dispatch))

    def rows(self, statement: Executable) -> list[Row[Any]]:
        """Return the rows of a query over the tables of `vnocr.catalog.schema`."""
        with self._engine.connect() as connection:
            return list(connection.execute(statement))

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise OutputError(f"{self._path}: cannot write: {error.args[0]}") from error


def _outcome(row: Row[Any]) -> Outcome:
    return Outcome(**{field.name: row._mapping[field.name] for field in fields(Outcome)})


def _upsert(connection: Connection, table: Table, values: dict[str, Any]) -> None:
    statement = insert(table).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["path"], set_=values))


def _values(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _prepare(connection: Any, _: Any) -> None:
    # Write-ahead: readers do not block the batch, and a killed run leaves a whole database.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=ON")
