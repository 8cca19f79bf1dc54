"""Renamed, copied, deleted, odd and lost files are recognised."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.batch.archive import Archive, FakeToolkit, Recorder
from tests.batch.readers import Note, careful_reader, obedient_reader
from vnocr.batch.policy import Policy
from vnocr.batch.run import run_batch
from vnocr.catalog.store import Catalog
from vnocr.errors import InputError
from vnocr.model import Outcome


def known(archive: Archive) -> set[str]:
    with Catalog(archive.output / "catalog.sqlite") as catalog:
        return set(catalog.outcomes())


def test_a_renamed_document_leaves_nothing_under_its_old_name(archive: Archive) -> None:
    path = archive.add("a.pdf", "one")
    archive.run()
    path.rename(archive.source / "z.pdf")
    run = archive.run()
    assert (run.read, run.moved) == (0, 1)
    assert archive.records() == ["z.json"]
    assert known(archive) == {"z.pdf"}


def test_copies_are_read_once(archive: Archive) -> None:
    for name in ("a.pdf", "b.pdf", "c/d.pdf"):
        archive.add(name, "the same")
    run = archive.run()
    assert (run.read, run.copied, archive.readings()) == (1, 2, ["a.pdf"])
    archive.add("e.pdf", "the same")
    assert archive.run().copied == 1
    record = json.loads((archive.output / "c" / "d.json").read_text())
    assert record["source"]["path"].endswith("in/c/d.pdf")


def test_copies_of_a_bad_document_fail_without_being_read(archive: Archive) -> None:
    archive.add("a.pdf", "corrupt")
    archive.add("b.pdf", "corrupt")
    assert archive.run().reasons == {"corrupt": 2}
    assert archive.readings() == ["a.pdf"]


def test_a_deleted_document_keeps_its_record_and_is_told(archive: Archive) -> None:
    archive.add("a.pdf", "one")
    path = archive.add("b.pdf", "two")
    archive.run()
    path.unlink()
    assert archive.run().vanished == 1
    assert archive.records() == ["a.json", "b.json"]
    with Catalog(archive.output / "catalog.sqlite") as catalog:
        assert catalog.absent() == {"b.pdf"}
    archive.add("b.pdf", "two")
    assert archive.run().unchanged == 2
    with Catalog(archive.output / "catalog.sqlite") as catalog:
        assert catalog.absent() == set()


def test_an_unmounted_source_is_not_ten_thousand_deletions(archive: Archive) -> None:
    archive.add("a.pdf", "one")
    archive.run()
    (archive.source / "a.pdf").unlink()
    with pytest.raises(InputError, match="mounted"):
        archive.run()


def test_a_source_that_goes_away_ends_the_run_without_failures(archive: Archive) -> None:
    for name in "abcdef":
        archive.add(f"{name}.pdf", f"long 0.3 {name}")

    class Thief(Recorder):
        def finished(self, outcome: Outcome) -> None:
            super().finished(outcome)
            if archive.source.exists():
                archive.source.rename(archive.source.parent / "elsewhere")

    with pytest.raises(InputError, match="went away"):
        run_batch(archive.job(), FakeToolkit(), Thief())
    with Catalog(archive.output / "catalog.sqlite") as catalog:
        assert not any(outcome.failed for outcome in catalog.outcomes().values())
    (archive.source.parent / "elsewhere").rename(archive.source)
    run = archive.run(reader=obedient_reader)
    assert run.failed == 0
    assert len(known(archive)) == 6


def test_a_lost_catalog_is_filled_from_the_records(archive: Archive) -> None:
    archive.add("a.pdf", "one")
    archive.add("b.pdf", "two")
    archive.run()
    for name in archive.output.glob("catalog.sqlite*"):
        name.unlink()
    archive.add("b.pdf", "changed since")
    run = archive.run()
    assert (run.adopted, run.read) == (1, 1)
    assert archive.readings() == ["a.pdf", "b.pdf", "b.pdf"]


def test_old_files_are_left_alone(archive: Archive) -> None:
    old = archive.add("old.pdf", "old")
    archive.run()
    os.utime(old, (1, 1))
    archive.add("new.pdf", "new")
    run = archive.run(Policy(since=datetime.now(UTC) - timedelta(hours=1)))
    assert (run.read, run.vanished, run.unchanged) == (1, 0, 0)


def test_a_name_that_is_not_utf8_is_read(archive: Archive) -> None:
    (archive.source / os.fsdecode(b"C\xabng v\xa8n.txt")).write_text("one")
    assert archive.run(reader=obedient_reader).read == 1
    (path,) = archive.output.rglob("*.json")
    record = json.loads(path.read_bytes().decode("utf-8"))
    assert "\\udcab" in record["source"]["path"]
    assert archive.run().unchanged == 1


def test_a_name_as_long_as_names_can_be_gets_a_shorter_record(archive: Archive) -> None:
    names = ["x" * 250 + "1.pdf", "x" * 250 + "2.pdf", "d/" + "ử" * 83 + "yy.pdf"]
    for name in names:
        archive.add(name, name)
    archive.exports = (Note(".long-ending"),)
    run = archive.run(reader=obedient_reader)
    assert (run.read, run.exported) == (3, 3)
    assert len(set(archive.records())) == 3
    assert archive.run().unchanged == 3


def test_a_folder_that_cannot_be_listed_stops_nothing(archive: Archive) -> None:
    archive.add("closed/a.pdf", "one")
    archive.add("open/b.pdf", "two")
    archive.add("closed.pdf", "not to be taken for the folder")
    closed = archive.source / "closed"
    archive.run(reader=careful_reader)
    closed.chmod(0)
    try:
        if os.access(closed, os.R_OK):
            as_ordinary_user("test_a_folder_that_cannot_be_listed_stops_nothing")
            return
        archive.add("open/c.pdf", "three")
        run = archive.run(reader=careful_reader)
        assert (run.read, run.failed, run.unchanged, run.vanished) == (1, 1, 2, 0)
        assert "permission" in archive.outcomes["closed/"].message
        assert archive.run(reader=careful_reader).failed_before == 1
    finally:
        closed.chmod(0o700)
    run = archive.run(reader=careful_reader)
    assert (run.unchanged, run.failed_before, run.vanished) == (4, 0, 0)
    assert known(archive) == {"closed.pdf", "closed/a.pdf", "open/b.pdf", "open/c.pdf"}


def test_a_folder_that_gives_names_only_stops_nothing(archive: Archive) -> None:
    archive.add("names/a.pdf", "one")
    archive.add("open/b.pdf", "two")
    names = archive.source / "names"
    names.chmod(0o400)
    try:
        if os.access(names, os.X_OK):
            as_ordinary_user("test_a_folder_that_gives_names_only_stops_nothing")
            return
        run = archive.run(reader=careful_reader)
        assert (run.read, run.failed) == (1, 1)
        assert "permission" in archive.outcomes["names/a.pdf"].message
    finally:
        names.chmod(0o700)


def as_ordinary_user(test: str) -> None:
    """Run `test` without the right of root to read everything."""
    if os.environ.get("VNOCR_TEST_UNPRIVILEGED") or not shutil.which("setpriv"):
        pytest.skip("root reads every folder here")
    bound = "-dac_override,-dac_read_search"
    pytest_alone = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"]
    done = subprocess.run(
        ["setpriv", "--bounding-set", bound, *pytest_alone, f"{__file__}::{test}"],
        env={**os.environ, "VNOCR_TEST_UNPRIVILEGED": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


def test_the_source_is_untouched(archive: Archive) -> None:
    archive.add("a.pdf", "one")
    archive.add("b.pdf", "corrupt")
    before = shutil.make_archive(str(archive.source.parent / "before"), "tar", archive.source)
    archive.run()
    after = shutil.make_archive(str(archive.source.parent / "after"), "tar", archive.source)
    assert Path(before).read_bytes() == Path(after).read_bytes()
