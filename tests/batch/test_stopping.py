"""A run stops when it is told to, keeps what it did, and the next goes on."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import psutil
import pytest

from tests.batch.archive import Archive
from tests.batch.readers import obedient_reader
from tests.batch.test_isolation import gone
from vnocr.batch.policy import FailureLimit, Policy
from vnocr.catalog.runs import last_runs
from vnocr.catalog.store import Catalog

ROOT = Path(__file__).parents[2]


def start(archive: Archive) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.batch.night", str(archive.source), str(archive.output)]
    # A shell in the background makes its children deaf to Ctrl-C, and the batch would stay so.
    hearing = ["env", "--default-signal=INT,TERM,HUP", *command]
    return subprocess.Popen(hearing, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def wait_for_records(archive: Archive, more: int = 1) -> None:
    enough = len(archive.records()) + more
    while len(archive.records()) < enough:
        time.sleep(0.01)


def ends(archive: Archive) -> list[str]:
    with Catalog(archive.output / "catalog.sqlite") as catalog:
        return [run.ended for run in last_runs(catalog, 10)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_cleanly(archive: Archive, number: signal.Signals) -> None:
    for index in range(24):
        archive.add(f"{index:02}.pdf", f"long 0.1 {index}")
    process = start(archive)
    wait_for_records(archive)
    workers = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(number)
    out, _ = process.communicate(timeout=10)
    assert out.split() == ["interrupted"]
    assert all(gone(worker.pid) for worker in workers)
    assert ends(archive) == ["interrupted"]
    assert not list(archive.output.glob(".vnocr-tmp"))
    kept = len(archive.records())
    assert 0 < kept < 24
    run = archive.run(reader=obedient_reader)
    assert (run.unchanged + run.adopted + run.read, run.planned - run.finished) == (24, 0)


def test_children_die_with_a_killed_driver(archive: Archive) -> None:
    archive.add("a.pdf", "forks")
    process = start(archive)
    while not (archive.marks.exists() and archive.marks.read_text()):
        time.sleep(0.02)
    process.kill()
    process.communicate()
    assert gone(int(archive.marks.read_text()))
    archive.add("a.pdf", "good")
    archive.run()
    assert ends(archive) == ["complete", "killed"]


def test_too_many_failures_stop_the_run(archive: Archive) -> None:
    for index in range(12):
        archive.add(f"{index:02}.pdf", f"corrupt {index}")
    run = archive.run(Policy(max_failures=FailureLimit(2)), reader=obedient_reader)
    assert run.ended == "too-many-failures"
    assert 3 <= run.failed <= 5
    assert run.planned == 12


def test_a_percentage_is_one_of_the_planned_documents() -> None:
    limit = FailureLimit(5, percent=True)
    assert not limit.passed(failed=10, planned=200)
    assert limit.passed(failed=11, planned=200)


def test_few_failures_do_not_stop_the_run(archive: Archive) -> None:
    archive.add("a.pdf", "corrupt")
    archive.add("b.pdf", "good")
    run = archive.run(Policy(max_failures=FailureLimit(1)))
    assert (run.ended, run.read, run.failed) == ("complete", 1, 1)


def test_a_spent_time_budget_lets_the_work_in_hand_finish(archive: Archive) -> None:
    for index in range(40):
        archive.add(f"{index:02}.pdf", f"long 0.2 {index}")
    run = archive.run(Policy(time_budget=timedelta(seconds=2)), reader=obedient_reader)
    assert run.ended == "time-budget"
    assert run.read < 40
    assert len(archive.records()) == run.read
    assert archive.run(Policy(time_budget=timedelta(0)), reader=obedient_reader).read == 0


@pytest.mark.slow
def test_nothing_is_lost_or_doubled_when_the_batch_is_killed(archive: Archive) -> None:
    chance = random.Random(7)
    count = 300
    for index in range(count):
        archive.add(f"{index % 7}/{index:04}.pdf", f"long 0.01 {index}")
    for _ in range(6):
        process = start(archive)
        wait_for_records(archive, chance.randrange(1, 40))
        time.sleep(chance.random() / 10)
        process.kill()
        process.communicate()
    run = archive.run(reader=obedient_reader)
    assert run.ended == "complete"
    assert 0 < run.read < count
    with Catalog(archive.output / "catalog.sqlite") as catalog:
        outcomes = catalog.outcomes()
    assert len(outcomes) == count
    assert not any(outcome.failed for outcome in outcomes.values())
    for outcome in outcomes.values():
        record = json.loads((archive.output / outcome.record).read_text())
        assert record["source"]["path"] == str(archive.source / outcome.path)
    assert len(archive.records()) == count
    leftovers = {path.name for path in archive.output.glob(".*")}
    assert leftovers == {".vnocr.lock"}
