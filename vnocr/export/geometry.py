"""From the image that was recognised back to the page as it is drawn.

The boxes of a record hold in the page turned upright and straightened. Viewers show the page
as it was scanned; searchable copies, ALTO and hOCR need the boxes there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vnocr.model import Box, Page

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]


def drawn_size(page: Page) -> tuple[int, int]:
    """Return (width, height) in pixels of `page` as drawn, before it was turned upright."""
    width, height = page.width or 0, page.height or 0
    return (height, width) if page.turn in {90, 270} else (width, height)


def to_drawn(page: Page) -> Matrix:
    """Return the (3, 3) matrix that takes (x, y, 1) of a box to pixels of the page as drawn."""
    return _turn_back(page.turn, *drawn_size(page)) @ _tilt_back(page)


def drawn_box(box: Box, matrix: Matrix) -> Box:
    """Return the upright box around `box` once `matrix` has moved its corners."""
    xs = (box.left, box.right, box.right, box.left)
    ys = (box.top, box.top, box.bottom, box.bottom)
    x, y, _ = matrix @ np.array([xs, ys, (1, 1, 1, 1)], dtype=np.float64)
    return Box(round(x.min()), round(y.min()), round(x.max()), round(y.max()))


def within(box: Box, width: int, height: int) -> Box:
    """Return `box` cut off at the edges of a page of that size."""
    left, right = (min(max(x, 0), width) for x in (box.left, box.right))
    top, bottom = (min(max(y, 0), height) for y in (box.top, box.bottom))
    return Box(left, top, right, bottom)


def _tilt_back(page: Page) -> Matrix:
    """Undo the straightening: a rotation about the centre of the image."""
    x, y = (page.width or 0) / 2, (page.height or 0) / 2
    angle = np.radians(page.skew)
    cos, sin = np.cos(angle), np.sin(angle)
    return np.array(
        [[cos, -sin, x - cos * x + sin * y], [sin, cos, y - sin * x - cos * y], [0, 0, 1]]
    )


def _turn_back(turn: int, width: int, height: int) -> Matrix:
    rows = {
        0: [[1, 0, 0], [0, 1, 0]],
        90: [[0, 1, 0], [-1, 0, height]],
        180: [[-1, 0, width], [0, -1, height]],
        270: [[0, -1, width], [1, 0, 0]],
    }[turn]
    return np.array([*rows, [0, 0, 1]], dtype=np.float64)
