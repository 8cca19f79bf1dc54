"""Decide which documents of a folder need work, and which work was done already."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from vnocr.batch.files import SourceFile, Survey
from vnocr.batch.task import Task
from vnocr.errors import InputError
from vnocr.model import Outcome, Producer

# File systems take names of 255 bytes; the record and the exports add endings.
_LONGEST_STEM = 230


@dataclass(frozen=True, slots=True)
class Twin:
    """A document whose content has a record under another name, `outcome`."""

    task: Task
    outcome: Outcome
    moved: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will do, and what it leaves alone.

    `copies` have the content of a task of this same run, by the task's key. `orphans`
    have a record that the catalog does not know, as after a loss of power. `reopened`
    folders could not be listed before: what was noted of them holds no longer.
    """

    tasks: tuple[Task, ...] = ()
    twins: tuple[Twin, ...] = ()
    copies: dict[str, tuple[Task, ...]] = field(default_factory=dict)
    orphans: tuple[Task, ...] = ()
    unchanged: int = 0
    failed_before: int = 0
    vanished: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many documents get an outcome if the run is not stopped."""
        copied = sum(len(tasks) for tasks in self.copies.values())
        return len(self.tasks) + len(self.twins) + copied + len(self.orphans)


def make_plan(
    found: Survey,
    outcomes: Mapping[str, Outcome],
    output: Path,
    producer: Producer,
    *,
    retry_failed: bool = False,
) -> Plan:
    """Compare what was found in the source with what became of it before.

    A document is work if its content, the settings or the dictionaries are new. One whose
    content was read under another name takes over that record. A document that failed
    before is left alone unless `retry_failed`. Raises InputError if the source is empty
    but was not: a network folder that is not mounted looks like that.
    """
    present = {file.state.path for file in found.files} | found.passed_over
    # What lies in folders that cannot be listed is there, for all we know.
    present.update(path for path in outcomes if path.startswith(found.closed))
    if outcomes and not present:
        raise InputError(
            f"the source holds no document at all, but {len(outcomes)} were read from it "
            "before. Is its disk or network folder mounted? Nothing was changed."
        )
    return _Planner(outcomes, present, output, producer, retry_failed).plan(found.files)


def work_key(sha256: str, producer: Producer) -> str:
    """Return the digest that changes whenever a document would have to be read again."""
    parts = (sha256, producer.version, producer.settings_sha256, producer.dictionary_sha256)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@dataclass(slots=True)
class _Planner:
    outcomes: Mapping[str, Outcome]
    present: set[str]
    output: Path
    producer: Producer
    retry_failed: bool

    def plan(self, files: tuple[SourceFile, ...]) -> Plan:
        by_key = {item.key: item for item in self.outcomes.values() if not item.failed}
        records = {item.record: path for path, item in self.outcomes.items()}
        tasks: dict[str, Task] = {}
        copies: dict[str, tuple[Task, ...]] = {}
        twins, orphans, unchanged, failed = [], [], 0, 0
        for file in files:
            key = work_key(file.state.sha256, self.producer)
            before = self.outcomes.get(file.state.path)
            if before and self._settled(before, key):
                unchanged += not before.failed
                failed += before.failed
                continue
            task = self._task(file, key, before, records)
            twin = by_key.get(key)
            if twin and twin.path != task.path and not self._lost(twin):
                twins.append(Twin(task, twin, moved=twin.path not in self.present))
            elif key in tasks:
                copies[key] = (*copies.get(key, ()), task)
            elif self._may_be_orphan(task, before):
                orphans.append(task)
            else:
                tasks[key] = task
        reopened = self._reopened()
        vanished = tuple(sorted(set(self.outcomes) - self.present - reopened))
        return Plan(
            tuple(tasks.values()),
            tuple(twins),
            copies,
            tuple(orphans),
            unchanged,
            failed,
            vanished,
            tuple(sorted(reopened)),
        )

    def _reopened(self) -> set[str]:
        gone = {path for path in set(self.outcomes) - self.present if self.outcomes[path].failed}
        if not gone:
            return gone
        return gone & {f"{folder}/" for path in self.present for folder in Path(path).parents}

    def _settled(self, before: Outcome, key: str) -> bool:
        if before.key != key or self._lost(before):
            return False
        return not (before.failed and self.retry_failed)

    def _lost(self, outcome: Outcome) -> bool:
        return not outcome.failed and not _is_file(self.output / outcome.record)

    def _may_be_orphan(self, task: Task, before: Outcome | None) -> bool:
        # An outcome without a key was kept by a catalog that has been migrated since.
        return not (before and before.key) and _is_file(self.output / task.record)

    def _task(
        self, file: SourceFile, key: str, before: Outcome | None, records: dict[str, str]
    ) -> Task:
        path = file.state.path
        again = before is not None and before.key == key
        attempts = before.attempts + 1 if before and again else 1
        record = before.record if before else _record_name(path, records)
        exports = before.exports if before else ()
        return Task(path, file.name, record, file.state.sha256, key, attempts, exports)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # as for a name that is too long
        return False


def _record_name(path: str, taken: dict[str, str]) -> str:
    """`a/b.json` for `a/b.pdf`; `a/b.tif.json` where another document holds that name."""
    for stem in (str(Path(path).with_suffix("")), path):
        name = f"{_short(stem, path)}.json"
        if taken.setdefault(name, path) == path:
            return name
    raise AssertionError("the second name tells the whole path and is unique")


def _short(stem: str, path: str) -> str:
    """Return `stem`, its last part cut to what leaves room for endings, with a digest of `path`."""
    folder, _, last = stem.rpartition("/")
    kept = last.encode("utf-8")
    if len(kept) <= _LONGEST_STEM:
        return stem
    digest = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    cut = kept[: _LONGEST_STEM - len(digest) - 1].decode("utf-8", "ignore")
    return f"{folder}/{cut}~{digest}" if folder else f"{cut}~{digest}"
