"""The documents of a source folder and the digests of their contents."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vnocr.batch.output import LOCK_NAME
from vnocr.catalog.store import FileState
from vnocr.errors import InputError, NotFoundError

SUFFIXES = frozenset({".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png", ".txt"})


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the source: its name as the file system spells it, and its state."""

    name: str
    state: FileState


@dataclass(frozen=True, slots=True)
class Survey:
    """What stands in the source. `passed_over` files are too old for this run.

    `closed` folders ("a/b/") cannot be listed; each is among `files` too, to get an outcome.
    """

    files: tuple[SourceFile, ...]
    passed_over: frozenset[str]
    closed: tuple[str, ...] = ()


def survey(
    source: Path,
    output: Path,
    known: Mapping[str, FileState],
    *,
    since: datetime | None = None,
    interrupted: Callable[[], bool] = lambda: False,
) -> Survey:
    """Find the documents under `source` and take the digests of the new and changed ones.

    Stops early, with what it has, when `interrupted` answers True. Raises InputError if
    `source` cannot be listed.
    """
    files, passed_over = [], set()
    closed: list[Path] = []
    for path in find_documents(source, output, closed):
        if interrupted():
            break
        name = path.relative_to(source).as_posix()
        shown = printable(name)
        try:
            status = path.stat()
            if since and status.st_mtime < since.timestamp():
                passed_over.add(shown)
                continue
            state = _state(path, shown, status, known.get(shown))
        except OSError:
            state = _unread(name)
        files.append(SourceFile(name, state))
    folders = [f"{path.relative_to(source).as_posix()}/" for path in closed]
    files += [SourceFile(name, _unread(name)) for name in folders]
    return Survey(tuple(files), frozenset(passed_over), tuple(map(printable, folders)))


def find_documents(source: Path, output: Path, closed: list[Path]) -> Iterator[Path]:
    """Yield the files of known kinds under `source`, hidden ones and outputs left out.

    An output is `output` or that of another batch, known by its lock: what was derived
    is no source. Links to folders are not followed: they could lead in circles. Folders that
    cannot be listed are added to `closed`; raises InputError if `source` is one.
    """

    def note(error: OSError) -> None:
        if Path(error.filename) == source:
            raise InputError(
                f"{source}: cannot list this folder: {error.strerror}. "
                "Nothing was read; mend it and run again."
            ) from error
        closed.append(Path(error.filename))

    for folder, folders, names in os.walk(source, onerror=note):
        here = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if not (name.startswith(".") or _is_output(here / name, output))
        )
        for name in sorted(names):
            path = here / name
            if name.startswith(".") or path.suffix.lower() not in SUFFIXES:
                continue
            if _may_be_file(path):
                yield path


def printable(name: str) -> str:
    """Return `name` with bytes that are not UTF-8 written as \\udcXX."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def check_folders(source: Path, output: Path) -> None:
    """Raise NotFoundError or InputError if `source` is no folder, or is the output too."""
    if not source.exists():
        raise NotFoundError(f"{source}: no such folder. Name the folder that holds the scans.")
    if not source.is_dir():
        raise InputError(f"{source}: not a folder. For single files use: vnocr read {source}")
    if output.exists() and source.samefile(output):
        raise InputError(
            f"{output}: this is the source itself, which is never changed. "
            "Name another folder for the records."
        )


def _unread(name: str) -> FileState:
    """Return the state of what cannot be read: still work, so that it gets an outcome."""
    return FileState(printable(name), 0, 0, hashlib.sha256(os.fsencode(name)).hexdigest())


def _may_be_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # its folder gives names only; the reader will tell
        return True


def _state(path: Path, shown: str, status: os.stat_result, before: FileState | None) -> FileState:
    size, modified = status.st_size, status.st_mtime_ns
    if before and (before.size, before.modified_ns) == (size, modified):
        return before
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return FileState(shown, size, modified, digest)


def _is_output(folder: Path, output: Path) -> bool:
    try:
        return (folder / LOCK_NAME).exists() or (output.exists() and folder.samefile(output))
    except OSError:  # no entrance: no batch can have written there
        return False
