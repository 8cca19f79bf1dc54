"""Tables as files: CSV, an Excel workbook, Parquet. Rows are streamed, never all in memory."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from vnocr.errors import InputError, MissingToolError
from vnocr.export.cells import guarded, plain
from vnocr.export.tables import Column, Kind, Table
from vnocr.export.xml_text import xml_text
from vnocr.model import Dispatch, Outcome

Records = Iterable[tuple[Outcome, Dispatch | None, str]]

# What Excel can hold: longer texts are cut there, and only there.
_CELL_LIMIT, _ROW_LIMIT = 32_767, 1_048_576
_FIRST_YEAR = 1900
_PARQUET_ROWS = 2_000


def write_csv(path: Path, table: Table, records: Records) -> None:
    """Write one table as CSV: UTF-8 with the mark by which Excel knows it."""
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([column.name for column in table.columns])
        for record in records:
            for row in table.rows(*record):
                writer.writerow([_csv_cell(value) for value in row])


def write_workbook(path: Path, tables: Sequence[Table], records: Records) -> None:
    """Write an Excel workbook with a sheet for each table, in one pass over the records.

    Raises InputError if a table has more rows than a sheet can hold.
    """
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        sheets = [_Sheet(book, table) for table in tables]
        for record in records:
            for sheet in sheets:
                sheet.add(record)
        for sheet in sheets:
            sheet.finish()


def write_parquet(path: Path, table: Table, records: Records) -> None:
    """Write one table as Parquet, with dates, numbers and lists as such.

    Raises MissingToolError if pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingToolError(
            "Parquet needs pyarrow. Install it with: pip install 'vnocr[parquet]'"
        ) from error
    schema = _schema(pyarrow, table.columns)
    with parquet.ParquetWriter(path, schema) as writer:
        held: list[dict[str, Any]] = []
        for record in records:
            for row in table.rows(*record):
                pairs = zip(table.columns, row, strict=True)
                held.append({one.name: _parquet_value(one, value) for one, value in pairs})
            if len(held) >= _PARQUET_ROWS:
                writer.write_table(pyarrow.Table.from_pylist(held, schema))
                held = []
        writer.write_table(pyarrow.Table.from_pylist(held, schema))


class _Sheet:
    """One sheet that grows row by row."""

    def __init__(self, book: Any, table: Table) -> None:
        self._table, self._row = table, 0
        self._sheet = book.add_worksheet(table.name)
        wrapped = {"valign": "top", "text_wrap": True}
        head = {"bold": True, "bg_color": "#DDE6F0", "bottom": 1, "valign": "top"}
        # The quote prefix keeps a text a text when somebody edits its cell.
        self._formats: dict[Kind, Any] = {
            "text": book.add_format({**wrapped, "quote_prefix": True}),
            "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
            "share": book.add_format({"num_format": "0%", "valign": "top"}),
            "number": book.add_format({"valign": "top"}),
        }
        self._sheet.freeze_panes(1, 1)
        for index, column in enumerate(table.columns):
            self._sheet.set_column(index, index, column.width)
            self._sheet.write_string(0, index, column.name, book.add_format(head))

    def add(self, record: tuple[Outcome, Dispatch | None, str]) -> None:
        """Write the rows of one document."""
        for row in self._table.rows(*record):
            self._row += 1
            if self._row >= _ROW_LIMIT:
                raise InputError(
                    f"the table {self._table.name} has more rows than a sheet of Excel holds "
                    f"({_ROW_LIMIT}). Use --format csv or parquet."
                )
            for index, (column, value) in enumerate(zip(self._table.columns, row, strict=True)):
                self._write(index, column, value)

    def finish(self) -> None:
        """Let the table be filtered by its header."""
        self._sheet.autofilter(0, 0, max(self._row, 1), len(self._table.columns) - 1)

    def _write(self, index: int, column: Column, value: Any) -> None:
        if value is None or value == ():
            return
        if isinstance(value, date) and value.year >= _FIRST_YEAR:
            self._sheet.write_datetime(self._row, index, value, self._formats["day"])
        elif column.kind in {"number", "share"}:
            self._sheet.write_number(self._row, index, value, self._formats[column.kind])
        else:
            text = xml_text(plain(value))
            if len(text) > _CELL_LIMIT:
                text = text[: _CELL_LIMIT - 1] + "…"
            self._sheet.write_string(self._row, index, text, self._formats["text"])


def _csv_cell(value: object) -> str:
    text = plain(value).replace("\0", "\ufffd")
    return text if isinstance(value, int | float | date) else guarded(text)


def _schema(pyarrow: Any, columns: Sequence[Column]) -> Any:
    kinds = {
        "text": pyarrow.string(),
        "list": pyarrow.list_(pyarrow.string()),
        "day": pyarrow.date32(),
        "number": pyarrow.int64(),
        "share": pyarrow.float64(),
        "flag": pyarrow.bool_(),
    }
    return pyarrow.schema([(column.name, kinds[column.kind]) for column in columns])


def _parquet_value(column: Column, value: Any) -> Any:
    if column.kind == "list":
        return [_valid(one) for one in value or ()]
    if column.kind == "day":
        return value if isinstance(value, date) else None
    return _valid(value) if isinstance(value, str) else value


def _valid(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
