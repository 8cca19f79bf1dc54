"""Tables of tasks: each row is one task, the head of the table says what its cells tell.

`TT | Nội dung nhiệm vụ | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian hoàn thành`, as text
with a bar between the cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vnocr.extract.terms import Term
from vnocr.vietnamese.unicode import fold

_BAR = "|"
# What the title of a column says of its cells; the first that fits counts.
_TITLES = (
    ("number", re.compile(r"(?:s?tt|so tt|so thu tu)\b")),
    ("time", re.compile(r".*\b(?:thoi (?:gian|han|diem)|tien do|han hoan thanh|hoan thanh)\b")),
    ("lead", re.compile(r".*\b(?:chu tri|dau moi|chiu trach nhiem|phu trach)\b")),
    ("partner", re.compile(r".*\bphoi hop\b")),
    ("lead", re.compile(r"(?:co quan|don vi|bo phan|nguoi|phong|to chuc)\b.*\bthuc hien\b")),
    ("task", re.compile(r"(?:ten |noi dung |cac )*(?:nhiem vu|cong viec|noi dung|hoat dong)\b")),
)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """The cells of one row: its number, what is to be done, and the terms told of it."""

    number: str
    task: str
    terms: tuple[Term, ...]

    @property
    def led(self) -> bool:
        """Whether the row itself says who leads."""
        return any(term.kind == "lead" for term in self.terms)


def cells_of(text: str) -> tuple[str, ...]:
    """Return the cells of a row, without the bars that frame it."""
    text = text.strip()
    if text.startswith(_BAR):
        text = text[1:].removesuffix(_BAR)
    return tuple(cell.strip() for cell in text.split(_BAR))


def read_head(text: str) -> tuple[str, ...] | None:
    """Return what each column tells (`number`, `task`, `lead`, `partner`, `time` or nothing).

    None where `text` is not the head of a table of tasks: it needs the task, and who or when.
    """
    if text.count(_BAR) < 2:
        return None
    columns: list[str] = []
    for cell in cells_of(text):
        key = fold(cell)
        kind = next((kind for kind, title in _TITLES if title.match(key)), "")
        columns.append(kind if kind not in columns else "")
    known = "task" in columns and ("lead" in columns or "time" in columns)
    return tuple(columns) if known else None


def read_row(text: str, columns: Sequence[str]) -> TaskRow | None:
    """Return the row `text` of a table with `columns`, or None where it holds no task."""
    cells = cells_of(text)
    if len(cells) != len(columns):
        return None
    told = dict(zip(columns, cells, strict=True))
    kinds = ("lead", "partner", "time")
    terms = tuple(Term(kind, told[kind]) for kind in kinds if told.get(kind))
    if not told["task"] or not terms:
        return None  # an empty row, or the title of a group of rows
    return TaskRow(told.get("number", "").strip(" ."), told["task"], terms)


def table_rows(lines: Sequence[str]) -> Iterator[int]:
    """Yield for each of `lines` the ordinal of the row it belongs to, 0 outside of tables.

    A table begins at its head; a row goes on until it has as many cells as the head, and
    over lines without a bar that start with a small letter.
    """
    columns = row = 0
    bars = 0
    for line in lines:
        here = cells_of(line)
        if head := read_head(line):
            columns, row, bars = len(head), row + 1, len(head)
        elif columns and _BAR in line and bars >= columns:
            row, bars = row + 1, len(here)
        elif columns and _BAR in line:
            bars += len(here) - 1
        elif columns and not (bars < columns or line[:1].islower()):
            columns = 0
        yield row if columns else 0
