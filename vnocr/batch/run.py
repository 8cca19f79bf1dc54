"""Run a batch: survey, plan, read in isolated processes, keep every outcome."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from vnocr.batch.carry import adopt, carry_over
from vnocr.batch.cluster import read_on_cluster
from vnocr.batch.files import survey
from vnocr.batch.ledger import Ledger, Listener
from vnocr.batch.output import claimed
from vnocr.batch.plan import Plan, make_plan
from vnocr.batch.policy import Job
from vnocr.batch.report import REPORT_NAME, Crop, write_report
from vnocr.batch.stop import Stop, stopped_by_signals
from vnocr.batch.supervise import Crew, Death, Limits
from vnocr.batch.task import Reading, Task, failure
from vnocr.batch.worker import Work
from vnocr.catalog.runs import Run
from vnocr.catalog.store import CATALOG_NAME, Catalog
from vnocr.errors import InputError, VnocrError
from vnocr.pipeline import Toolkit
from vnocr.settings import BatchSettings

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
    stop = Stop()
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
            watch = _SourceWatch.begin(self.job.source)
            plan = self._plan(stop)
            self.ledger.open(plan)
            tasks = (*plan.tasks, *self._without_reading(plan, scratch, stop))
            self._read(tasks, plan.copies, watch, scratch, stop)
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
        nothing_new = not run.finished and (output / REPORT_NAME).exists()
        if nothing_new or stop.interrupted():
            return
        crop = Crop(self.job.source, self.toolkit.settings)
        write_report(self.catalog, output, crop, scratch, stop.interrupted)

    def _plan(self, stop: Stop) -> Plan:
        job, catalog = self.job, self.catalog
        known = catalog.file_states()
        found = survey(
            job.source,
            job.output,
            known,
            since=job.policy.since,
            interrupted=stop.interrupted,
        )
        if stop.asked():
            return Plan()
        states = [file.state for file in found.files]
        catalog.remember_files(state for state in states if known.get(state.path) != state)
        outcomes = catalog.outcomes()
        plan = make_plan(
            found,
            outcomes,
            job.output,
            self.toolkit.producer,
            retry_failed=job.policy.retry_failed,
        )
        absent = catalog.absent()
        catalog.mark_present(set(plan.vanished) - absent, absent - set(plan.vanished))
        return plan

    def _without_reading(self, plan: Plan, scratch: Path, stop: Stop) -> Iterator[Task]:
        """Keep what needs no reading; yield the tasks that turn out to need it."""
        left_behind = set()
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
            self.ledger.keep(reading, "moved" if twin.moved else "copied")
            if twin.moved:
                left_behind.add((twin.outcome.path, twin.outcome.record))
        for path, record in left_behind:
            self.catalog.forget(path)
            (self.job.output / record).unlink(missing_ok=True)
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
        watch: _SourceWatch,
        scratch: Path,
        stop: Stop,
    ) -> None:
        settings = self.toolkit.settings
        work = Work(self.job.source, self.job.output, scratch, settings, self.job.reader)
        wanted = self._until_asked(tasks, stop)
        for task, answer in self._answers(wanted, len(tasks), work, stop):
            reading = _reading(task, answer)
            if reading.outcome.failed:
                watch.check()
            self.ledger.keep(reading)
            for copy in copies.get(task.key, ()):
                self.ledger.keep(self._copy(reading, copy, scratch), "copied")

    def _answers(
        self, tasks: Iterator[Task], count: int, work: Work, stop: Stop
    ) -> Iterator[tuple[Task, Reading | VnocrError | Death]]:
        limits = self.toolkit.settings.batch
        if self.job.engine == "ray" and count:
            return read_on_cluster(tasks, work, limits, stop)
        return _read_locally(tasks, count, work, limits, stop)

    def _copy(self, reading: Reading, task: Task, scratch: Path) -> Reading:
        outcome = reading.outcome
        if outcome.failed:
            return failure(task, outcome.reason, outcome.message)
        return carry_over(outcome, task, self.job.source, self.job.output, scratch)

    def _until_asked(self, tasks: Iterable[Task], stop: Stop) -> Iterator[Task]:
        for task in tasks:
            if self.ledger.out_of_time():
                stop.ask("time-budget")
            if stop.asked():
                return
            yield task


@dataclass(frozen=True, slots=True)
class _SourceWatch:
    """Notices that the source folder is not the one the run began with."""

    source: Path
    identity: tuple[int, int] | None

    @classmethod
    def begin(cls, source: Path) -> _SourceWatch:
        return cls(source, _identity(source))

    def check(self) -> None:
        """Raise InputError if the folder has gone: no document is to blame for that."""
        if _identity(self.source) != self.identity:
            raise InputError(
                f"{self.source}: the folder went away during the run. Mount it again and run "
                "the same command: what was read is kept."
            )


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _read_locally(
    tasks: Iterator[Task], count: int, work: Work, limits: BatchSettings, stop: Stop
) -> Iterator[tuple[Task, Reading | VnocrError | Death]]:
    if not count:
        return
    jobs = min(limits.jobs or len(os.sched_getaffinity(0)), count)
    allowed = Limits(limits.timeout_seconds, limits.memory_megabytes)
    with Crew(work, jobs, allowed, work.scratch) as crew:
        yield from crew.run(tasks, stop.interrupted)


def _reading(task: Task, answer: Reading | VnocrError | Death) -> Reading:
    if isinstance(answer, VnocrError):
        raise answer
    if isinstance(answer, Death):
        return failure(task, answer.reason, f"{answer.message}. {_REMEDIES[answer.reason]}")
    return answer
