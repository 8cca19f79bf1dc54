"""A disk that is full and a network folder that goes away, on real mounts of this machine."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from tests.batch.archive import LIMITS, Archive, FakeToolkit, Recorder
from tests.batch.readers import obedient_reader
from vnocr.batch.run import run_batch
from vnocr.catalog.runs import last_runs
from vnocr.catalog.store import Catalog
from vnocr.errors import InputError, OutputError
from vnocr.model import Outcome

PATIENT = replace(LIMITS, timeout_seconds=60)

Mount = Callable[[Path, str], None]


@pytest.fixture
def mount() -> Iterator[Mount]:
    """A function that mounts a disk of some size in memory; all are unmounted at the end."""
    if os.geteuid() != 0:
        pytest.skip("only root mounts disks")

    with ExitStack() as mounted:

        def mount(folder: Path, size: str) -> None:
            folder.mkdir(exist_ok=True)
            command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder]
            result = subprocess.run(command, capture_output=True, text=True, check=False)
            if result.returncode:
                pytest.skip(f"no disk can be mounted here: {result.stderr.strip()}")
            mounted.callback(subprocess.run, ["umount", "--lazy", folder], check=False)

        yield mount


def grow(folder: Path, size: str) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", folder], check=True)


def test_a_full_disk_ends_the_run_and_the_next_goes_on(archive: Archive, mount: Mount) -> None:
    mount(archive.output, "1m")
    for index in range(300):
        archive.add(f"{index:03}.pdf", f"letter {index}")
    with pytest.raises(OutputError, match=r"(?i)no space|full"):
        archive.run(reader=obedient_reader, limits=PATIENT)
    kept = archive.records()
    assert 0 < len(kept) < 300
    assert not list(archive.output.rglob("*.part"))
    grow(archive.output, "64m")
    run = archive.run(reader=obedient_reader, limits=PATIENT)
    assert (run.ended, run.reasons, run.planned - run.finished) == ("complete", {}, 0)
    assert run.read <= 300 - len(kept) + 2
    assert len(archive.records()) == 300
    with Catalog(archive.output / "catalog.sqlite") as catalog:
        assert len(catalog.outcomes()) == 300


def test_a_disk_too_full_for_the_catalog_is_told(archive: Archive, mount: Mount) -> None:
    mount(archive.output, "16k")
    archive.add("a.pdf", "one")
    with pytest.raises(OutputError):
        archive.run(reader=obedient_reader)
    grow(archive.output, "64m")
    assert archive.run(reader=obedient_reader).read == 1


def test_an_unmounted_folder_loses_and_blames_no_document(archive: Archive, mount: Mount) -> None:
    mount(archive.source, "8m")
    contents = {f"{letter}.pdf": f"long 0.3 {letter}" for letter in "abcdefgh"}
    for name, content in contents.items():
        archive.add(name, content)

    class Unmounter(Recorder):
        def finished(self, outcome: Outcome) -> None:
            super().finished(outcome)
            if archive.source.is_mount():
                subprocess.run(["umount", "--lazy", archive.source], check=True)

    with pytest.raises(InputError, match="went away"):
        run_batch(archive.job(), FakeToolkit(), Unmounter())
    with pytest.raises(InputError, match="mounted"):
        archive.run(reader=obedient_reader)
    with Catalog(archive.output / "catalog.sqlite") as catalog:
        assert not any(outcome.failed for outcome in catalog.outcomes().values())
        assert catalog.absent() == set()
        assert [run.ended for run in last_runs(catalog, 2)] == ["error", "error"]
    mount(archive.source, "8m")
    for name, content in contents.items():
        archive.add(name, content)
    run = archive.run(reader=obedient_reader)
    assert (run.failed, run.vanished, len(archive.records())) == (0, 0, 8)
