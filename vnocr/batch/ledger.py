"""The account of a run: every outcome is kept, counted, told and weighed against the rules."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Literal, Protocol

from vnocr.batch.plan import Plan
from vnocr.batch.policy import Policy
from vnocr.batch.stop import Stop
from vnocr.batch.task import Reading
from vnocr.catalog.runs import End, Run, begin_run, keep_run, now
from vnocr.catalog.store import Catalog
from vnocr.model import Outcome, Remark

Origin = Literal["read", "moved", "copied", "adopted"]

_HEARTBEAT_SECONDS = 5.0


class Listener(Protocol):
    """Is told how a run goes on: its plan first, then every outcome."""

    def planned(self, plan: Plan) -> None:
        """Called once, before the first document is read."""

    def finished(self, outcome: Outcome) -> None:
        """Called after every document, when its outcome is safely kept."""

    def exporting(self, count: int) -> None:
        """Called before the exports of `count` documents are made, if any are due."""

    def exported(self, outcome: Outcome, remarks: tuple[Remark, ...]) -> None:
        """Called after every document with exports; its message says what failed.

        `remarks` are what people should know of the exports that were made now.
        """


class Ledger:
    """Keeps the outcomes of one run in the catalog, and the run itself."""

    def __init__(self, catalog: Catalog, listener: Listener, policy: Policy, stop: Stop) -> None:
        self.run = begin_run(catalog)
        self.read: set[str] = set()  # documents with a record that this run made
        self._catalog = catalog
        self._listener = listener
        self._policy = policy
        self._stop = stop
        self._started = self._beat = time.monotonic()

    def open(self, plan: Plan) -> None:
        """Note what the run is about to do."""
        self.run = replace(
            self.run,
            planned=plan.size,
            unchanged=plan.unchanged,
            failed_before=plan.failed_before,
            vanished=len(plan.vanished),
        )
        self._write()
        self._listener.planned(plan)

    def keep(self, reading: Reading, origin: Origin = "read") -> None:
        """Keep the outcome of one document."""
        outcome = reading.outcome
        self._catalog.save(outcome, reading.rows)
        if not outcome.failed:
            self.read.add(outcome.path)
        self._count(outcome, origin)
        self._listener.finished(outcome)
        limit = self._policy.max_failures
        if limit and limit.passed(self.run.failed, self.run.planned):
            self._stop.ask("too-many-failures")
        self._beat_if_due()

    def begin_exports(self, count: int, pageless: int) -> None:
        """Note that the exports of `count` documents come next, and how many can have none."""
        self.run = replace(self.run, pageless=pageless)
        if count:
            self._listener.exporting(count)

    def keep_exports(self, outcome: Outcome, remarks: tuple[Remark, ...] = ()) -> None:
        """Keep what became of the exports of one document."""
        self._catalog.note_exports(outcome)
        run, failed = self.run, bool(outcome.message)
        self.run = replace(
            run,
            exported=run.exported + (not failed),
            export_failed=run.export_failed + failed,
        )
        self._listener.exported(outcome, remarks)
        self._beat_if_due()

    def close(self, ended: End) -> Run:
        """Note how the run ended and return its account."""
        self.run = replace(self.run, ended=ended)
        self._write()
        return self.run

    def out_of_time(self) -> bool:
        """Whether the time budget is spent."""
        budget = self._policy.time_budget
        return budget is not None and self._elapsed() >= budget.total_seconds()

    def _count(self, outcome: Outcome, origin: Origin) -> None:
        run = self.run
        if outcome.failed:
            reasons = {**run.reasons, outcome.reason: run.reasons.get(outcome.reason, 0) + 1}
            self.run = replace(run, failed=run.failed + 1, reasons=reasons)
            return
        counts = {
            origin: getattr(run, origin) + 1,
            "needs_review": run.needs_review + outcome.needs_review,
            "pages": run.pages + (outcome.pages if origin == "read" else 0),
        }
        self.run = replace(run, **counts)

    def _beat_if_due(self) -> None:
        if time.monotonic() - self._beat > _HEARTBEAT_SECONDS:
            self._write()

    def _write(self) -> None:
        self._beat = time.monotonic()
        self.run = replace(self.run, updated_at=now(), seconds=round(self._elapsed(), 3))
        keep_run(self._catalog, self.run)

    def _elapsed(self) -> float:
        return time.monotonic() - self._started
