"""Rows as a table for a terminal, as CSV or as JSON lines."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Mapping, Sequence

from vnocr.export.cells import guarded, plain

_WIDTH_OF_A_LOG = 140
_LONGEST_CELL = 240  # a paragraph would push the rows before it off the screen
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f]")

Row = Mapping[str, object]


def render(rows: Sequence[Row], columns: Sequence[str], form: str) -> str:
    """Return `rows` as "table" (the named columns, long cells cut), "csv" or "json" (all)."""
    if form == "csv":
        return _csv(rows)
    if form == "json":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return _table(rows, columns)


def harmless(text: str) -> str:
    """Return `text` with nothing that steers a terminal: names of files may hold anything."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def _begun(text: str) -> str:
    """Return `text`, where it is long only its beginning."""
    if len(text) <= _LONGEST_CELL:
        return text
    return text[:_LONGEST_CELL].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _csv(rows: Sequence[Row]) -> str:
    stream = io.StringIO()
    if rows:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(
            {name: guarded(plain(value)) for name, value in row.items()} for row in rows
        )
    return stream.getvalue()


def _table(rows: Sequence[Row], columns: Sequence[str]) -> str:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        table.add_column(name.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(_begun(harmless(plain(row[name]))) for name in columns))
    # A pipe or a log has no width of its own; names and numbers are hard to read when folded.
    width = None if sys.stdout.isatty() else _WIDTH_OF_A_LOG
    console = Console(markup=False, highlight=False, width=width)
    with console.capture() as capture:
        console.print(table)
    return capture.get()
