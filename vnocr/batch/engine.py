"""Where the work of a batch is done: in worker processes here, or on a cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from vnocr.batch.cluster import run_on_cluster
from vnocr.batch.pack import Packer
from vnocr.batch.stop import Stop
from vnocr.batch.supervise import Crew, Death
from vnocr.batch.worker_process import Limits
from vnocr.settings import BatchSettings

Engine = Literal["local", "ray"]
Item = TypeVar("Item")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Hands:
    """Those who work: `scratch` is for the temporary files of workers on this machine."""

    engine: Engine
    settings: BatchSettings
    scratch: Path

    def run(
        self,
        function: Callable[[Item], Answer],
        items: Iterator[Item],
        count: int,
        stop: Stop,
        weigh: Callable[[Item], int],
    ) -> Iterator[tuple[Item, Answer | Death]]:
        """Yield each of at most `count` items with its answer, in the order of finishing.

        `weigh` says how many pages an item has. Nothing is started for no items. Raises
        what `run_on_cluster` and `Crew` raise.
        """
        if not count:
            return
        jobs = self.settings.jobs
        output = self.scratch.parent  # the scratch folder lies in the output
        limits = Limits(
            self.settings.timeout_seconds,
            self.settings.memory_megabytes,
            (output,) if self.settings.confined else None,
        )
        if self.engine == "ray":
            packer = Packer(count, weigh, self.scratch, limits)
            yield from run_on_cluster(items, function, packer, (jobs, limits), stop)
            return
        size = min(jobs or len(os.sched_getaffinity(0)), count)
        with Crew(function, size, limits, self.scratch) as crew:
            yield from crew.run(items, stop.interrupted)
