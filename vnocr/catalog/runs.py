"""The runs of a batch: what each did, how long it took and how it ended."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import func, select, update

from vnocr.catalog.schema import DOCUMENTS, RUNS
from vnocr.catalog.store import Catalog
from vnocr.version import __version__

End = Literal[
    "running", "complete", "interrupted", "time-budget", "too-many-failures", "error", "killed"
]


@dataclass(frozen=True, slots=True)
class Run:
    """Counts of one run, in documents but for `pages` and `seconds`.

    `ended` is "running" while it lasts and "killed" if it could not say how it ended.
    `moved`, `copied` and `adopted` documents got their record without being read: from
    a file of another name that has gone, from one that is still there, and from a
    record that the catalog had lost sight of. `exported` documents got all further files
    that were wanted, `export_failed` ones did not; `pageless` ones are texts, of which
    none can be made.
    """

    id: int = 0
    started_at: str = ""
    updated_at: str = ""
    ended: End = "running"
    host: str = ""
    version: str = __version__
    seconds: float = 0.0
    planned: int = 0
    read: int = 0
    failed: int = 0
    moved: int = 0
    copied: int = 0
    adopted: int = 0
    unchanged: int = 0
    failed_before: int = 0
    vanished: int = 0
    needs_review: int = 0
    pages: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    exported: int = 0
    export_failed: int = 0
    pageless: int = 0

    @property
    def finished(self) -> int:
        """How many of the planned documents have an outcome."""
        return self.read + self.failed + self.moved + self.copied + self.adopted

    @property
    def pages_per_second(self) -> float:
        """Pages read in a second of the run; 0 before the first."""
        return self.pages / self.seconds if self.seconds else 0.0


def begin_run(catalog: Catalog) -> Run:
    """Open the record of a run; runs that never ended are marked as killed.

    The caller holds the lock of the catalog, so no other run can be going on.
    """
    moment = now()
    run = Run(started_at=moment, updated_at=moment, host=socket.gethostname())
    with catalog.writing() as connection:
        left_open = update(RUNS).where(RUNS.c.ended == "running")
        connection.execute(left_open.values(ended="killed"))
        insert = RUNS.insert().values(_columns(run)).returning(RUNS.c.id)
        identity = connection.execute(insert).scalar_one()
    return replace(run, id=identity)


def keep_run(catalog: Catalog, run: Run) -> None:
    """Write the state of `run`."""
    with catalog.writing() as connection:
        connection.execute(update(RUNS).where(RUNS.c.id == run.id).values(_columns(run)))


def last_runs(catalog: Catalog, count: int) -> list[Run]:
    """Return the newest `count` runs, the newest first."""
    rows = catalog.rows(select(RUNS).order_by(RUNS.c.id.desc()).limit(count))
    return [Run(**{item.name: row._mapping[item.name] for item in fields(Run)}) for row in rows]


@dataclass(frozen=True, slots=True)
class Totals:
    """What the whole catalog holds: documents, but for `pages`; failures by reason."""

    documents: int
    read: int
    pages: int
    needs_review: int
    absent: int
    failures: dict[str, int]


def totals(catalog: Catalog) -> Totals:
    """Count the documents of the catalog."""
    columns = (DOCUMENTS.c.reason, DOCUMENTS.c.needs_review, DOCUMENTS.c.present)
    rows = catalog.rows(
        select(*columns, func.count().label("files"), func.sum(DOCUMENTS.c.pages).label("sheets"))
        .group_by(*columns)
        .order_by(DOCUMENTS.c.reason)
    )
    failures: dict[str, int] = {}
    for row in rows:
        if row.reason:
            failures[row.reason] = failures.get(row.reason, 0) + row.files
    return Totals(
        documents=sum(row.files for row in rows),
        read=sum(row.files for row in rows if not row.reason),
        pages=sum(row.sheets for row in rows),
        needs_review=sum(row.files for row in rows if row.needs_review),
        absent=sum(row.files for row in rows if not row.present),
        failures=failures,
    )


def now() -> str:
    """Return the time in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _columns(run: Run) -> dict[str, Any]:
    return {item.name: getattr(run, item.name) for item in fields(Run) if item.name != "id"}
