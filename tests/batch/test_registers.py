"""A batch heeds the order of the registers of its archive, also over several runs."""

from dataclasses import replace
from pathlib import Path

from tests.batch.archive import Archive
from tests.extract.test_registers import archive as reports
from tests.extract.test_registers import dispatch
from vnocr.catalog.store import Catalog
from vnocr.export.record import from_json
from vnocr.model import Dispatch
from vnocr.pipeline import Toolkit
from vnocr.settings import BatchSettings

PATIENT = BatchSettings(jobs=1, timeout_seconds=120)


def register_reader(path: Path, _: Toolkit) -> Dispatch:
    """Return the report that the file's name stands for."""
    import hashlib

    blurred = dispatch({"790": 0.5, "130": 0.35, "190": 0.05}, {"2024-06-25": 0.97})
    found = reports(x=blurred)[path.stem]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return replace(found, source=replace(found.source, path=str(path), sha256=digest))


def record(archive: Archive, name: str) -> Dispatch:
    return from_json((archive.output / f"{name}.json").read_text(encoding="utf-8"))


def test_a_later_run_hears_the_register_of_the_earlier_one(tmp_path: Path):
    archive = Archive(tmp_path)
    archive.add("x.txt", "x")
    archive.run(reader=register_reader, limits=PATIENT)
    assert record(archive, "x").fields.number == "790/BC-SNV"
    for name in reports():
        archive.add(f"{name}.txt", name)
    archive.run(reader=register_reader, limits=PATIENT)
    found = record(archive, "x")
    assert found.fields.number == "130/BC-SNV"
    with Catalog(archive.output / "catalog.sqlite") as catalog:
        numbers = {entry.outcome.path: entry.number for entry in catalog.entries()}
        review = catalog.outcomes()["x.txt"].needs_review
    assert numbers["x.txt"] == "130/BC-SNV"
    assert review
    again = archive.run(reader=register_reader, limits=PATIENT)
    assert again.finished == 0
    assert record(archive, "x") == found
