"""One unit of work, and what comes back of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vnocr.catalog.rows import DocumentRows
from vnocr.model import Dispatch, Outcome
from vnocr.pipeline import Toolkit

Reader = Callable[[Path, Toolkit], Dispatch]


@dataclass(frozen=True, slots=True)
class Task:
    """One document to read: `path` and `record` are relative to source and output.

    `name` is the path as the file system spells it, `path` the same in valid Unicode.
    """

    path: str
    name: str
    record: str
    sha256: str
    key: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of a task and, if it was read, what the catalog keeps of it."""

    outcome: Outcome
    rows: DocumentRows | None = None


def failure(task: Task, reason: str, message: str) -> Reading:
    """Return the reading of a document without a record."""
    return Reading(
        Outcome(
            task.path, task.key, task.record, reason=reason, message=message, attempts=task.attempts
        )
    )
