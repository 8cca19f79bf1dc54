"""The same batch on a Ray cluster whose nodes share the source and the output folder.

Each actor supervises one warm worker process, so that a document is as isolated as on
one machine; the driver alone writes the catalog. Ray restarts the actors of a lost node
elsewhere and gives them their units again; a record written twice is the same record.
"""

from __future__ import annotations

import logging
import shutil
import signal
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any, TypeVar

from vnocr.batch.pack import Packer
from vnocr.batch.stop import Stop
from vnocr.batch.supervise import Crew, Death
from vnocr.batch.worker_process import Limits
from vnocr.errors import MissingToolError, VnocrError

Item = TypeVar("Item")
Answer = TypeVar("Answer")

# One unit in hand and one waiting at each actor: no pause between them, and the driver
# never holds more results than twice the workers.
_IN_FLIGHT = 2
_TICK_SECONDS = 0.5


class NodeReader:
    """Works on documents on one node, in a worker process of its own."""

    def __init__(self, function: Callable[[Any], Any], limits: Limits) -> None:
        # Pictures of pages stay on the node; only records go to the shared folder.
        self._folder = Path(tempfile.mkdtemp(prefix="vnocr-"))
        self._crew: Crew[Any, Any] = Crew(function, 1, limits, self._folder)

    def read(self, unit: Sequence[Any]) -> list[Any]:
        """Return what became of the documents of `unit`, in their order."""
        return [answer for _, answer in self._crew.run(iter(unit), lambda: False)]

    def close(self) -> None:
        """End the worker process and remove its temporary files."""
        self._crew.__exit__(None)
        shutil.rmtree(self._folder, ignore_errors=True)


def run_on_cluster(
    items: Iterator[Item],
    function: Callable[[Item], Answer],
    packer: Packer,
    crew: tuple[int, Limits],
    stop: Stop,
) -> Iterator[tuple[Item, Answer | Death]]:
    """Yield every item with its answer, in the order of finishing.

    `crew` is the number of workers, 0 for one a core of the cluster, and their limits.
    Joins the cluster that RAY_ADDRESS names or that runs on this machine. Raises
    MissingToolError if Ray is not installed or no cluster is running, VnocrError if the
    cluster fails as a whole.
    """
    ray = _joined_cluster()
    readers = _start_readers(ray, function, *crew)
    free = deque(reader for _ in range(_IN_FLIGHT) for reader in readers)
    waiting: dict[Any, tuple[tuple[Item, ...], Any]] = {}
    units = packer.units(items, len(readers), stop)
    try:
        while not stop.interrupted():
            for unit in islice(units, len(free)):
                reader = free.popleft()
                waiting[reader.read.remote(unit)] = (unit, reader)
            if not waiting:
                return
            done, _ = ray.wait(list(waiting), num_returns=1, timeout=_TICK_SECONDS)
            for reference in done:
                unit, reader = waiting.pop(reference)
                free.append(reader)
                yield from zip(unit, _answers(ray, reference), strict=True)
    finally:
        units.close()
        _end_readers(ray, readers, patient=not stop.interrupted())


def _joined_cluster() -> Any:
    try:
        import ray
    except ImportError as error:
        raise MissingToolError(
            "Ray is not installed. Use: pip install 'vnocr[ray]', on every node."
        ) from error
    if not ray.is_initialized():
        on_sigterm = signal.getsignal(signal.SIGTERM)
        try:
            ray.init(address="auto", log_to_driver=False, logging_level=logging.ERROR)
        except ConnectionError as error:
            raise MissingToolError(
                "no Ray cluster is running here. Start one with: ray start --head "
                "--node-ip-address=127.0.0.1, or name one in RAY_ADDRESS."
            ) from error
        signal.signal(signal.SIGTERM, on_sigterm)  # Ray's own would end us without a summary
    return ray


def _start_readers(ray: Any, function: Any, jobs: int, limits: Limits) -> list[Any]:
    """Start the readers, on every node as many as it has cores.

    No processor is reserved, and the node is a wish: the readers of a lost node must
    find a place on a full one.
    """
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    places = [
        node["NodeID"]
        for node in ray.nodes()
        if node["Alive"]
        for _ in range(int(node["Resources"].get("CPU", 0)))
    ]
    if not places:
        raise MissingToolError("no node of the Ray cluster has a processor to read with.")
    actor = ray.remote(max_restarts=-1, max_task_retries=-1)(NodeReader)
    return [
        actor.options(scheduling_strategy=NodeAffinitySchedulingStrategy(node, soft=True)).remote(
            function, limits
        )
        for node in islice(cycle(_alternating(places)), jobs or len(places))
    ]


def _alternating(places: list[str]) -> list[str]:
    """Return `places` so that neighbours are on different nodes: few jobs use many nodes."""
    rounds = [(places[:position].count(place), place) for position, place in enumerate(places)]
    return [place for _, place in sorted(rounds)]


def _answers(ray: Any, reference: Any) -> list[Any]:
    try:
        answers: list[Any] = ray.get(reference)
    except ray.exceptions.RayError as error:
        cause = getattr(error, "cause", None)
        if isinstance(cause, VnocrError):
            raise cause from error
        raise VnocrError(
            f"the Ray cluster failed: {str(error).strip().splitlines()[-1]}. Is the same "
            "vnocr installed on every node? What was read is kept; run again to go on."
        ) from error
    return answers


def _end_readers(ray: Any, readers: list[Any], *, patient: bool) -> None:
    if patient:
        ray.wait([reader.close.remote() for reader in readers], num_returns=len(readers), timeout=5)
    for reader in readers:
        ray.kill(reader)
