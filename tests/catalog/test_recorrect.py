"""A correction reaches the record, the lists and the search, in either database."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import make_dispatch
from vnocr.catalog.correction_log import add_corrections, corrections_of, outdated
from vnocr.catalog.recorrect import read_record, recorrect
from vnocr.catalog.register import RegisterQuery, find_directives
from vnocr.catalog.rows import rows_of
from vnocr.catalog.search import SearchQuery, search
from vnocr.catalog.store import Catalog, FileState
from vnocr.errors import InputError
from vnocr.export.record import to_json
from vnocr.model import Box, Correction, Dispatch, Outcome, Place

NUMBER = Correction("u1", "2026-01-02", "lan", "field", "number", None, "12/BC-SNV", "17/BC-SNV")
WORD = Correction(
    "u2", "2026-01-03", "lan", "word", "", Place(1, Box(1, 2, 3, 4), "thyc", 1, 0), "thực", "thược"
)
ORDER = Correction(
    "u3",
    "2026-01-04",
    "lan",
    "directive",
    "",
    Place(1, None, "Báo cáo kết quả", 0, 0),
    {"assignee": "Sở Y tế"},
    {"assignee": "Sở Nội vụ"},
)


def keep(catalog: Catalog, output: Path, path: str, dispatch: Dispatch) -> None:
    record = f"{path}.json"
    (output / record).write_text(to_json(dispatch), encoding="utf-8")
    catalog.remember_files([FileState(path, 1, 1, dispatch.source.sha256)])
    catalog.save(Outcome(path, "k", record, needs_review=True), rows_of(dispatch))


def test_everything_that_reads_records_shows_the_correction(
    where: Path | str, tmp_path: Path
) -> None:
    with Catalog(where) as catalog:
        for path in ("a.pdf", "copy.pdf"):
            keep(catalog, tmp_path, path, make_dispatch(path))
        keep(catalog, tmp_path, "other.pdf", _other(make_dispatch("other.pdf")))
        add_corrections(catalog, "c" * 64, [NUMBER, WORD, ORDER])
        add_corrections(catalog, "c" * 64, [NUMBER])
        assert corrections_of(catalog, "c" * 64) == (NUMBER, WORD, ORDER)
        assert recorrect(catalog, tmp_path, "c" * 64) == ("a.pdf", "copy.pdf")
        assert outdated(catalog) == []
        assert recorrect(catalog, tmp_path) == ()
        numbers = {entry.outcome.path: entry.number for entry in catalog.entries()}
        assert numbers == {"a.pdf": "17/BC-SNV", "copy.pdf": "17/BC-SNV", "other.pdf": "12/BC-SNV"}
        hits = [hit.document for hit in search(catalog, SearchQuery("thược"))]
        assert set(hits[:2]) == {"a.pdf", "copy.pdf"}  # equal, so in either order
        found = find_directives(catalog, RegisterQuery(assignee="so noi vu"))
        assert [entry.document for entry in found] == ["a.pdf", "copy.pdf"]
        assert catalog.outcomes(["a.pdf"])["a.pdf"].needs_review is False
    record = json.loads((tmp_path / "a.pdf.json").read_text())
    assert record["fields"]["number"] == "17/BC-SNV"
    assert record["corrected"]["corrections"][0]["author"] == "lan"


def test_a_new_catalog_learns_the_corrections_from_the_records(tmp_path: Path) -> None:
    with Catalog(tmp_path / "one.sqlite") as catalog:
        keep(catalog, tmp_path, "a.pdf", make_dispatch())
        add_corrections(catalog, "c" * 64, [NUMBER, WORD])
        recorrect(catalog, tmp_path)
    dispatch = read_record(tmp_path, "a.pdf.json")
    with Catalog(tmp_path / "two.sqlite") as catalog:
        catalog.remember_files([FileState("a.pdf", 1, 1, "c" * 64)])
        catalog.save(Outcome("a.pdf", "k", "a.pdf.json"), rows_of(dispatch))
        assert corrections_of(catalog, "c" * 64) == (NUMBER, WORD)
        assert outdated(catalog) == []


def test_a_crash_before_the_record_was_written_is_mended(tmp_path: Path) -> None:
    with Catalog(tmp_path / "c.sqlite") as catalog:
        keep(catalog, tmp_path, "a.pdf", make_dispatch())
        add_corrections(catalog, "c" * 64, [NUMBER])
        assert outdated(catalog) == ["a.pdf"]
        assert recorrect(catalog, tmp_path) == ("a.pdf",)


@pytest.mark.parametrize("content", [None, "{}", "\xff"])
def test_a_record_that_cannot_be_read_is_told(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "a.json").write_bytes(content.encode("latin-1"))
    with pytest.raises(InputError, match=r"a\.json.*vnocr batch"):
        read_record(tmp_path, "a.json")


def _other(dispatch: Dispatch) -> Dispatch:
    return replace(dispatch, source=replace(dispatch.source, sha256="d" * 64))
