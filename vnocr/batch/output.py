"""The output folder of a batch: one run at a time, temporary files that never stay."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from vnocr.errors import LockedError, OutputError

LOCK_NAME = ".vnocr.lock"
_SCRATCH_NAME = ".vnocr-tmp"


@contextmanager
def claimed(output: Path) -> Iterator[Path]:
    """Hold `output` for this run and yield a folder in it for temporary files.

    The folder is emptied first, of what a killed run left, and removed at the end. The
    lock is the kernel's: it ends with the process, however that dies. Raises LockedError
    if another run holds it, OutputError if nothing can be written there.
    """
    from filelock import FileLock, Timeout

    try:
        output.mkdir(parents=True, exist_ok=True)
        lock: Any = FileLock(output / LOCK_NAME, timeout=0)
        lock.acquire()
    except Timeout as error:
        raise LockedError(
            f"{output}: another vnocr batch is writing here. Wait for it to finish."
        ) from error
    except OSError as error:
        raise OutputError(f"{output}: cannot write there: {error.strerror}") from error
    scratch = output.absolute() / _SCRATCH_NAME
    try:
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(mode=0o700, exist_ok=True)
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        lock.release()
