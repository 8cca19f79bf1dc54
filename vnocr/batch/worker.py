"""What a worker does with one document: it becomes one record or one failure."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from vnocr.batch.task import Failure, Reader, Reading, Task, attempt, failed
from vnocr.catalog.corrections import apply
from vnocr.catalog.rows import rows_of
from vnocr.errors import VnocrError
from vnocr.export.record import to_json
from vnocr.export.write import write_atomically
from vnocr.model import Correction, Dispatch, Outcome
from vnocr.pipeline import loaded_toolkit
from vnocr.settings import Settings


@dataclass(frozen=True, slots=True)
class Work:
    """Reads tasks; `scratch` is on the file system of `output`. Calls cross processes.

    `corrections`, by the content of documents, are worked into what is read.
    """

    source: Path
    output: Path
    scratch: Path
    settings: Settings
    reader: Reader
    corrections: Mapping[str, tuple[Correction, ...]]

    def __call__(self, task: Task) -> Reading | VnocrError:
        """Read one document and write its record; what goes wrong becomes the outcome.

        An error that would meet every other document too is returned as itself.
        """
        started = time.monotonic()
        reading = attempt(lambda: self._read(task), self.settings.batch.memory_megabytes)
        if isinstance(reading, VnocrError):
            return reading
        if isinstance(reading, Failure):
            reading = failed(task, reading.reason, reading.message)
        seconds = round(time.monotonic() - started, 3)
        return replace(reading, outcome=replace(reading.outcome, seconds=seconds))

    def _read(self, task: Task) -> Reading:
        dispatch = self.reader(self.source / task.name, loaded_toolkit(self.settings))
        if dispatch.source.sha256 != task.sha256:
            message = "the file changed while it was read; the next run reads it again"
            return failed(task, "changed", message)
        corrections = self.corrections.get(task.sha256, ())
        dispatch = apply(located(dispatch, self.source, task), corrections)
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
        needs_review=dispatch.needs_review,
    )
    return Reading(outcome, rows_of(dispatch))


def located(dispatch: Dispatch, source: Path, task: Task) -> Dispatch:
    """Return `dispatch` as that of the file of `task`."""
    return replace(dispatch, source=replace(dispatch.source, path=str(source / task.path)))
