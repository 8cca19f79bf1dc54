"""Tables open in tools that others wrote, with dates as dates, and no cell runs."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_dispatch
from vnocr.export.cells import guarded
from vnocr.export.sheets import write_csv, write_parquet, write_workbook
from vnocr.export.tables import ARCHIVE_TABLES, DOCUMENTS, TABLES
from vnocr.model import Dispatch, Outcome, Problem

FORMULA = '=HYPERLINK("http://x","lương")'
Records = list[tuple[Outcome, Dispatch | None, str]]


@pytest.fixture
def records() -> Records:
    hostile = make_dispatch("b.pdf", (Problem("extract", "needs-review", "+1 trang", 1),))
    fields = replace(hostile.fields, subject=FORMULA, issuer="@Sở\x00 Nội vụ\x07")
    return [
        (Outcome("a.pdf", "", "a.json"), make_dispatch("a.pdf"), ""),
        (Outcome("-b.pdf", "", "b.json"), replace(hostile, fields=fields), ""),
        (Outcome("c.pdf", "", "c.json", reason="encrypted"), None, "\tprotected"),
    ]


def test_csv_opens_in_excel_and_runs_nothing(tmp_path: Path, records: Records) -> None:
    write_csv(tmp_path / "t.csv", DOCUMENTS, records)
    assert (tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["document"] for row in rows] == ["a.pdf", "'-b.pdf", "c.pdf"]
    assert rows[0]["issue_date"] == "2024-02-05"
    assert rows[1]["subject"] == f"'{FORMULA}"
    assert not any(value.startswith(tuple("=+-@\t\r")) for row in rows for value in row.values())


@given(st.text())
def test_no_guarded_text_runs_and_none_is_lost(text: str) -> None:
    safe = guarded(text)
    assert not safe.startswith(tuple("=+-@\t\r"))
    assert safe in (text, f"'{text}")


@given(st.text(alphabet="'=+ a"), st.text(alphabet="'=+ a"))
def test_guarding_is_reversible(one: str, other: str) -> None:
    assert (guarded(one) == guarded(other)) == (one == other)


def test_the_workbook_has_sheets_dates_filters_and_no_formula(
    tmp_path: Path, records: Records
) -> None:
    write_workbook(tmp_path / "t.xlsx", list(TABLES.values()), records)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["documents", "directives", "references", "problems"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert FORMULA in [cell.value for cell in cells]  # as it is: a text cannot run
    sheet = book["documents"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:AB4")
    assert (sheet["C2"].value, sheet["C2"].number_format) == (datetime(2024, 2, 5), "dd/mm/yyyy")
    assert sheet["AA4"].value == "encrypted"
    assert book["directives"]["J2"].value == datetime(2024, 3, 1)
    assert book["problems"]["D2"].value == "+1 trang"


def test_parquet_keeps_kinds(tmp_path: Path, records: Records) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    write_parquet(tmp_path / "t.parquet", DOCUMENTS, records)
    rows = parquet.read_table(tmp_path / "t.parquet").to_pylist()
    assert rows[0]["issue_date"] == date(2024, 2, 5)
    assert rows[0]["recipients_to"] == ["Sở Nội vụ"]
    assert rows[1]["subject"] == FORMULA
    assert (rows[2]["state"], rows[2]["pages"]) == ("encrypted", None)


def test_archive_fields_have_their_names_and_lengths(tmp_path: Path) -> None:
    dispatch = make_dispatch()
    long = replace(dispatch, fields=replace(dispatch.fields, subject="x" * 600, serial="1" * 12))
    write_csv(tmp_path / "t.csv", ARCHIVE_TABLES["tt05"], [(Outcome("a", "", "a"), long, "")])
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert len(row) == 19
    assert (row["typeName"], row["issuedDate"]) == ("Báo cáo", "05/02/2024")
    assert (row["codeNotation"], row["confidenceLevel"]) == ("BC-SNV", "Số hóa")
    assert (len(row["subject"]), row["subject"][-1], row["codeNumber"]) == (500, "…", "")
