"""Further files beside the records: they follow what becomes of a document."""

from __future__ import annotations

import os

import pytest

from tests.batch.archive import Archive
from tests.batch.readers import Note, obedient_reader
from vnocr.catalog.store import Catalog
from vnocr.errors import OutputError
from vnocr.model import Remark


@pytest.fixture
def noting(archive: Archive) -> Archive:
    archive.exports = (Note(),)
    return archive


def notes(archive: Archive) -> list[str]:
    return sorted(
        path.relative_to(archive.output).as_posix() for path in archive.output.rglob("*.note")
    )


def test_every_record_gets_its_export_once(noting: Archive) -> None:
    noting.add("a/b.pdf", "one")
    noting.add("a/b.tif", "two")
    noting.add("c.pdf", "one")
    run = noting.run()
    assert (run.read, run.copied, run.exported) == (2, 1, 3)
    assert notes(noting) == ["a/b.note", "a/b.tif.note", "c.note"]
    assert (noting.output / "a" / "b.note").read_text() == "12/BC-SNV: one"
    assert noting.run().exported == 0


def test_exports_asked_for_later_are_made_without_reading(archive: Archive) -> None:
    archive.add("a.pdf", "one")
    archive.run()
    archive.exports = (Note(), Note(".second"))
    run = archive.run()
    assert (run.read, run.unchanged, run.exported) == (0, 1, 1)
    assert (archive.output / "a.second").exists()


def test_what_is_to_be_known_of_an_export_stays_until_it_is_made_again(noting: Archive) -> None:
    noting.add("a.pdf", "odd")
    noting.run()
    noting.exports = (Note(), Note(".second"))
    noting.run()
    with Catalog(noting.output / "catalog.sqlite") as catalog:
        remarks = catalog.outcomes()["a.pdf"].remarks
    assert remarks == (Remark(".note", "odd, but noted"), Remark(".second", "odd, but noted"))
    assert "odd, but noted" in (noting.output / "report.html").read_text()
    noting.add("a.pdf", "even")
    noting.run()
    with Catalog(noting.output / "catalog.sqlite") as catalog:
        assert catalog.outcomes()["a.pdf"].remarks == ()


def test_texts_are_counted_as_without_exports(noting: Archive) -> None:
    noting.add("a.pdf", "one")
    noting.add("b.txt", "two")
    run = noting.run()
    assert (run.exported, run.pageless) == (1, 1)
    assert notes(noting) == ["a.note"]
    assert noting.run().pageless == 1


def test_a_record_that_was_corrected_since_is_exported_again(noting: Archive) -> None:
    noting.add("a.pdf", "one")
    noting.run()
    record = noting.output / "a.json"
    record.write_text(record.read_text().replace("12/BC-SNV", "99/BC-SNV"))
    later = (noting.output / "a.note").stat().st_mtime_ns + 1
    os.utime(record, ns=(later, later))
    assert noting.run().exported == 1
    assert (noting.output / "a.note").read_text() == "99/BC-SNV: one"


def test_exports_leave_with_a_renamed_or_changed_document(noting: Archive) -> None:
    path = noting.add("a.pdf", "one")
    noting.add("b.pdf", "two")
    noting.run()
    path.rename(noting.source / "z.pdf")
    noting.add("b.pdf", "something else")
    noting.exports = ()
    run = noting.run()
    assert (run.moved, run.read) == (1, 1)
    assert notes(noting) == []


@pytest.mark.parametrize("content", ["unnotable", "crashing-note"])
def test_a_failed_export_keeps_the_record_and_waits_for_retry(
    noting: Archive, content: str
) -> None:
    noting.add("a.pdf", content)
    noting.add("b.pdf", "good")
    run = noting.run(reader=obedient_reader)
    assert (run.read, run.failed, run.exported, run.export_failed) == (2, 0, 1, 1)
    with Catalog(noting.output / "catalog.sqlite") as catalog:
        outcome = catalog.outcomes()["a.pdf"]
        assert not outcome.failed
        assert outcome.message
    assert noting.run().export_failed == 0
    assert noting.run(retry_failed=True).export_failed == 1


def test_a_full_disk_ends_the_exports(noting: Archive) -> None:
    noting.add("a.pdf", "full-note")
    with pytest.raises(OutputError, match="No space left"):
        noting.run(reader=obedient_reader)
