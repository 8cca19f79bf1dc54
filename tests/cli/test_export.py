"""`vnocr export` and the formats of `vnocr read` that other programs take, as they are typed."""

from __future__ import annotations

import csv
import io
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pikepdf
import pyarrow.parquet
import pytest
from click.testing import CliRunner, Result

import vnocr.cli.read
from tests.builders import make_dispatch, write_file
from tests.export.scans import dispatch_of, page_of, write_scan
from vnocr.catalog.rows import rows_of
from vnocr.catalog.store import CATALOG_NAME, Catalog
from vnocr.cli.main import cli
from vnocr.errors import NotFoundError, OutputError
from vnocr.export.record import to_json
from vnocr.model import Outcome

FORMULA = '=HYPERLINK("http://x";"Kính gửi")'


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A catalog of one dispatch with a formula for a subject, one failure, one lost record."""
    output = tmp_path / "records"
    made = make_dispatch()
    dispatch = replace(made, fields=replace(made.fields, subject=FORMULA))
    write_file(output / "a.json", to_json(dispatch))
    with Catalog(output / CATALOG_NAME) as catalog:
        catalog.save(Outcome("a.pdf", "k", "a.json"), rows_of(dispatch))
        catalog.save(Outcome("b.pdf", "l", "", "corrupt", "b.pdf: damaged"), None)
        catalog.save(Outcome("../../c.pdf", "m", "../../c.json"), rows_of(dispatch))
    return output


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def export(archive: Path, form: str, name: str, *options: str) -> Path:
    target = archive.parent / name
    result = run("export", archive, "--format", form, "-o", target, *options)
    assert result.exit_code == 0, result.output
    return target


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(archive: Path) -> None:
    raw = export(archive, "csv", "a.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = {row["document"]: row for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))}
    assert rows["a.pdf"]["subject"] == f"'{FORMULA}"
    assert rows["a.pdf"]["issue_date"] == "2024-02-05"
    assert (rows["b.pdf"]["state"], rows["b.pdf"]["message"]) == ("corrupt", "b.pdf: damaged")


def test_a_table_of_orders(archive: Path) -> None:
    text = export(archive, "csv", "a.csv", "--table", "directives").read_text("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(text)))
    assert (row["assignee"], row["deadline"]) == ("Sở Y tế", "2024-03-01")


def test_a_workbook_has_sheets_dates_and_no_formula(archive: Path) -> None:
    book = openpyxl.load_workbook(export(archive, "xlsx", "a.xlsx"))
    assert book.sheetnames == ["documents", "directives", "references", "problems"]
    sheet = book["documents"]
    named = {cell.value: cell.column for cell in sheet[1]}
    subject, day = (sheet.cell(3, named[name]) for name in ("subject", "issue_date"))
    assert (subject.value, subject.data_type) == (FORMULA, "s")
    assert day.value == datetime(2024, 2, 5)
    assert sheet.freeze_panes
    assert sheet.auto_filter.ref
    assert not any(cell.data_type == "f" for page in book for row in page for cell in row)


def test_parquet_keeps_types(archive: Path) -> None:
    rows = pyarrow.parquet.read_table(export(archive, "parquet", "a.parquet")).to_pylist()
    (row,) = [row for row in rows if row["document"] == "a.pdf"]
    assert (row["issue_date"], row["subject"]) == (date(2024, 2, 5), FORMULA)


@pytest.mark.parametrize("form", ["tt05", "tt02"])
def test_archive_metadata_as_csv_and_workbook(archive: Path, form: str) -> None:
    text = export(archive, form, "a.csv").read_text("utf-8-sig")
    (row,) = csv.reader(text.splitlines()[1:2])
    assert f"'{FORMULA}" in row
    (sheet,) = openpyxl.load_workbook(export(archive, form, "a.xlsx"))
    assert FORMULA in [cell.value for cell in sheet[2]]


def test_messages_stay_in_the_folder_where_they_are_unpacked(tmp_path: Path) -> None:
    output = tmp_path / "x" / "records"
    output.mkdir(parents=True)
    write_file(tmp_path / "c.json", to_json(make_dispatch()))
    with Catalog(output / CATALOG_NAME) as catalog:
        catalog.save(Outcome("c.pdf", "k", "../../c.json"), rows_of(make_dispatch()))
    with zipfile.ZipFile(export(output, "edxml", "a.zip")) as made:
        assert made.namelist() == ["c.edxml.xml"]
        text = made.read("c.edxml.xml").decode()
    ElementTree.fromstring(text)
    assert "công tác &lt;văn thư&gt;" in text


def test_what_cannot_be_exported_is_told(archive: Path) -> None:
    missing = run("export", archive.parent / "none", "--format", "csv", "-o", archive / "x.csv")
    assert isinstance(missing.exception, NotFoundError)
    beneath = archive / "a.json" / "x.csv"
    refused = run("export", archive, "--format", "csv", "-o", beneath)
    assert isinstance(refused.exception, OutputError)
    assert str(beneath) in str(refused.exception)
    assert run("export", archive, "--format", "csv").exit_code == 2


@pytest.fixture
def scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scan that a stand-in reads at once."""
    path = write_scan(tmp_path / "scan.pdf")
    dispatch = dispatch_of(path, [page_of("Kính gửi các sở")])
    monkeypatch.setattr(vnocr.cli.read, "read_dispatch", lambda *_: dispatch)
    return path


def test_read_writes_a_searchable_copy(scan: Path) -> None:
    copy = scan.with_name("copy.pdf")
    assert run("read", "--format", "pdf", scan, "-o", copy).exit_code == 0
    found = subprocess.run(["pdftotext", copy, "-"], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["Kính", "gửi", "các", "sở"]
    piped = run("read", "--format", "pdf", scan)
    with pikepdf.open(io.BytesIO(piped.stdout_bytes)) as pdf:
        assert len(pdf.pages) == 1


def test_read_never_writes_over_the_original(scan: Path) -> None:
    before = scan.read_bytes()
    link = scan.with_name("link.pdf")
    link.symlink_to(scan)
    for target in (scan, link):
        result = run("read", "--format", "pdf", scan, "-o", target)
        assert result.exit_code == 2
        assert "is the original" in result.stderr
    assert scan.read_bytes() == before


@pytest.mark.parametrize(
    ("form", "root", "told"),
    [("alto", "alto", "gửi"), ("hocr", "html", "gửi"), ("edxml", "edXML", "SNV")],
)
def test_read_writes_what_other_programs_take(scan: Path, form: str, root: str, told: str) -> None:
    result = run("read", "--format", form, scan)
    assert result.exit_code == 0, result.output
    parsed = ElementTree.fromstring(result.stdout.encode())
    assert parsed.tag.endswith(root)
    assert told in result.stdout


def test_formats_of_one_document_take_one(scan: Path) -> None:
    result = run("read", "--format", "alto", scan, scan)
    assert result.exit_code == 2
    assert "takes one FILE" in result.stderr


@pytest.mark.parametrize("option", ["--pdf", "--alto", "--hocr"])
def test_a_batch_never_writes_copies_among_originals(scan: Path, option: str) -> None:
    before = sorted(scan.parent.iterdir())
    result = run("batch", option, scan.parent, scan.parent)
    assert isinstance(result.exception, OutputError)
    assert "holds the originals" in str(result.exception)
    assert sorted(scan.parent.iterdir()) == before
