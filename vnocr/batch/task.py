"""One unit of work, and what comes back of it."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from vnocr.catalog.rows import DocumentRows
from vnocr.errors import InputError, OutputError, RecogniserError, VnocrError
from vnocr.model import Dispatch, Outcome
from vnocr.pipeline import Toolkit

Reader = Callable[[Path, Toolkit], Dispatch]

Result = TypeVar("Result")

# A record that cannot be written for such a reason says nothing about the next one.
_OWN_FAULTS = {errno.ENAMETOOLONG, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.EINVAL}


@dataclass(frozen=True, slots=True)
class Task:
    """One document to read: `path` and `record` are relative to source and output.

    `name` is the path as the file system spells it, `path` the same in valid Unicode.
    `exports` are the suffixes of the files that an earlier reading left beside the record.
    """

    path: str
    name: str
    record: str
    sha256: str
    key: str
    attempts: int
    exports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of a task and, if it was read, what the catalog keeps of it."""

    outcome: Outcome
    rows: DocumentRows | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something could not be done for one document."""

    reason: str
    message: str


def failed(task: Task, reason: str, message: str) -> Reading:
    """Return the reading of a document without a record."""
    return Reading(
        Outcome(
            task.path, task.key, task.record, reason=reason, message=message, attempts=task.attempts
        )
    )


def attempt(step: Callable[[], Result], megabytes: int) -> Result | Failure | VnocrError:
    """Return what `step` returns, or what went wrong with its document.

    An error that would meet every other document too, as a full disk or a missing
    program, is returned as itself. `megabytes` is the limit of memory, for its message.
    """
    try:
        return step()
    except VnocrError as error:
        return Failure(error.reason, str(error)) if _concerns_one_document(error) else error
    except MemoryError:
        return Failure("out-of-memory", f"needs more than {megabytes} MB of memory")
    except Exception as error:  # noqa: BLE001 - one document must never stop a batch
        message = f"unexpected {type(error).__name__}: {error}. Please report this file."
        return Failure("bug", message)


def _concerns_one_document(error: VnocrError) -> bool:
    if isinstance(error, OutputError):
        return isinstance(error.__cause__, OSError) and error.__cause__.errno in _OWN_FAULTS
    return isinstance(error, InputError | RecogniserError)
