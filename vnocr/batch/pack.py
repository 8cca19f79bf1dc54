"""Packing documents so that all workers have as much to do, to the end.

The units of work of a cluster take about as long as each other: a unit of one page would spend a
visible part of its time on the way; a unit of many is redone as a whole when its node is lost, and
keeps the others waiting at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from vnocr.batch.stop import Stop
from vnocr.batch.supervise import Crew, Death
from vnocr.batch.task import Task
from vnocr.batch.worker_process import Limits
from vnocr.settings import ImagingSettings

Item = TypeVar("Item")

# Some twenty seconds of reading.
_PAGES = 16
# Near the end every worker shall have several units to take, small ones if need be.
_UNITS_PER_WORKER = 4
_JOBS = 2
_SECONDS = 20.0
# Of a batch, some minutes of reading.
_LAST = 64


def with_even_end(tasks: Sequence[Task], source: Path) -> tuple[Task, ...]:
    """Return `tasks` with the last few dozen by size, the largest first.

    A long document begun last would keep one worker busy while the others wait.
    """
    first, last = tasks[:-_LAST], tasks[-_LAST:]
    return (*first, *sorted(last, key=lambda task: _size(source / task.name), reverse=True))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # told when it is read
        return 0


@dataclass(frozen=True, slots=True)
class PageCount:
    """Counts the pages of a document of `source`. Calls cross processes."""

    source: Path
    settings: ImagingSettings

    def __call__(self, task: Task) -> int:
        """Return the pages of the file; 1 if it cannot be opened, as its reading will tell."""
        from vnocr.imaging.load import open_document

        try:
            with open_document(self.source / task.name, self.settings) as document:
                return document.page_count
        except Exception:  # noqa: BLE001 - what is wrong is told when it is read
            return 1


@dataclass(frozen=True, slots=True)
class Packer:
    """Packs at most `count` items; `weigh` says in a process of its own how many pages each has.

    Opening a file is as dangerous as reading it: hence the process, with the same limits
    but for the time, and its temporary files in `scratch`.
    """

    count: int
    weigh: Callable[[Any], int]
    scratch: Path
    limits: Limits

    def units(
        self, items: Iterator[Item], workers: int, stop: Stop
    ) -> Generator[tuple[Item, ...], None, None]:
        """Yield the items in units for `workers`, drawing only a few ahead."""
        pages = max(1, min(_PAGES, self.count // (workers * _UNITS_PER_WORKER)))
        limits = replace(self.limits, seconds=_SECONDS)
        with Crew(self.weigh, _JOBS, limits, self.scratch / "packing") as crew:
            weighed = crew.run(items, stop.interrupted)
            yield from pack(
                ((item, 1 if isinstance(weight, Death) else weight) for item, weight in weighed),
                pages,
            )


def pack(weighed: Iterable[tuple[Item, int]], pages: int) -> Iterator[tuple[Item, ...]]:
    """Yield items together until they have `pages` pages; one that has more goes alone."""
    unit: list[Item] = []
    held = 0
    for item, weight in weighed:
        if weight >= pages:
            yield (item,)
            continue
        if held + weight > pages:
            yield tuple(unit)
            unit, held = [], 0
        unit.append(item)
        held += weight
    if unit:
        yield tuple(unit)
