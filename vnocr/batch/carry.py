"""Records that are made from records: moved, copied and lost-sight-of documents."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from vnocr.batch.task import Reading, Task
from vnocr.batch.worker import located, success
from vnocr.export.record import from_json, to_json
from vnocr.export.write import write_atomically
from vnocr.model import Dispatch, Outcome, Producer


def carry_over(twin: Outcome, task: Task, source: Path, output: Path, scratch: Path) -> Reading:
    """Write the record of `twin`, of the same content, as that of `task`.

    Raises ValueError or OSError if the twin's record cannot be read.
    """
    dispatch = located(_load(output / twin.record), source, task)
    write_atomically(output / task.record, to_json(dispatch) + "\n", scratch=scratch)
    return _settled(task, dispatch, twin.needs_review)


def adopt(task: Task, output: Path, producer: Producer) -> Reading | None:
    """Return the reading that an existing record stands for, None if it is another's."""
    try:
        dispatch = _load(output / task.record)
    except (ValueError, OSError):
        return None
    if dispatch.source.sha256 != task.sha256 or dispatch.vnocr != producer:
        return None
    return _settled(task, dispatch, dispatch.needs_review)


def _load(record: Path) -> Dispatch:
    return from_json(record.read_text(encoding="utf-8"))


def _settled(task: Task, dispatch: Dispatch, needs_review: bool) -> Reading:
    reading = success(task, dispatch)
    return replace(reading, outcome=replace(reading.outcome, needs_review=needs_review))
