"""Sets a ruled table row by row."""

from __future__ import annotations

from collections.abc import Sequence

from samplemaker.fonts import Face
from samplemaker.setting import see, set_centred, wrap
from samplemaker.sheet import Rule, Sheet, Text
from samplemaker.styles import Style

_PADDING = 4.0


def row_lines(
    row: Sequence[str], widths: Sequence[float], face: Face, size: float
) -> list[tuple[str, ...]]:
    """Return the lines of each cell, for columns of `widths` points."""
    return [
        wrap(cell, face, size, room - 2 * _PADDING) or ("",)
        for cell, room in zip(row, widths, strict=True)
    ]


def row_height(cells: Sequence[tuple[str, ...]], size: float) -> float:
    """Return the height of a row in points."""
    return max(map(len, cells)) * size * 1.18 + 2 * _PADDING


def set_row(
    sheet: Sheet,
    cells: Sequence[tuple[str, ...]],
    widths: Sequence[float],
    style: Style,
    place: tuple[float, Face, float],
) -> float:
    """Set one row; `place` is its top with face and size. Return its bottom."""
    top, face, size = place
    bottom = top + row_height(cells, size)
    x = style.left
    for index, (lines, room) in enumerate(zip(cells, widths, strict=True)):
        y = top + (bottom - top - len(lines) * size * 1.18) / 2 + size * 0.92
        for line in lines:
            # Ordinals and heads stand in the middle, text on the left.
            if index == 0 or face.bold:
                set_centred(sheet, line, face, size, (x + room / 2, y))
            else:
                sheet.marks.append(Text(x + _PADDING, y, line, face, size))
            y += size * 1.18
        sheet.marks.append(Rule(x, top, x, bottom))
        x += room
    sheet.marks.append(Rule(x, top, x, bottom))
    sheet.marks.append(Rule(style.left, top, x, top))
    sheet.marks.append(Rule(style.left, bottom, x, bottom))
    for index in range(max(map(len, cells))):
        parts = [lines[index] for lines in cells if index < len(lines) and lines[index]]
        see(sheet, " ".join(parts), "table")
    return bottom
