"""The same batch on a real cluster of two nodes gives the same records."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.batch.archive import LIMITS, Archive, FakeToolkit, Recorder
from vnocr.batch.policy import Job
from vnocr.batch.run import run_batch
from vnocr.errors import MissingToolError
from vnocr.model import Outcome

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed"),
]


def run(archive: Archive, listener: Recorder | None = None) -> Any:
    job = Job(archive.source, archive.output, engine="ray", reader=archive.job().reader)
    return run_batch(job, FakeToolkit(limits=LIMITS), listener or Recorder())


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Two nodes of one processor each, bound to this machine."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    # Read when Ray is imported: without it Ray binds to an address of the network.
    monkeypatch.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
    import ray
    from ray.cluster_utils import Cluster

    node = {"num_cpus": 1, "object_store_memory": 80 << 20, "node_ip_address": "127.0.0.1"}
    cluster = Cluster(initialize_head=True, head_node_args={**node, "include_dashboard": False})
    cluster.add_node(**node)
    monkeypatch.setenv("RAY_ADDRESS", cluster.address)
    yield cluster
    ray.shutdown()
    cluster.shutdown()


def test_a_lost_node_loses_no_document(archive: Archive, cluster: Any) -> None:
    for index in range(40):
        archive.add(f"{index % 3}/{index:02}.pdf", f"long 0.3 {index}")
    archive.add("bad.pdf", "corrupt")
    archive.add("dead.pdf", "crash")
    (second,) = [node for node in cluster.list_all_nodes() if node is not cluster.head_node]

    class Saboteur(Recorder):
        def finished(self, outcome: Outcome) -> None:
            super().finished(outcome)
            if len(self.outcomes) == 8:
                threading.Thread(target=cluster.remove_node, args=(second, False)).start()

    result = run(archive, Saboteur())
    assert (result.ended, result.read) == ("complete", 40)
    assert result.reasons == {"corrupt": 1, "crashed": 1}
    on_cluster = records(archive)
    archive.output = archive.output.parent / "local"
    archive.run(reader=archive.job().reader)
    assert records(archive) == on_cluster
    time.sleep(0.5)
    assert not list((archive.output.parent / "out").glob(".vnocr-tmp"))


def records(archive: Archive) -> dict[str, Any]:
    return {name: json.loads((archive.output / name).read_text()) for name in archive.records()}


def test_without_a_cluster_the_remedy_is_told(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ray

    def refuse(**_: object) -> None:
        raise ConnectionError("Could not find any running Ray instance")

    monkeypatch.setattr(ray, "init", refuse)  # Ray itself looks for a cluster for minutes
    archive.add("a.pdf", "one")
    with pytest.raises(MissingToolError, match="ray start"):
        run(archive)
