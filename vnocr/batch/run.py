"""Run a batch: plan, read in isolated processes, keep every outcome."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from vnocr.batch.plan import Plan, Task, make_plan
from vnocr.batch.worker import Reader, Result, failure, start_worker, without_pages, work
from vnocr.catalog.store import CATALOG_NAME, Catalog
from vnocr.errors import LockedError, OutputError
from vnocr.export.record import from_json, to_json
from vnocr.export.write import write_atomically
from vnocr.model import Outcome
from vnocr.pipeline import Toolkit, read_dispatch

if TYPE_CHECKING:
    from pebble import ProcessFuture, ProcessPool

_LOCK_NAME = ".vnocr.lock"
# Enough waiting work to keep the workers busy, little enough to stay flat in memory.
_WAITING_PER_JOB = 4


@dataclass(frozen=True, slots=True)
class BatchReport:
    """Counts of one run: documents, but for `pages`."""

    read: int
    failed: int
    moved: int
    unchanged: int
    failed_before: int
    vanished: int
    pages: int
    needs_review: int


class Listener(Protocol):
    """Is told how a run goes on: its plan first, then every outcome."""

    def planned(self, plan: Plan) -> None:
        """Called once, before the first document is read."""

    def finished(self, outcome: Outcome) -> None:
        """Called after every document, when its outcome is safely kept."""


def run_batch(
    source: Path,
    output: Path,
    toolkit: Toolkit,
    listener: Listener,
    *,
    retry_failed: bool = False,
    reader: Reader = read_dispatch,
) -> BatchReport:
    """Read all documents under `source` that need it; write records under `output`.

    Raises LockedError if another run writes to `output`, OutputError if it cannot be
    written, MissingToolError before any work if Tesseract is absent. An interrupted run
    keeps what it finished, and the next one goes on from there.
    """
    with _locked(output), Catalog(output / CATALOG_NAME) as catalog:
        _ = toolkit.engine  # a missing recogniser is told once, not ten thousand times
        plan = make_plan(source, output, catalog, toolkit.producer, retry_failed=retry_failed)
        listener.planned(plan)
        outcomes = []
        for outcome, dispatch in _all_results(plan, source, output, toolkit, reader):
            catalog.save(outcome, dispatch)
            listener.finished(outcome)
            outcomes.append(outcome)
    return _report(plan, outcomes)


def _all_results(
    plan: Plan, source: Path, output: Path, toolkit: Toolkit, reader: Reader
) -> Iterator[Result]:
    for twin, task in plan.moves:
        yield _carry_over(twin, task, source, output)
    yield from _read_all(plan.tasks, source, output, toolkit, reader)


def _carry_over(twin: Outcome, task: Task, source: Path, output: Path) -> Result:
    dispatch = from_json((output / twin.record).read_text(encoding="utf-8"))
    moved = replace(dispatch, source=replace(dispatch.source, path=str(source / task.path)))
    write_atomically(output / task.record, to_json(moved) + "\n")
    outcome = replace(twin, path=task.path, record=task.record, attempts=1, seconds=0.0)
    return outcome, without_pages(moved)


def _read_all(
    tasks: tuple[Task, ...], source: Path, output: Path, toolkit: Toolkit, reader: Reader
) -> Iterator[Result]:
    if not tasks:
        return
    settings = toolkit.settings
    jobs = min(settings.batch.jobs or os.cpu_count() or 1, len(tasks))
    with _process_pool(jobs, settings.batch.memory_megabytes) as pool:
        waiting: dict[ProcessFuture[Result], Task] = {}
        queue = iter(tasks)
        while True:
            while len(waiting) < jobs * _WAITING_PER_JOB and (task := next(queue, None)):
                arguments = (task, source, output, settings, reader)
                future = pool.schedule(work, args=arguments, timeout=settings.batch.timeout_seconds)
                waiting[future] = task
            if not waiting:
                return
            wait(waiting, return_when=FIRST_COMPLETED)
            for future in [one for one in waiting if one.done()]:
                yield _result(future, waiting.pop(future), settings.batch.timeout_seconds)


def _result(future: ProcessFuture[Result], task: Task, timeout: int) -> Result:
    from pebble import ProcessExpired

    try:
        return future.result()
    except TimeoutError:
        message = (
            f"not finished after {timeout} s. Raise batch.timeout_seconds in the settings "
            "file and run with --retry-failed."
        )
        return failure(task, "timeout", message), None
    except ProcessExpired as error:
        message = f"the worker process died (exit code {error.exitcode}) while reading this file"
        return failure(task, "crashed", message), None


@contextmanager
def _process_pool(jobs: int, memory_megabytes: int) -> Iterator[ProcessPool]:
    import multiprocessing

    from pebble import ProcessPool

    pool: Any = ProcessPool(  # Any: close, stop and join carry no types
        max_workers=jobs,
        initializer=start_worker,
        initargs=(memory_megabytes,),
        # Fresh processes: no lock or database handle of the driver is inherited.
        context=multiprocessing.get_context("spawn"),
    )
    try:
        yield pool
        pool.close()
    except BaseException:
        pool.stop()
        raise
    finally:
        pool.join()


@contextmanager
def _locked(output: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        output.mkdir(parents=True, exist_ok=True)
        lock: Any = FileLock(output / _LOCK_NAME, timeout=0)
        lock.acquire()
    except Timeout as error:
        raise LockedError(
            f"{output}: another vnocr batch is writing here. Wait for it to finish."
        ) from error
    except OSError as error:
        raise OutputError(f"{output}: cannot write there: {error.strerror}") from error
    try:
        yield
    finally:
        lock.release()


def _report(plan: Plan, outcomes: list[Outcome]) -> BatchReport:
    failed = sum(outcome.failed for outcome in outcomes)
    return BatchReport(
        read=len(outcomes) - failed - len(plan.moves),
        failed=failed,
        moved=len(plan.moves),
        unchanged=plan.unchanged,
        failed_before=plan.failed_before,
        vanished=len(plan.vanished),
        pages=sum(outcome.pages for outcome in outcomes),
        needs_review=sum(outcome.needs_review for outcome in outcomes),
    )
