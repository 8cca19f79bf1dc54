"""The catalog of a batch: outcomes, fields, text and runs, beside the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.exc import SQLAlchemyError

from vnocr.catalog.connect import connect, location, shown
from vnocr.catalog.rows import DocumentRows, certainty_row, letterhead_row
from vnocr.catalog.schema import (
    BODIES,
    CITATIONS,
    CORRECTIONS,
    DIRECTIVES,
    DOCUMENTS,
    EVIDENCE,
    FILES,
    OWNER,
    PAGES,
)
from vnocr.errors import LockedError, NotFoundError, OutputError
from vnocr.model import Fields, Outcome, Remark

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row, Table
    from sqlalchemy.sql import Executable

CATALOG_NAME = "catalog.sqlite"

# A number of our own, so that another program's locks in the same database are not ours.
_LOCK_KEY = 0x766E6F6372

# What a document that could not be read has in the columns that come from its fields.
_UNREAD = {**letterhead_row(Fields()), **certainty_row(Fields(), {}), "corrections": 0}


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

    def __init__(self, where: Path | str) -> None:
        """Open the catalog at `where`, a file or a database URL, made if absent.

        Raises SettingsError for a URL of no known kind, MissingToolError without its
        driver, OutputError if it cannot be opened.
        """
        url = location(where) if isinstance(where, Path) else where
        self.name = shown(url)
        self._engine = connect(url)

    @classmethod
    def existing(cls, where: Path | str) -> Self:
        """Open the catalog at `where`. Raises NotFoundError if there is no such file."""
        if isinstance(where, Path) and not where.is_file():
            raise NotFoundError(
                f"{where}: no catalog there. `vnocr batch` writes it into its output folder; "
                "one in a database is named by its URL."
            )
        return cls(where)

    @property
    def folder(self) -> Path:
        """The folder of the catalog's file, which holds the records too."""
        return Path(self._engine.url.database or "").parent

    @property
    def dialect(self) -> str:
        """The kind of database: "sqlite" or "postgresql"."""
        return self._engine.dialect.name

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._engine.dispose()

    @contextmanager
    def claimed_by(self, output: Path) -> Iterator[None]:
        """Hold the catalog for the one batch that writes to `output`.

        Raises LockedError if another run holds it, OutputError if it belongs to another
        output. The default catalog, in the output itself, needs no claim.
        """
        with self._engine.connect() as connection:
            # No transaction: one held open all night would keep the server from cleaning up.
            session = connection.execution_options(isolation_level="AUTOCOMMIT")
            if self.dialect == "postgresql" and not session.scalar(
                select(func.pg_try_advisory_lock(_LOCK_KEY))
            ):
                raise LockedError(
                    f"{self.name}: another vnocr batch is writing to this catalog. "
                    "Wait for it to finish."
                )
            self._check_owner(output)
            yield

    def file_states(self) -> dict[str, FileState]:
        """Return the known source files by path."""
        return {row.path: FileState(**row._mapping) for row in self.rows(select(FILES))}

    def remember_files(self, states: Iterable[FileState]) -> None:
        """Keep the state of source files for the next run."""
        values = [_values(state) for state in states]
        if values:
            with self.writing() as connection:
                self._upsert(connection, FILES, values)

    def outcomes(self, paths: Iterable[str] | None = None) -> dict[str, Outcome]:
        """Return the outcome of every document by path, or of the documents at `paths`."""
        statement = select(*(DOCUMENTS.c[field.name] for field in fields(Outcome)))
        if paths is not None:
            statement = statement.where(DOCUMENTS.c.path.in_(list(paths)))
        return {row.path: _outcome(row) for row in self.rows(statement)}

    def entries(self, limit: int | None = None) -> list[Entry]:
        """Return the documents ordered by path, at most `limit` of them."""
        count = select(func.count()).where(DIRECTIVES.c.path == DOCUMENTS.c.path).scalar_subquery()
        statement = select(DOCUMENTS, count.label("orders")).order_by(DOCUMENTS.c.path).limit(limit)
        return [
            Entry(_outcome(row), row.number, row.issue_date, row.type, row.issuer, row.orders)
            for row in self.rows(statement)
        ]

    def count(self) -> int:
        """Return how many documents the catalog knows."""
        return int(self.rows(select(func.count()).select_from(DOCUMENTS))[0][0])

    def save(self, outcome: Outcome, rows: DocumentRows | None) -> None:
        """Keep one document, in one transaction; an earlier one of the same path is replaced.

        `rows` is None for a document that could not be read.
        """
        finished = datetime.now(UTC).isoformat(timespec="seconds")
        letterhead = rows.document if rows else _UNREAD
        document = {**_values(outcome), **letterhead, "finished_at": finished, "present": True}
        parts: dict[Table, tuple[dict[str, Any], ...]] = {
            EVIDENCE: rows.evidence if rows else (),
            DIRECTIVES: rows.directives if rows else (),
            CITATIONS: rows.citations if rows else (),
            PAGES: rows.pages if rows else (),
            BODIES: rows.bodies if rows else (),
        }
        with self.writing() as connection:
            self._upsert(connection, DOCUMENTS, [document])
            for table, values in parts.items():
                connection.execute(delete(table).where(table.c.path == outcome.path))
                if values:
                    named = [{"path": outcome.path, **row} for row in values]
                    connection.execute(table.insert(), named)
            # A record may know corrections that this catalog does not: as when it is new.
            self.insert_missing(connection, CORRECTIONS, rows.corrections if rows else ())

    def note_exports(self, outcome: Outcome) -> None:
        """Keep the exports, their remarks and the message of a document that is read already."""
        statement = update(DOCUMENTS).where(DOCUMENTS.c.path == outcome.path)
        values = {name: getattr(outcome, name) for name in ("exports", "remarks", "message")}
        with self.writing() as connection:
            connection.execute(statement.values(values))

    def forget(self, path: str) -> None:
        """Drop the document at `path` with all its parts, and the state of its file."""
        with self.writing() as connection:
            connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.path == path))
            connection.execute(delete(FILES).where(FILES.c.path == path))

    def mark_present(self, gone: Iterable[str], back: Iterable[str]) -> None:
        """Note which documents are no longer in the source, and which are there again."""
        values = [{"_path": path, "_present": False} for path in gone]
        values += [{"_path": path, "_present": True} for path in back]
        if values:
            statement = (
                update(DOCUMENTS)
                .where(DOCUMENTS.c.path == bindparam("_path"))
                .values(present=bindparam("_present"))
            )
            with self.writing() as connection:
                connection.execute(statement, values)

    def absent(self) -> set[str]:
        """Return the documents that the last run did not find in the source."""
        statement = select(DOCUMENTS.c.path).where(DOCUMENTS.c.present.is_(False))
        return {row.path for row in self.rows(statement)}

    def rows(
        self, statement: Executable, parameters: dict[str, Any] | None = None
    ) -> list[Row[Any]]:
        """Return the rows of a query over the tables of `vnocr.catalog.schema`."""
        try:
            with self._engine.connect() as connection:
                return list(connection.execute(statement, parameters).all())
        except SQLAlchemyError as error:
            raise OutputError(f"{self.name}: cannot read the catalog: {error.args[0]}") from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are kept together or not at all."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise OutputError(f"{self.name}: cannot write: {error.args[0]}") from error

    def insert_missing(
        self, connection: Connection, table: Table, rows: Sequence[dict[str, Any]]
    ) -> None:
        """Insert those of `rows` into `table` that break no unique key of it."""
        if rows:
            statement = self._insert(table).on_conflict_do_nothing()
            connection.execute(statement, list(rows))

    def _check_owner(self, output: Path) -> None:
        name = str(output.resolve())
        owners = [row.output for row in self.rows(select(OWNER))]
        if not owners:
            with self.writing() as connection:
                connection.execute(OWNER.insert(), {"output": name})
        elif owners != [name]:
            raise OutputError(
                f"{self.name}: this catalog belongs to the output {owners[0]}. Give every "
                "output a database of its own."
            )

    def _upsert(self, connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
        statement = self._insert(table)
        fresh = {name: statement.excluded[name] for name in rows[0] if name != "path"}
        connection.execute(
            statement.on_conflict_do_update(index_elements=["path"], set_=fresh), rows
        )

    def _insert(self, table: Table) -> Any:
        if self.dialect == "sqlite":
            from sqlalchemy.dialects.sqlite import insert
        else:
            from sqlalchemy.dialects.postgresql import insert  # type: ignore[assignment]
        return insert(table)


def _outcome(row: Row[Any]) -> Outcome:
    values = {field.name: row._mapping[field.name] for field in fields(Outcome)}
    remarks = tuple(Remark(*remark) for remark in row.remarks)
    return Outcome(**{**values, "exports": tuple(row.exports), "remarks": remarks})


def _values(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}
