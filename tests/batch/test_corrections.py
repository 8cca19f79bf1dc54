"""What people decided survives the runs of the batch."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.batch.archive import Archive
from tests.batch.readers import Note
from tests.builders import PRODUCER
from vnocr.catalog.correction_log import add_corrections
from vnocr.catalog.recorrect import recorrect
from vnocr.catalog.store import Catalog
from vnocr.model import Correction

FIXED = "13/BC-SNV"


def correct(archive: Archive, path: str = "a.pdf") -> None:
    with Catalog(archive.output / "catalog.sqlite") as catalog:
        sha256 = catalog.file_states()[path].sha256
        one = Correction("u", "2026-01-02", "lan", "field", "number", None, "12/BC-SNV", FIXED)
        add_corrections(catalog, sha256, [one])
        recorrect(catalog, archive.output, sha256)


def numbers(archive: Archive) -> dict[str, Any]:
    found = {
        name: json.loads((archive.output / name).read_text())["fields"]["number"]
        for name in archive.records()
    }
    with Catalog(archive.output / "catalog.sqlite") as catalog:
        listed = {entry.outcome.record: entry.number for entry in catalog.entries()}
    assert {name: listed[name] for name in found} == found
    return found


def test_a_new_dictionary_reads_all_again_and_keeps_the_correction(archive: Archive) -> None:
    archive.add("a.pdf", "one")
    archive.run()
    correct(archive)
    run = archive.run(producer=replace(PRODUCER, dictionary_sha256="d" * 64))
    assert run.read == 1
    assert numbers(archive) == {"a.json": FIXED}


def test_a_correction_follows_moved_and_copied_documents(archive: Archive) -> None:
    path = archive.add("a.pdf", "one")
    archive.run()
    correct(archive)
    path.rename(archive.source / "z.pdf")
    archive.add("copy.pdf", "one")
    run = archive.run()
    assert (run.read, run.moved + run.copied) == (0, 2)
    assert numbers(archive) == {"copy.json": FIXED, "z.json": FIXED}


def test_a_record_that_was_lost_is_read_again_with_its_correction(archive: Archive) -> None:
    archive.add("a.pdf", "one")
    archive.run()
    correct(archive)
    (archive.output / "a.json").unlink()
    assert archive.run().read == 1
    assert numbers(archive) == {"a.json": FIXED}


def test_a_lost_catalog_gets_the_corrections_back_from_the_records(archive: Archive) -> None:
    archive.add("a.pdf", "one")
    archive.run()
    correct(archive)
    for file in archive.output.glob("catalog.sqlite*"):
        file.unlink()
    assert archive.run().adopted == 1
    assert archive.run(producer=replace(PRODUCER, version="9")).read == 1
    assert numbers(archive) == {"a.json": FIXED}


def test_what_is_exported_shows_the_correction(archive: Archive, tmp_path: Path) -> None:
    archive.exports = (Note(),)
    archive.add("a.pdf", "one")
    archive.run()
    correct(archive)
    assert archive.run().exported == 1
    assert (archive.output / "a.note").read_text() == f"{FIXED}: one"


def test_a_correction_made_while_the_batch_runs_is_worked_in_at_its_end(archive: Archive) -> None:
    archive.add("a.pdf", "one")
    archive.run()
    correct(archive)
    with Catalog(archive.output / "catalog.sqlite") as catalog:
        sha256 = catalog.file_states()["a.pdf"].sha256
        late = Correction("v", "2026-01-03", "lan", "field", "subject", None, None, "Mới")
        add_corrections(catalog, sha256, [late])
    archive.run()
    record = json.loads((archive.output / "a.json").read_text())
    assert (record["fields"]["number"], record["fields"]["subject"]) == (FIXED, "Mới")
