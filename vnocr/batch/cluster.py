"""The same batch on a Ray cluster whose nodes share the source and the output folder.

Each actor supervises one warm worker process, so that a document is as isolated as on
one machine; the driver alone writes the catalog. Ray restarts the actors of a lost node
elsewhere and gives them their calls again; a record written twice is the same record.
"""

from __future__ import annotations

import logging
import shutil
import signal
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from vnocr.batch.stop import Stop
from vnocr.batch.supervise import Crew, Death
from vnocr.batch.worker_process import Limits
from vnocr.errors import MissingToolError

Item = TypeVar("Item")
Answer = TypeVar("Answer")

# One document in hand and one waiting at each actor: no pause between them, and the
# driver never holds more results than twice the workers.
_IN_FLIGHT = 2
_TICK_SECONDS = 0.5


class NodeReader:
    """Works on documents on one node, in a worker process of its own."""

    def __init__(self, function: Callable[[Any], Any], limits: Limits) -> None:
        # Pictures of pages stay on the node; only records go to the shared folder.
        self._folder = Path(tempfile.mkdtemp(prefix="vnocr-"))
        self._crew: Crew[Any, Any] = Crew(function, 1, limits, self._folder)

    def read(self, item: Any) -> Any:
        """Return what became of one document."""
        ((_, answer),) = self._crew.run(iter([item]), lambda: False)
        return answer

    def close(self) -> None:
        """End the worker process and remove its temporary files."""
        self._crew.__exit__(None)
        shutil.rmtree(self._folder, ignore_errors=True)


def run_on_cluster(
    items: Iterator[Item],
    function: Callable[[Item], Answer],
    jobs: int,
    limits: Limits,
    stop: Stop,
) -> Iterator[tuple[Item, Answer | Death]]:
    """Yield every item with its answer, in the order of finishing; `jobs` 0: one a core.

    Joins the cluster that RAY_ADDRESS names or that runs on this machine. Raises
    MissingToolError if Ray is not installed or no cluster is running.
    """
    ray = _joined_cluster()
    readers = _start_readers(ray, function, jobs, limits)
    free = deque(reader for reader in readers for _ in range(_IN_FLIGHT))
    waiting: dict[Any, tuple[Item, Any]] = {}
    try:
        while not stop.interrupted():
            for item in islice(items, len(free)):
                reader = free.popleft()
                waiting[reader.read.remote(item)] = (item, reader)
            if not waiting:
                return
            done, _ = ray.wait(list(waiting), num_returns=1, timeout=_TICK_SECONDS)
            for reference in done:
                item, reader = waiting.pop(reference)
                free.append(reader)
                yield item, ray.get(reference)
    finally:
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
    processors = int(ray.cluster_resources().get("CPU", 1))
    # No processor is reserved: the readers of a lost node must find a place on a full one.
    actor = ray.remote(max_restarts=-1, max_task_retries=-1, scheduling_strategy="SPREAD")(
        NodeReader
    )
    return [actor.remote(function, limits) for _ in range(jobs or processors)]


def _end_readers(ray: Any, readers: list[Any], *, patient: bool) -> None:
    if patient:
        ray.wait([reader.close.remote() for reader in readers], num_returns=len(readers), timeout=5)
    for reader in readers:
        ray.kill(reader)
