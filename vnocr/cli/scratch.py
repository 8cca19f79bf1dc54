"""A temporary folder of this process alone, removed at its end, or by the next if it is killed."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "vnocr-run-"
# Between making a folder and locking it lie moments; who sweeps leaves those.
_SETTLED_SECONDS = 60


@contextmanager
def private_folder() -> Iterator[Path]:
    """Let this process and the programs it starts put temporary files in a folder of their own.

    The folder is readable by its owner only. A lock that ends with the process tells those in
    use from those that killed processes left, which are removed here.
    """
    _sweep(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    before, told = tempfile.tempdir, os.environ.get("TMPDIR")
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
        yield folder
    finally:
        tempfile.tempdir = before
        os.environ.pop("TMPDIR")
        if told is not None:
            os.environ["TMPDIR"] = told
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def _sweep(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError):  # another's, in use, or just removed
            _remove_if_left(folder)


def _remove_if_left(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        status = os.fstat(handle)
        if status.st_uid != os.geteuid() or time.time() - status.st_mtime < _SETTLED_SECONDS:
            return
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(handle)
