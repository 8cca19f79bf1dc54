"""Whiten the ruled lines of a table: taken for letters, they spoil the words beside them.

The cells that they bound are kept as boxes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vnocr.imaging.ink import ink_threshold
from vnocr.model import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

# In inches: no stroke of a letter is this long, no rule of a table this thick.
_LONG, _THICK = 0.35, 0.03
# A frame or a line under a heading is no table: that has rules between its columns.
_FEWEST_DOWN, _FEWEST_ACROSS = 3, 3
_WHITE = 255
# In inches: the smallest cell, and the break of a rule that is mended.
_CELL, _BREAK = 0.12, 0.06
# What is shaped otherwise than a rectangle is two cells with a broken rule, or no cell.
_RECTANGULAR = 0.85
_FEWEST_CELLS = 4


def remove_table_rules(
    grey: NDArray[np.uint8], dpi: int
) -> tuple[NDArray[np.uint8], tuple[Box, ...]]:
    """Return straight (height, width) `grey` without the rules of its tables, and their cells.

    A page without a table is returned as it is.
    """
    import cv2

    # Most pages have no table, and a quarter of the pixels tells.
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    if _rules(half.astype(np.uint8, copy=False), dpi / 2) is None:
        return grey, ()
    rules = _rules(grey, dpi)
    if rules is None:
        return grey, ()
    cleaned = grey.copy()
    cleaned[cv2.dilate(rules, np.ones((3, 3), np.uint8)) > 0] = _WHITE
    return cleaned, _cells(rules, dpi)


def _cells(rules: NDArray[np.uint8], dpi: int) -> tuple[Box, ...]:
    """Return the rectangles between the rules; none where the rules bound too few."""
    import cv2

    reach = max(3, round(_BREAK * dpi))
    mended = cv2.morphologyEx(rules, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    between = np.asarray(mended == 0, dtype=np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(between, connectivity=4)
    height, width = rules.shape
    cells = [
        Box(left, top, left + across, top + down)
        for left, top, across, down, area in stats[1:].tolist()
        if min(across, down) >= _CELL * dpi
        and area >= _RECTANGULAR * across * down
        and left > 0
        and top > 0
        and left + across < width
        and top + down < height
    ]
    return tuple(cells) if len(cells) >= _FEWEST_CELLS else ()


def _rules(grey: NDArray[np.uint8], dpi: float) -> NDArray[np.uint8] | None:
    """Return where the rules of tables stand, 1 on 0; None without a table."""
    ink = (grey < ink_threshold(grey)).astype(np.uint8)
    reach = max(3, round(_LONG * dpi))
    down, columns = _lines(ink, (reach, 1), dpi)
    if columns < _FEWEST_DOWN:
        return None
    across, rows = _lines(ink, (1, reach), dpi)
    return down | across if rows >= _FEWEST_ACROSS else None


def _lines(
    ink: NDArray[np.uint8], shape: tuple[int, int], dpi: float
) -> tuple[NDArray[np.uint8], int]:
    """Return the thin lines that hold a bar of `shape` (rows, columns), and how many they are."""
    import cv2

    bars = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(bars, connectivity=8)
    side = cv2.CC_STAT_WIDTH if shape[1] == 1 else cv2.CC_STAT_HEIGHT
    thin = stats[:, side] <= max(2, round(_THICK * dpi))
    thin[0] = False
    return thin[labels].astype(np.uint8), int(np.count_nonzero(thin))
