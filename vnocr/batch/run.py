"""Run a batch: survey, plan, read in isolated processes, keep every outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from vnocr.batch.carry import adopt, carry_over
from vnocr.batch.engine import Hands
from vnocr.batch.exports import (
    Exporting,
    ExportTask,
    due_exports,
    existing_exports,
    is_pageless,
    refuse_originals,
    remove_exports,
)
from vnocr.batch.files import Survey, check_folders, survey
from vnocr.batch.ledger import Ledger, Listener, Origin
from vnocr.batch.nursery import open_nursery
from vnocr.batch.output import claimed
from vnocr.batch.pack import PageCount, with_even_end
from vnocr.batch.plan import Plan, make_plan
from vnocr.batch.policy import Job
from vnocr.batch.registers import Shelf
from vnocr.batch.report import REPORT_NAME, Crop, write_report
from vnocr.batch.stop import Stop, stopped_by_signals
from vnocr.batch.supervise import Death
from vnocr.batch.task import Reading, Task, failed
from vnocr.batch.watch import SourceWatch
from vnocr.batch.worker import Work
from vnocr.catalog.correction_log import all_corrections
from vnocr.catalog.recorrect import recorrect
from vnocr.catalog.runs import Run
from vnocr.catalog.store import CATALOG_NAME, Catalog
from vnocr.errors import NotFoundError, VnocrError
from vnocr.model import Outcome, Remark
from vnocr.pipeline import Toolkit

Item = TypeVar("Item")

_REMEDIES = {
    "timeout": "Raise batch.timeout_seconds in the settings file and run with --retry-failed.",
    "out-of-memory": "Raise batch.memory_megabytes in the settings file and run with "
    "--retry-failed.",
    "crashed": "Please report this file.",
}


def run_batch(job: Job, toolkit: Toolkit, listener: Listener) -> Run:
    """Read all documents of `job` that need it and write their records.

    Returns the account of the run; `ended` says whether it was stopped, by a signal or by
    the policy. Whatever happens, the outcomes kept so far stay, and the next run goes on
    from there. Raises LockedError if another run writes to the output, OutputError if
    it cannot be written or the disk is full, InputError if the source is not there, or
    goes away, MissingToolError before any work if Tesseract is absent.
    """
    if job.exports:
        refuse_originals(job.source, job.output)
    stop = Stop()
    check_folders(job.source, job.output)
    if not (job.catalog or (job.output / CATALOG_NAME).exists()):
        open_nursery()  # a first run has work to do
    with (
        stopped_by_signals(stop),
        claimed(job.output) as scratch,
        _open_catalog(job) as catalog,
    ):
        _ = toolkit.engine  # a missing recogniser is told once, not ten thousand times
        return _Batch(job, toolkit, catalog, Ledger(catalog, listener, job.policy, stop)).run(
            scratch, stop
        )


@contextmanager
def _open_catalog(job: Job) -> Iterator[Catalog]:
    if not job.catalog:
        with Catalog(job.output / CATALOG_NAME) as catalog:
            yield catalog
        return
    with Catalog(job.catalog) as catalog, catalog.claimed_by(job.output):
        yield catalog


@dataclass(slots=True)
class _Batch:
    job: Job
    toolkit: Toolkit
    catalog: Catalog
    ledger: Ledger

    def run(self, scratch: Path, stop: Stop) -> Run:
        try:
            watch = SourceWatch.begin(self.job.source)
            found = self._survey(stop)
            plan = self._plan(found, stop)
            self.ledger.open(plan)
            tasks = (*plan.tasks, *self._without_reading(plan, scratch, stop))
            self._read(tasks, plan.copies, watch, scratch, stop)
            self._heed_registers(scratch, stop)
            recorrect(self.catalog, self.job.output)  # by what people decided meanwhile
            self._export(found, watch, scratch, stop)
        except KeyboardInterrupt:
            self.ledger.close("interrupted")
            raise
        except BaseException:
            self.ledger.close("error")
            raise
        run = self.ledger.close(stop.reason or "complete")
        self._report(run, scratch, stop)
        return run

    def _report(self, run: Run, scratch: Path, stop: Stop) -> None:
        output = self.job.output
        news = run.finished or run.exported or run.export_failed
        if (not news and (output / REPORT_NAME).exists()) or stop.interrupted():
            return
        crop = Crop(self.job.source, output, self.toolkit.settings)
        write_report(self.catalog, output, crop, scratch, stop.interrupted)

    def _survey(self, stop: Stop) -> Survey:
        job = self.job
        known = self.catalog.file_states()
        found = survey(
            job.source, job.output, known, since=job.policy.since, interrupted=stop.interrupted
        )
        if not stop.asked():
            states = [file.state for file in found.files]
            self.catalog.remember_files(state for state in states if known.get(state.path) != state)
        return found

    def _plan(self, found: Survey, stop: Stop) -> Plan:
        if stop.asked():
            return Plan()
        plan = make_plan(
            found,
            self.catalog.outcomes(),
            self.job.output,
            self.toolkit.producer,
            retry_failed=self.job.policy.retry_failed,
        )
        for folder in plan.reopened:
            self.catalog.forget(folder)
        absent = self.catalog.absent()
        self.catalog.mark_present(set(plan.vanished) - absent, absent - set(plan.vanished))
        return plan

    def _without_reading(self, plan: Plan, scratch: Path, stop: Stop) -> Iterator[Task]:
        """Keep what needs no reading; yield the tasks that turn out to need it."""
        left_behind: list[Outcome] = []
        for twin in plan.twins:
            if stop.asked():
                return
            try:
                reading = carry_over(
                    twin.outcome, twin.task, self.job.source, self.job.output, scratch
                )
            except (ValueError, OSError):
                yield twin.task
                continue
            self._keep(twin.task, reading, "moved" if twin.moved else "copied")
            if twin.moved:
                left_behind.append(twin.outcome)
        for outcome in left_behind:
            self.catalog.forget(outcome.path)
            record = self.job.output / outcome.record
            remove_exports(record, outcome.exports)
            record.unlink(missing_ok=True)
        for task in plan.orphans:
            if stop.asked():
                return
            adopted = adopt(task, self.job.output, self.toolkit.producer)
            if adopted:
                self.ledger.keep(adopted, "adopted")
            else:
                yield task

    def _read(
        self,
        tasks: tuple[Task, ...],
        copies: dict[str, tuple[Task, ...]],
        watch: SourceWatch,
        scratch: Path,
        stop: Stop,
    ) -> None:
        job, settings = self.job, self.toolkit.settings
        corrections = all_corrections(self.catalog)
        work = Work(job.source, job.output, scratch, settings, job.reader, corrections)
        ordered = with_even_end(tasks, job.source)
        wanted, weigh = self._until_asked(ordered, stop), PageCount(job.source, settings.imaging)
        hands = Hands(job.engine, settings.batch, scratch)
        for task, answer in hands.run(work, wanted, len(tasks), stop, weigh):
            reading = _reading(task, answer)
            if reading.outcome.failed:
                watch.check(task.name if reading.outcome.reason == NotFoundError.reason else "")
            self._keep(task, reading, "read")
            for copy in copies.get(task.key, ()):
                self._keep(copy, self._copy(reading, copy, scratch), "copied")

    def _heed_registers(self, scratch: Path, stop: Stop) -> None:
        below = self.toolkit.settings.extract.review_below
        shelf = Shelf(self.catalog, self.job.output, scratch, below)
        for reading in shelf.heed(self.ledger.read):
            if stop.interrupted():
                return
            self.catalog.save(reading.outcome, reading.rows)

    def _keep(self, task: Task, reading: Reading, origin: Origin) -> None:
        if not reading.outcome.failed:
            remove_exports(self.job.output / task.record, task.exports)  # they tell of before
        self.ledger.keep(reading, origin)

    def _export(self, found: Survey, watch: SourceWatch, scratch: Path, stop: Stop) -> None:
        job, settings = self.job, self.toolkit.settings
        if not job.exports or stop.asked():
            return
        outcomes = self.catalog.outcomes()
        names = {file.state.path: file.name for file in found.files}
        tasks = due_exports(
            outcomes,
            names,
            job.output,
            [export.suffix for export in job.exports],
            retry_failed=job.policy.retry_failed,
        )
        read = (path for path, outcome in outcomes.items() if not outcome.failed)
        self.ledger.begin_exports(len(tasks), sum(is_pageless(p) for p in read if p in names))
        work = Exporting(job.source, job.output, scratch, settings, job.exports)
        wanted, weigh = self._until_asked(tasks, stop), attrgetter("outcome.pages")
        hands = Hands(job.engine, settings.batch, scratch)
        for task, answer in hands.run(work, wanted, len(tasks), stop, weigh):
            if isinstance(answer, tuple):
                self.ledger.keep_exports(self._exported(task, remarks=answer), answer)
                continue
            watch.check()
            if isinstance(answer, VnocrError):
                raise answer
            message = _told(answer) if isinstance(answer, Death) else answer.message
            self.ledger.keep_exports(self._exported(task, message))

    def _exported(
        self, task: ExportTask, message: str = "", remarks: tuple[Remark, ...] = ()
    ) -> Outcome:
        outcome = task.outcome
        made = (*outcome.exports, *task.due)
        exports = existing_exports(self.job.output / outcome.record, made)
        before = (remark for remark in outcome.remarks if remark.suffix not in task.due)
        return replace(outcome, exports=exports, message=message, remarks=(*before, *remarks))

    def _copy(self, reading: Reading, task: Task, scratch: Path) -> Reading:
        outcome = reading.outcome
        if outcome.failed:
            return failed(task, outcome.reason, outcome.message)
        return carry_over(outcome, task, self.job.source, self.job.output, scratch)

    def _until_asked(self, tasks: Iterable[Item], stop: Stop) -> Iterator[Item]:
        for task in tasks:
            if self.ledger.out_of_time():
                stop.ask("time-budget")
            if stop.asked():
                return
            yield task


def _reading(task: Task, answer: Reading | VnocrError | Death) -> Reading:
    if isinstance(answer, VnocrError):
        raise answer
    if isinstance(answer, Death):
        return failed(task, answer.reason, _told(answer))
    return answer


def _told(death: Death) -> str:
    return f"{death.message}. {_REMEDIES[death.reason]}"
