"""A worker reaches neither the network nor files outside its output, nor do its programs."""

from __future__ import annotations

import json
import socket
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.batch.archive import LIMITS, Archive
from tests.batch.readers import burglar
from vnocr.batch.confine import Confinement

TRY = (
    "from vnocr.batch.confine import confine; print(*(lambda c: (c.network, c.files))(confine(())))"
)


def offered() -> Confinement:
    """What this system lets a process of ours give up."""
    done = subprocess.run([sys.executable, "-c", TRY], capture_output=True, text=True, check=True)
    network, files = (word == "True" for word in done.stdout.split())
    return Confinement(network, files)


def burgled(archive: Archive, *, confined: bool, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return what a reader gets away with in a worker."""
    target = archive.add("a.pdf", "the original")
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("VNOCR_TEST_PORT", str(server.getsockname()[1]))
        run = archive.run(reader=burglar, limits=replace(LIMITS, confined=confined))
    assert run.read == 1
    assert target.exists()
    record = json.loads((archive.output / "a.json").read_text())
    return {problem["kind"] for problem in record["problems"]}


def test_without_confinement_everything_is_open(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = burgled(archive, confined=False, monkeypatch=monkeypatch)
    assert taken == {"network", "network-by-program", "files", "files-by-program"}


def test_a_confined_worker_gets_nowhere(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    system = offered()
    if not (system.network and system.files):
        pytest.skip(f"this system offers less: {system}")
    assert burgled(archive, confined=True, monkeypatch=monkeypatch) == set()


@pytest.mark.parametrize("confined", [True, False])
def test_temporary_files_are_private_and_records_are_not(archive: Archive, confined: bool) -> None:
    archive.add("a.pdf", "modes")
    archive.run(reader=burglar, limits=replace(LIMITS, confined=confined))
    record = archive.output / "a.json"
    scratch = next(p for p in json.loads(record.read_text())["problems"] if p["kind"] == "scratch")
    assert scratch["message"] == oct(0o700)
    beside = Path(archive.output / "beside")
    beside.touch()
    assert stat.S_IMODE(record.stat().st_mode) == stat.S_IMODE(beside.stat().st_mode)
