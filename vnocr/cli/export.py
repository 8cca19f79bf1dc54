"""`vnocr export`: an archive as tables and archive metadata."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import click

from vnocr.catalog.records import read_records
from vnocr.catalog.store import Catalog
from vnocr.cli.options import catalog_argument, open_catalog
from vnocr.export.archive_fields import TT02, TT05, archive_values
from vnocr.export.edxml import to_edxml
from vnocr.export.sheets import write_csv, write_parquet, write_workbook
from vnocr.export.tables import ARCHIVE_TABLES, TABLES
from vnocr.export.write import atomic_file
from vnocr.model import Dispatch, Outcome

_FIELDS = {"tt02": TT02, "tt05": TT05}
_TOLD = 20

Records = Iterator[tuple[Outcome, Dispatch | None, str]]


@click.command()
@catalog_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "xlsx", "parquet", "tt05", "tt02", "edxml"]),
    required=True,
    help="csv, parquet: one table; xlsx: a sheet each for documents, directives, references "
    "and problems; tt05, tt02: the document fields of Thông tư 05/2025 or 02/2019/TT-BNV, "
    "CSV or (FILE.xlsx) Excel; edxml: a ZIP with the header of a message for each document.",
)
@click.option(
    "--table",
    type=click.Choice(list(TABLES)),
    default="documents",
    show_default=True,
    help="Which table, for csv and parquet.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE")
def command(catalog: str, form: str, table: str, output: Path) -> None:
    """Write the documents of CATALOG, with what people corrected, to FILE.

    CATALOG is the output folder of `vnocr batch`, or the URL of its database. In CSV an
    apostrophe stands before a text that a spreadsheet would run as a formula.

    \b
    vnocr export records/ --format xlsx -o archive.xlsx
    vnocr export records/ --format csv --table directives -o tasks.csv
    vnocr export records/ --format tt05 -o metadata.xlsx
    """
    with open_catalog(catalog) as opened, atomic_file(output) as target:
        records = _records(opened)
        if form == "edxml":
            _write_messages(target, records)
        elif form in ARCHIVE_TABLES:
            _write_archive_fields(target, form, output, records)
        elif form == "xlsx":
            write_workbook(target, list(TABLES.values()), records)
        else:
            write = write_csv if form == "csv" else write_parquet
            write(target, TABLES[table], records)


def _records(catalog: Catalog) -> Records:
    for one in read_records(catalog):
        yield one.outcome, one.dispatch, one.message


def _write_archive_fields(target: Path, form: str, output: Path, records: Records) -> None:
    findings: list[str] = []

    def noted() -> Records:
        for outcome, dispatch, message in records:
            if dispatch:
                told = archive_values(dispatch, _FIELDS[form]).findings
                findings.extend(f"{outcome.path}: {finding}" for finding in told)
            yield outcome, dispatch, message

    table = ARCHIVE_TABLES[form]
    if output.suffix.lower() == ".xlsx":
        write_workbook(target, [table], noted())
    else:
        write_csv(target, table, noted())
    _tell(findings)


def _write_messages(target: Path, records: Records) -> None:
    findings: list[str] = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for outcome, dispatch, _ in records:
            if dispatch is None:
                continue
            message = to_edxml(dispatch)
            archive.writestr(_inside(outcome.record), message.text)
            findings.extend(f"{outcome.path}: {finding}" for finding in message.findings)
    _tell(findings)


def _inside(record: str) -> str:
    """Return a name that stays in the folder where the ZIP is unpacked."""
    parts = [part for part in PurePosixPath(record.replace("\\", "/")).parts if part != ".."]
    kept = [part.replace(":", "_") for part in parts if part != "/"]
    return str(PurePosixPath(*kept).with_suffix(".edxml.xml"))


def _tell(findings: list[str]) -> None:
    for finding in findings[:_TOLD]:
        click.echo(f"vnocr: {finding}", err=True)
    if len(findings) > _TOLD:
        click.echo(f"vnocr: ... and {len(findings) - _TOLD} more like these", err=True)
