"""Whiten the ruled lines of a table: taken for letters, they spoil the words beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vnocr.imaging.ink import ink_threshold

if TYPE_CHECKING:
    from numpy.typing import NDArray

# In inches: no stroke of a letter is this long, no rule of a table this thick.
_LONG, _THICK = 0.35, 0.03
# A frame or a line under a heading is no table: that has rules between its columns.
_FEWEST_DOWN, _FEWEST_ACROSS = 3, 3
_WHITE = 255


def remove_table_rules(grey: NDArray[np.uint8], dpi: int) -> NDArray[np.uint8]:
    """Return straight (height, width) `grey` without the rules of its tables, if it has any."""
    import cv2

    # Most pages have no table, and a quarter of the pixels tells.
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    if _rules(half.astype(np.uint8, copy=False), dpi / 2) is None:
        return grey
    rules = _rules(grey, dpi)
    if rules is None:
        return grey
    cleaned = grey.copy()
    cleaned[cv2.dilate(rules, np.ones((3, 3), np.uint8)) > 0] = _WHITE
    return cleaned


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
