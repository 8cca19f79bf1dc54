"""Worker processes that may crash, hang or eat memory without harming anything else.

Each worker leads a session of its own, so that the programs it starts (Tesseract,
Poppler) die with it; it dies by itself when the driver is killed. A pool of futures
(concurrent.futures, Pebble) can end a worker, but neither its children nor its memory.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from vnocr.batch.nursery import open_nursery
from vnocr.batch.worker_process import READY, Limits, serve
from vnocr.errors import VnocrError

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerProcess

Item = TypeVar("Item")
Answer = TypeVar("Answer")

_MEGABYTE = 1 << 20
_TICK_SECONDS = 0.2
_MEMORY_CHECK_SECONDS = 0.5
_GOODBYE_SECONDS = 5.0
_FAILED_STARTS = 3


@dataclass(frozen=True, slots=True)
class Death:
    """Why a worker ended before it answered: `timeout`, `out-of-memory` or `crashed`."""

    reason: str
    message: str


class Crew(Generic[Item, Answer]):
    """Runs one function over many items in worker processes; use as a context manager.

    `function` must be picklable and answer every item; `scratch` holds a temporary
    folder for each worker, removed with it.
    """

    def __init__(
        self, function: Callable[[Item], Answer], size: int, limits: Limits, scratch: Path
    ) -> None:
        self._function = function
        self._limits = limits
        self._scratch = scratch
        open_nursery()
        self._workers = [self._hire(number) for number in range(size)]
        self._failed_starts = 0

    def __enter__(self) -> Crew[Item, Answer]:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for worker in self._workers:
            worker.dismiss(patience=_GOODBYE_SECONDS if kind is None else 0)

    def run(
        self, items: Iterator[Item], interrupted: Callable[[], bool]
    ) -> Iterator[tuple[Item, Answer | Death]]:
        """Yield every item with its answer, in the order of finishing.

        Items are drawn one by one as workers become free. When `interrupted` answers
        True the workers are ended at once and what they were doing is not yielded.
        Raises VnocrError if worker processes cannot start.
        """
        exhausted = False
        while not interrupted():
            while not exhausted and (worker := self._idle()):
                try:
                    worker.give(next(items))
                except StopIteration:
                    exhausted = True
            busy = [worker for worker in self._workers if worker.busy]
            if exhausted and not busy:
                return
            yield from self._collect(interrupted)
        self._end_all()

    def _idle(self) -> _Worker[Item, Answer] | None:
        return next((worker for worker in self._workers if worker.idle), None)

    def _collect(self, interrupted: Callable[[], bool]) -> Iterator[tuple[Item, Answer | Death]]:
        ready = wait(
            [handle for worker in self._workers for handle in worker.handles], _TICK_SECONDS
        )
        for position, worker in enumerate(self._workers):
            if any(handle in ready for handle in worker.handles):
                result = worker.receive()
            else:
                result = worker.overdue(self._limits)
            if worker.gone:
                self._count_start(worker)
                self._workers[position] = self._hire(worker.number)
            if result is not None:
                yield result
                if interrupted():
                    return

    def _hire(self, number: int) -> _Worker[Item, Answer]:
        folder = self._scratch / f"worker-{number}"
        return _Worker(number, self._function, self._limits, folder)

    def _count_start(self, worker: _Worker[Item, Answer]) -> None:
        self._failed_starts = 0 if worker.started else self._failed_starts + 1
        if self._failed_starts >= _FAILED_STARTS:
            raise VnocrError(
                f"worker processes do not start (exit code {worker.exit_code}). Is "
                f"batch.memory_megabytes ({self._limits.megabytes}) too small for the models?"
            )

    def _end_all(self) -> None:
        for worker in self._workers:
            worker.dismiss(patience=0)


class _Worker(Generic[Item, Answer]):
    """One process, the pipe to it and the item that it holds."""

    def __init__(
        self, number: int, function: Callable[[Item], Answer], limits: Limits, folder: Path
    ) -> None:
        self.number = number
        self.started = self.gone = False
        self.exit_code: int | None = None
        self._folder = folder
        self._item: Item | None = None
        self._since = self._looked = time.monotonic()
        context = multiprocessing.get_context("forkserver")
        self._pipe, far_end = context.Pipe()
        self._process: ForkServerProcess = context.Process(
            target=serve,
            args=(far_end, function, limits, folder, dict(os.environ)),
            name=f"vnocr-worker-{number}",
        )
        self._process.start()
        far_end.close()

    @property
    def busy(self) -> bool:
        return self._item is not None

    @property
    def idle(self) -> bool:
        return self.started and not self.gone and not self.busy

    @property
    def handles(self) -> tuple[Connection, int]:
        return self._pipe, self._process.sentinel

    def give(self, item: Item) -> None:
        self._item = item
        self._since = self._looked = time.monotonic()
        # A worker that has just died is met at the next look.
        with contextlib.suppress(OSError):
            self._pipe.send(item)

    def receive(self) -> tuple[Item, Answer | Death] | None:
        """Take the worker's word, or notice its death."""
        try:
            if not self._pipe.poll():
                return self._died()
            answer = self._pipe.recv()
        except (EOFError, OSError):
            return self._died()
        if answer == READY:
            self.started = True
            return None
        item, self._item = self._item, None
        return (item, answer) if item is not None else None

    def overdue(self, limits: Limits) -> tuple[Item, Death] | None:
        """End the worker if its item takes too long or too much."""
        now = time.monotonic()
        if not self.busy:
            return None
        if now - self._since > limits.seconds:
            return self._end(Death("timeout", f"not finished after {limits.seconds:g} s"))
        if now - self._looked > _MEMORY_CHECK_SECONDS:
            self._looked = now
            if resident_bytes(self._process.pid) > limits.megabytes * _MEGABYTE:
                message = f"needed more than {limits.megabytes} MB of memory"
                return self._end(Death("out-of-memory", message))
        return None

    def dismiss(self, patience: float) -> None:
        """Let the worker go when it is idle, end it otherwise, with all that it started."""
        if self.gone:
            return
        self._pipe.close()
        if not self.busy and patience:
            wait([self._process.sentinel], patience)
        self._bury()

    def _died(self) -> tuple[Item, Death] | None:
        wait([self._process.sentinel], _GOODBYE_SECONDS)
        item = self._item
        self._bury()
        if item is None:
            return None
        code = self.exit_code or 0
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return item, Death("crashed", f"the worker process died ({how}) while reading this file")

    def _end(self, death: Death) -> tuple[Item, Death] | None:
        item = self._item
        self._bury()
        return None if item is None else (item, death)

    def _bury(self) -> None:
        # The fork server may have waited for it by now, but numbers come round after thousands
        # of processes only, and while children of it live theirs is the group's.
        end_family(self._process.pid)
        self._process.join()
        self.exit_code = self._process.exitcode
        self.gone, self._item = True, None
        self._pipe.close()
        self._process.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def resident_bytes(pid: int | None) -> int:
    """Return the memory that process `pid` and its descendants hold; 0 if it has gone."""
    return sum(_resident(process) for process in _family(pid))


def end_family(pid: int | None) -> None:
    """Kill process `pid`, the group it leads and its descendants in other groups."""
    import psutil

    family = _family(pid)
    if pid is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
    for process in family:
        with contextlib.suppress(psutil.Error):
            process.kill()


def _family(pid: int | None) -> list[Any]:
    import psutil

    try:
        leader = psutil.Process(pid)
        return [leader, *leader.children(recursive=True)]
    except psutil.Error:
        return []


def _resident(process: Any) -> int:
    import psutil

    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0
