"""What happens in a worker process: one document becomes one record or one failure."""

from __future__ import annotations

import resource
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from vnocr.batch.plan import Task
from vnocr.errors import VnocrError
from vnocr.export.record import to_json
from vnocr.export.write import write_atomically
from vnocr.model import Dispatch, Outcome
from vnocr.pipeline import Toolkit, read_dispatch
from vnocr.settings import Settings

Reader = Callable[[Path, Toolkit], Dispatch]
Result = tuple[Outcome, Dispatch | None]

_MEGABYTE = 1 << 20


def start_worker(memory_megabytes: int) -> None:
    """Limit the process's memory and leave Ctrl-C to the driver, which ends workers itself."""
    limit = memory_megabytes * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def work(
    task: Task, source: Path, output: Path, settings: Settings, reader: Reader = read_dispatch
) -> Result:
    """Read one document and write its record; whatever goes wrong becomes the outcome."""
    started = time.monotonic()
    dispatch = None
    try:
        dispatch = reader(source / task.path, _toolkit(settings))
        write_atomically(output / task.record, to_json(dispatch) + "\n")
    except VnocrError as error:
        outcome = failure(task, error.reason, str(error))
    except MemoryError:
        outcome = failure(task, "out-of-memory", _memory_message(settings))
    except Exception as error:  # noqa: BLE001 - one document must never stop a batch
        message = f"unexpected {type(error).__name__}: {error}. Please report this file."
        outcome = failure(task, "bug", message)
    else:
        outcome = _success(task, dispatch)
    outcome = replace(outcome, seconds=round(time.monotonic() - started, 3))
    return outcome, None if outcome.failed else without_pages(dispatch)


def failure(task: Task, reason: str, message: str) -> Outcome:
    """Return the outcome of a document without a record."""
    return Outcome(
        task.path, task.key, task.record, reason=reason, message=message, attempts=task.attempts
    )


def without_pages(dispatch: Dispatch | None) -> Dispatch | None:
    """Return what the catalog keeps; the words of a long document stay in the worker."""
    return replace(dispatch, pages=()) if dispatch else None


def _success(task: Task, dispatch: Dispatch) -> Outcome:
    return Outcome(
        task.path,
        task.key,
        task.record,
        attempts=task.attempts,
        pages=dispatch.source.pages,
        needs_review=bool(dispatch.problems),
    )


def _memory_message(settings: Settings) -> str:
    return (
        f"needs more than {settings.batch.memory_megabytes} MB of memory. "
        "Raise batch.memory_megabytes in the settings file and run with --retry-failed."
    )


@lru_cache(maxsize=1)
def _toolkit(settings: Settings) -> Toolkit:
    # Models are loaded once a process, for all the documents that it reads.
    return Toolkit(settings)
