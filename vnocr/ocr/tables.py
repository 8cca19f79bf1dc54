"""Tables with a grid: what stands in a cell stays together, cell after cell, row after row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from vnocr.model import Box, Line, Region, Word
from vnocr.ocr.geometry import beside, box_of, make_line

# Cells whose upper edges are nearer than this share of the lower cell's height are one row.
_SAME_ROW = 0.4


def part_tables(lines: Sequence[Line], cells: Sequence[Box]) -> tuple[list[Line], list[Line]]:
    """Return (lines outside the tables, lines in `cells` in reading order, region TABLE).

    The recogniser runs lines across cells; their words are dealt out by where they stand.
    """
    outside: list[Line] = []
    held: list[list[Word]] = [[] for _ in cells]
    for line in lines:
        free: list[Word] = []
        for word in line.words:
            index = _cell_of(box_of(word), cells)
            (free if index is None else held[index]).append(word)
        if len(free) == len(line.words):
            outside.append(line)
        elif free:
            outside.append(make_line(free, line))
    order = _reading_order(cells)
    return outside, [line for index in order for line in _lines_of(held[index])]


def insert_tables(lines: Sequence[Line], table: Sequence[Line]) -> list[Line]:
    """Return arranged `lines` with those of tables before what stands under them."""
    placed = list(lines)
    start = 0
    for line in table:
        top = box_of(line).top
        regions = (Region.HEADER_LEFT, Region.HEADER_RIGHT, Region.NUMBER, Region.PLACE_DATE)
        at = next(
            (
                index
                for index in range(start, len(placed))
                if placed[index].region not in regions and box_of(placed[index]).top > top
            ),
            len(placed),
        )
        placed.insert(at, line)
        start = at + 1  # a cell's neighbour may stand higher, but is read after it
    return placed


def _cell_of(box: Box, cells: Sequence[Box]) -> int | None:
    across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    for index, cell in enumerate(cells):
        if cell.left <= across < cell.right and cell.top <= down < cell.bottom:
            return index
    return None


def _reading_order(cells: Sequence[Box]) -> list[int]:
    """Return the indexes of `cells` row by row, each row from left to right."""
    rows: list[list[int]] = []
    for index in sorted(range(len(cells)), key=lambda at: cells[at].top):
        cell = cells[index]
        if rows and cell.top - cells[rows[-1][0]].top < _SAME_ROW * cell.height:
            rows[-1].append(index)
        else:
            rows.append([index])
    return [index for row in rows for index in sorted(row, key=lambda at: cells[at].left)]


def _lines_of(words: Iterable[Word]) -> list[Line]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: box_of(one).top + box_of(one).bottom):
        if rows and any(beside(other, word) for other in rows[-1]):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [
        replace(make_line(sorted(row, key=lambda one: box_of(one).left)), region=Region.TABLE)
        for row in rows
    ]
