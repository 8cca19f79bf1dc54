"""What a worker does with one document: it becomes one record or one failure."""

from __future__ import annotations

import errno
import time
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from vnocr.batch.task import Reader, Reading, Task, failure
from vnocr.catalog.rows import rows_of
from vnocr.errors import InputError, OutputError, RecogniserError, VnocrError
from vnocr.export.record import to_json
from vnocr.export.write import write_atomically
from vnocr.model import Dispatch, Outcome
from vnocr.pipeline import Toolkit
from vnocr.settings import Settings

# A record that cannot be written for such a reason says nothing about the next one.
_OWN_FAULTS = {errno.ENAMETOOLONG, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.EINVAL}


@dataclass(frozen=True, slots=True)
class Work:
    """Reads tasks; `scratch` is on the file system of `output`. Calls cross processes."""

    source: Path
    output: Path
    scratch: Path
    settings: Settings
    reader: Reader

    def __call__(self, task: Task) -> Reading | VnocrError:
        """Read one document and write its record; what goes wrong becomes the outcome.

        An error that would meet every other document too, as a full disk or a missing
        program, is returned as itself.
        """
        started = time.monotonic()
        try:
            reading = self._read(task)
        except VnocrError as error:
            if not _concerns_one_document(error):
                return error
            reading = failure(task, error.reason, str(error))
        except MemoryError:
            message = f"needs more than {self.settings.batch.memory_megabytes} MB of memory"
            reading = failure(task, "out-of-memory", message)
        except Exception as error:  # noqa: BLE001 - one document must never stop a batch
            message = f"unexpected {type(error).__name__}: {error}. Please report this file."
            reading = failure(task, "bug", message)
        seconds = round(time.monotonic() - started, 3)
        return replace(reading, outcome=replace(reading.outcome, seconds=seconds))

    def _read(self, task: Task) -> Reading:
        dispatch = self.reader(self.source / task.name, _toolkit(self.settings))
        if dispatch.source.sha256 != task.sha256:
            message = "the file changed while it was read; the next run reads it again"
            return failure(task, "changed", message)
        dispatch = located(dispatch, self.source, task)
        write_atomically(self.output / task.record, to_json(dispatch) + "\n", scratch=self.scratch)
        return success(task, dispatch)


def success(task: Task, dispatch: Dispatch) -> Reading:
    """Return the reading of a document whose record is written."""
    outcome = Outcome(
        task.path,
        task.key,
        task.record,
        attempts=task.attempts,
        pages=dispatch.source.pages,
        needs_review=bool(dispatch.problems),
    )
    return Reading(outcome, rows_of(dispatch))


def located(dispatch: Dispatch, source: Path, task: Task) -> Dispatch:
    """Return `dispatch` as that of the file of `task`."""
    return replace(dispatch, source=replace(dispatch.source, path=str(source / task.path)))


def _concerns_one_document(error: VnocrError) -> bool:
    if isinstance(error, OutputError):
        return isinstance(error.__cause__, OSError) and error.__cause__.errno in _OWN_FAULTS
    return isinstance(error, InputError | RecogniserError)


@lru_cache(maxsize=1)
def _toolkit(settings: Settings) -> Toolkit:
    # Models are loaded once a process, for all the documents that it reads.
    return Toolkit(settings)
