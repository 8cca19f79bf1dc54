"""Further files of every document beside its record, made from the record when they are due.

As with make, a file is due if it is missing or older than its record: so it follows a
record that was read again, moved or corrected, and costs nothing otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from vnocr.batch.task import Failure, attempt
from vnocr.errors import OutputError, VnocrError
from vnocr.export.record import from_json
from vnocr.export.write import atomic_file
from vnocr.model import Dispatch, Outcome, Remark
from vnocr.pipeline import Toolkit, loaded_toolkit
from vnocr.settings import Settings

# A text file has neither pages to copy nor places to tell.
_NO_PAGES = ".txt"


class Export(Protocol):
    """Makes one further file of a document: a/b.json gets a/b + `suffix`. Crosses processes."""

    @property
    def suffix(self) -> str:
        """The ending of the file, as ".pdf"; no two exports of a run share one."""

    def write(
        self, dispatch: Dispatch, source: Path, target: Path, toolkit: Toolkit
    ) -> tuple[str, ...]:
        """Write the file of `dispatch`, read from `source`, to `target`.

        Returns what people should know of it, as that a copy is no PDF/A.

        `target` is a temporary name; the batch syncs and renames it. What goes wrong with
        this document is raised as InputError.
        """


@dataclass(frozen=True, slots=True)
class ExportTask:
    """One document whose exports with the endings `due` are to be made.

    `name` is the path of the source as the file system spells it.
    """

    outcome: Outcome
    name: str
    due: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exporting:
    """Makes the exports of tasks; `scratch` is on the file system of `output`."""

    source: Path
    output: Path
    scratch: Path
    settings: Settings
    exports: tuple[Export, ...]

    def __call__(self, task: ExportTask) -> Failure | VnocrError | tuple[Remark, ...]:
        """Make what is due; return remarks, or what went wrong with this document or all."""
        return attempt(lambda: self._make(task), self.settings.batch.memory_megabytes)

    def _make(self, task: ExportTask) -> tuple[Remark, ...]:
        remarks: list[Remark] = []
        record = self.output / task.outcome.record
        dispatch = from_json(record.read_text(encoding="utf-8"))
        for export in self.exports:
            if export.suffix in task.due:
                with atomic_file(beside(record, export.suffix), scratch=self.scratch) as target:
                    toolkit = loaded_toolkit(self.settings)
                    said = export.write(dispatch, self.source / task.name, target, toolkit)
                    remarks += (Remark(export.suffix, text) for text in said)
        return tuple(remarks)


def due_exports(
    outcomes: Mapping[str, Outcome],
    names: Mapping[str, str],
    output: Path,
    suffixes: Iterable[str],
    *,
    retry_failed: bool,
) -> list[ExportTask]:
    """Return the documents that lack an export or have an outdated one.

    `names` maps the documents that are in the source to their names there. One whose
    exports failed before is left alone unless `retry_failed`.
    """
    tasks = []
    for path, outcome in outcomes.items():
        if outcome.failed or path not in names or (outcome.message and not retry_failed):
            continue
        if is_pageless(path):
            continue
        record = output / outcome.record
        if due := tuple(suffix for suffix in suffixes if _is_due(record, suffix)):
            tasks.append(ExportTask(outcome, names[path], due))
    return tasks


def is_pageless(path: str) -> bool:
    """Return whether the document at `path` is a text, of which no export can be made."""
    return path.lower().endswith(_NO_PAGES)


def refuse_originals(source: Path, output: Path) -> None:
    """Raise OutputError if files made in `output` could take the place of originals."""
    if source.resolve().is_relative_to(output.resolve()):
        raise OutputError(
            f"{output}: holds the originals; further files would stand among them, or take "
            "their place. Name another folder for the output."
        )


def beside(record: Path, suffix: str) -> Path:
    """Return the path of the export with the ending `suffix` of `record`."""
    return record.with_suffix(suffix)


def existing_exports(record: Path, suffixes: Iterable[str]) -> tuple[str, ...]:
    """Return those of `suffixes` whose export of `record` is there."""
    return tuple(sorted({suffix for suffix in suffixes if beside(record, suffix).is_file()}))


def remove_exports(record: Path, suffixes: Iterable[str]) -> None:
    """Remove the exports of `record`, as of one that has gone or tells something else now."""
    for suffix in suffixes:
        beside(record, suffix).unlink(missing_ok=True)


def _is_due(record: Path, suffix: str) -> bool:
    try:
        return beside(record, suffix).stat().st_mtime_ns < record.stat().st_mtime_ns
    except FileNotFoundError:
        return record.is_file()
