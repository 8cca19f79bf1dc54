"""The batch: only new work, nothing lost, one bad document never harms another."""

from __future__ import annotations

import json
import os

import pytest
from filelock import FileLock

from tests.batch.archive import HASTY, Archive, FakeToolkit, Recorder
from tests.batch.readers import obedient_reader
from tests.builders import write_file
from vnocr.batch.run import run_batch
from vnocr.catalog.store import Catalog
from vnocr.errors import InputError, LockedError, MissingToolError, NotFoundError
from vnocr.model import Outcome, Producer


def test_the_output_mirrors_the_source(archive: Archive) -> None:
    archive.add("a/b.pdf", "one")
    archive.add("c.txt", "two")
    archive.add("notes.docx", "not ours")
    archive.add(".hidden.pdf", "not ours either")
    report = archive.run()
    assert (report.read, report.pages, report.failed) == (2, 2, 0)
    assert archive.records() == ["a/b.json", "c.json"]


def test_two_documents_of_one_name_get_two_records(archive: Archive) -> None:
    archive.add("a.pdf", "one")
    archive.run()
    archive.add("a.tif", "two")
    archive.run()
    assert archive.records() == ["a.json", "a.tif.json"]
    source = json.loads((archive.output / "a.json").read_text())["source"]["path"]
    assert source.endswith("a.pdf")


def test_a_second_run_does_nothing(archive: Archive) -> None:
    archive.add("a.pdf", "one")
    archive.run()
    before = (archive.output / "a.json").stat().st_mtime_ns
    report = archive.run()
    assert (report.read, report.unchanged) == (0, 1)
    assert archive.readings() == ["a.pdf"]
    assert (archive.output / "a.json").stat().st_mtime_ns == before


def test_a_changed_document_is_read_again(archive: Archive) -> None:
    archive.add("a.pdf", "one")
    archive.run()
    archive.add("a.pdf", "two, longer")
    assert archive.run().read == 1


def test_a_touched_document_is_not(archive: Archive) -> None:
    path = archive.add("a.pdf", "one")
    archive.run()
    os.utime(path, (1, 1))
    assert archive.run().unchanged == 1


def test_new_dictionaries_read_all_again(archive: Archive) -> None:
    archive.add("a.pdf", "one")
    archive.run()
    assert archive.run(producer=Producer("1.0", "a" * 64, "f" * 64)).read == 1


def test_a_renamed_document_keeps_its_record(archive: Archive) -> None:
    path = archive.add("a.pdf", "one")
    archive.run()
    path.rename(archive.source / "z.pdf")
    report = archive.run()
    assert (report.read, report.moved, report.vanished) == (0, 1, 1)
    assert archive.readings() == ["a.pdf"]
    record = json.loads((archive.output / "z.json").read_text())
    assert record["source"]["path"] == str(archive.source / "z.pdf")


def test_a_lost_record_is_made_again(archive: Archive) -> None:
    archive.add("a.pdf", "one")
    archive.run()
    (archive.output / "a.json").unlink()
    assert archive.run().read == 1
    assert archive.records() == ["a.json"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [("crash", "crashed"), ("hang", "timeout"), ("eat", "out-of-memory"), ("bug", "bug")],
)
def test_one_bad_document_never_harms_the_others(
    archive: Archive, content: str, reason: str
) -> None:
    for name in "abdefg":
        archive.add(f"{name}.pdf", f"good {name}")
    archive.add("c.pdf", content)
    report = archive.run(reader=obedient_reader, limits=HASTY)
    assert (report.read, report.failed) == (6, 1)
    assert archive.outcomes["c.pdf"].reason == reason
    assert archive.outcomes["c.pdf"].message
    assert len(archive.records()) == 6


def test_a_failure_is_kept_and_retried_only_on_request(archive: Archive) -> None:
    archive.add("a.pdf", "corrupt")
    assert archive.run().failed == 1
    assert archive.outcomes["a.pdf"].reason == "corrupt"
    report = archive.run()
    assert (report.failed, report.failed_before) == (0, 1)
    assert archive.run(retry_failed=True).failed == 1
    assert archive.outcomes["a.pdf"].attempts == 2
    assert archive.readings() == ["a.pdf", "a.pdf"]


def test_documents_to_check_are_counted(archive: Archive) -> None:
    archive.add("a.pdf", "doubt")
    assert archive.run().needs_review == 1


def test_an_interrupted_run_goes_on_where_it_stopped(archive: Archive) -> None:
    for name in "abcdef":
        archive.add(f"{name}.pdf", name)

    class Impatient(Recorder):
        def finished(self, outcome: Outcome) -> None:
            super().finished(outcome)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch(archive.job(), FakeToolkit(), Impatient())
    report = archive.run(reader=obedient_reader)
    assert report.unchanged >= 1
    assert report.read + report.unchanged + report.adopted == 6
    with Catalog(archive.output / "catalog.sqlite") as catalog:
        assert len(catalog.outcomes()) == 6
    assert not list(archive.output.rglob("*.part"))


def test_a_second_run_at_once_is_refused(archive: Archive) -> None:
    archive.output.mkdir()
    with FileLock(archive.output / ".vnocr.lock"), pytest.raises(LockedError, match="another"):
        archive.run()


def test_an_output_inside_the_source_is_not_read(archive: Archive) -> None:
    archive.add("a.txt", "one")
    archive.output = archive.source / "out"
    archive.run()
    write_file(archive.output / "stray.txt", "export")
    assert archive.run().unchanged == 1


def test_the_output_of_another_batch_is_no_source(archive: Archive) -> None:
    archive.add("a.txt", "one")
    archive.add("records/derived.pdf", "an export")
    archive.add("records/.vnocr.lock", "")
    assert archive.run().read == 1


def test_the_source_is_no_output(archive: Archive) -> None:
    archive.add("a.txt", "one")
    archive.output = archive.source
    with pytest.raises(InputError, match="never changed"):
        archive.run()
    assert sorted(path.name for path in archive.source.iterdir()) == ["a.txt"]


def test_an_unreadable_link_is_skipped(archive: Archive) -> None:
    archive.add("a.pdf", "one")
    (archive.source / "b.pdf").symlink_to("nowhere.pdf")
    (archive.source / "loop").symlink_to(archive.source)
    assert archive.run().read == 1


def test_the_source_must_be_a_folder(archive: Archive) -> None:
    archive.source.rmdir()
    with pytest.raises(NotFoundError, match="no such folder"):
        archive.run()
    archive.source.write_text("")
    with pytest.raises(InputError, match="not a folder"):
        archive.run()


def test_a_missing_recogniser_stops_the_run_before_any_work(archive: Archive) -> None:
    archive.add("a.pdf", "one")

    class Bare(FakeToolkit):
        @property
        def engine(self) -> None:  # type: ignore[override]
            raise MissingToolError("no tesseract")

    with pytest.raises(MissingToolError):
        run_batch(archive.job(), Bare(), Recorder())
    assert archive.records() == []
