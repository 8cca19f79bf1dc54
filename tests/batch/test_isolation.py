"""What a bad document started dies with it, and nothing of it stays."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from tests.batch.archive import HASTY, LIMITS, Archive
from tests.batch.readers import obedient_reader, warm_reader
from tests.builders import write_file
from vnocr.batch.supervise import Crew
from vnocr.batch.worker_process import Limits
from vnocr.errors import MissingToolError, OutputError, VnocrError


def gone(pid: int) -> bool:
    """Whether process `pid` has ended, or ends within moments."""
    for _ in range(50):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(("content", "reason"), [("forks", "timeout"), ("forks crash", "crashed")])
def test_children_die_with_their_worker(archive: Archive, content: str, reason: str) -> None:
    archive.add("a.pdf", content)
    archive.add("b.pdf", "good")
    run = archive.run(reader=obedient_reader, limits=HASTY)
    assert (run.read, run.reasons) == (1, {reason: 1})
    assert gone(int(archive.marks.read_text()))
    assert sorted(path.name for path in archive.output.iterdir() if path.name != "b.json") == [
        ".vnocr.lock",
        "catalog.sqlite",
        "report.html",
    ]


def test_workers_are_born_with_the_models(archive: Archive) -> None:
    archive.add("a.pdf", "good")
    archive.run(reader=warm_reader, limits=LIMITS)
    record = json.loads((archive.output / "a.json").read_text())
    found = [problem["kind"] for problem in record["problems"]]
    assert found == ["extractor", "letterhead_reader", "restorer"]


def test_memory_of_children_counts(archive: Archive) -> None:
    archive.add("a.pdf", "grow")
    archive.add("b.pdf", "good")
    run = archive.run(
        reader=obedient_reader,
        limits=replace(LIMITS, jobs=1, timeout_seconds=30, memory_megabytes=300),
    )
    assert run.reasons == {"out-of-memory": 1}
    assert "batch.memory_megabytes" in archive.outcomes["a.pdf"].message
    assert run.read == 1


def test_a_loop_that_holds_the_interpreter_is_ended(archive: Archive) -> None:
    archive.add("a.pdf", "spin")
    assert archive.run(reader=obedient_reader, limits=HASTY).reasons == {"timeout": 1}


@pytest.mark.parametrize(
    ("content", "error"), [("full", OutputError), ("toolless", MissingToolError)]
)
def test_what_would_meet_every_document_stops_the_run(
    archive: Archive, content: str, error: type[VnocrError]
) -> None:
    archive.add("a.pdf", content)
    with pytest.raises(error):
        archive.run(reader=obedient_reader)
    archive.add("a.pdf", "good again")
    assert archive.run().read == 1


def test_workers_that_cannot_start_end_the_run(tmp_path: Path) -> None:
    scratch = write_file(tmp_path / "scratch", "a file where a folder must be")
    crew: Crew[str, int] = Crew(len, 1, Limits(5, 1024), scratch)
    with crew, pytest.raises(VnocrError, match="do not start"):
        list(crew.run(iter(["one"]), lambda: False))


def test_a_file_that_changes_while_it_is_read_is_read_again(archive: Archive) -> None:
    archive.add("a.pdf", "rewrite")
    assert archive.run(reader=obedient_reader).reasons == {"changed": 1}
    archive.add("a.pdf", "settled now")
    assert archive.run().read == 1


def test_leftovers_of_a_killed_run_are_removed(archive: Archive) -> None:
    archive.add("a.pdf", "good")
    stray = archive.output / ".vnocr-tmp" / "worker-0" / "page.ppm"
    stray.parent.mkdir(parents=True)
    stray.write_text("x")
    archive.run()
    assert not stray.parent.parent.exists()
