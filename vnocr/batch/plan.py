"""Find the documents of a folder and decide which of them need work."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vnocr.catalog.store import Catalog, FileState
from vnocr.errors import InputError, NotFoundError
from vnocr.model import Outcome, Producer

SUFFIXES = frozenset({".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png", ".txt"})


@dataclass(frozen=True, slots=True)
class Task:
    """One document to read: `path` and `record` are relative to source and output."""

    path: str
    record: str
    key: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will do, and what it leaves alone."""

    tasks: tuple[Task, ...]
    moves: tuple[tuple[Outcome, Task], ...]
    unchanged: int
    failed_before: int
    vanished: tuple[str, ...]


def make_plan(
    source: Path, output: Path, catalog: Catalog, producer: Producer, *, retry_failed: bool
) -> Plan:
    """Compare the files under `source` with the catalog.

    A document is work if its content, the settings or the dictionaries are new. One whose
    content was read under another name is a move: its record is carried over. A document
    that failed before is left alone unless `retry_failed`. Raises NotFoundError if `source`
    is not a folder.
    """
    known = catalog.file_states()
    states = {state.path: state for state in _file_states(source, output, known)}
    catalog.remember_files(state for path, state in states.items() if known.get(path) != state)
    outcomes = catalog.outcomes()
    by_key = {outcome.key: outcome for outcome in outcomes.values() if not outcome.failed}
    records = {outcome.record: path for path, outcome in outcomes.items()}
    tasks, moves, unchanged, failed = [], [], 0, 0
    for path, state in sorted(states.items()):
        key = work_key(state.sha256, producer)
        before = outcomes.get(path)
        if before and before.key == key and not _lost(before, output):
            if not before.failed:
                unchanged += 1
                continue
            if not retry_failed:
                failed += 1
                continue
        same = before is not None and before.key == key
        record = _record_name(path, records)
        task = Task(path, record, key, before.attempts + 1 if before and same else 1)
        twin = by_key.get(key)
        if twin and twin.path != path and not _lost(twin, output):
            moves.append((twin, task))
        else:
            tasks.append(task)
    vanished = tuple(sorted(set(outcomes) - set(states)))
    return Plan(tuple(tasks), tuple(moves), unchanged, failed, vanished)


def work_key(sha256: str, producer: Producer) -> str:
    """Return the digest that changes whenever a document would have to be read again."""
    parts = (sha256, producer.version, producer.settings_sha256, producer.dictionary_sha256)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def find_documents(source: Path, output: Path) -> Iterator[Path]:
    """Yield the files of known kinds under `source`, hidden ones and `output` left out.

    Links to folders are not followed: they could lead in circles.
    """
    for folder, folders, names in os.walk(source):
        here = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and not _is_same(here / name, output)
        )
        for name in sorted(names):
            path = here / name
            if name.startswith(".") or path.suffix.lower() not in SUFFIXES:
                continue
            if path.is_file():
                yield path


def _file_states(source: Path, output: Path, known: Mapping[str, FileState]) -> Iterator[FileState]:
    if not source.exists():
        raise NotFoundError(f"{source}: no such folder. Name the folder that holds the scans.")
    if not source.is_dir():
        raise InputError(f"{source}: not a folder. For single files use: vnocr read {source}")
    for path in find_documents(source, output):
        name = path.relative_to(source).as_posix()
        try:
            status = path.stat()
            before = known.get(name)
            if before and (before.size, before.modified_ns) == (
                status.st_size,
                status.st_mtime_ns,
            ):
                yield before
            else:
                yield FileState(name, status.st_size, status.st_mtime_ns, _sha256(path))
        except OSError:
            # Unreadable now: still work, so that the reader reports it as an outcome.
            yield FileState(name, 0, 0, hashlib.sha256(os.fsencode(name)).hexdigest())


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _lost(outcome: Outcome, output: Path) -> bool:
    return not outcome.failed and not (output / outcome.record).is_file()


def _is_same(one: Path, other: Path) -> bool:
    return other.exists() and one.samefile(other)


def _record_name(path: str, taken: dict[str, str]) -> str:
    """`a/b.json` for `a/b.pdf`; `a/b.tif.json` where another document holds that name."""
    for name in (str(Path(path).with_suffix(".json")), f"{path}.json"):
        if taken.setdefault(name, path) == path:
            return name
    raise AssertionError("the second name holds the whole path and is unique")
