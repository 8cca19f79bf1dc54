"""Find and remove the tilt of a page.

Method: the page's dark pixels, shrunk, are projected on the vertical axis under many small
angles; the rows of text are sharpest, and the projection's steps largest, at the true one
(projection profile; Postl 1986).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SEARCH_WIDTH = 1000
_LIMIT_DEGREES = 5.0
_COARSE, _FINE = 0.5, 0.05
_SMALLEST = 0.1
_INK_BELOW = 0.75
_WHITE = 255


def find_skew(grey: NDArray[np.uint8]) -> float:
    """Return the tilt of (height, width) `grey` in degrees; positive: lines sink to the right."""
    ys, xs = _ink(grey)
    if len(ys) == 0:
        return 0.0
    coarse = _best(ys, xs, np.arange(-_LIMIT_DEGREES, _LIMIT_DEGREES + _COARSE, _COARSE))
    return _best(ys, xs, np.arange(coarse - _COARSE, coarse + _COARSE + _FINE / 2, _FINE))


def rotate(pixels: NDArray[np.uint8], degrees: float) -> NDArray[np.uint8]:
    """Return `pixels`, grey or colour, of the same size, turned so that a tilt is undone."""
    if abs(degrees) < _SMALLEST:
        return pixels
    import cv2

    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(
        pixels,
        turn,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(_WHITE, _WHITE, _WHITE),
    )
    return turned.astype(np.uint8, copy=False)


def _ink(grey: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    import cv2

    factor = min(1.0, _SEARCH_WIDTH / grey.shape[1])
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    margin = [side // 20 for side in small.shape[:2]]  # shadows of the paper's edge
    inner = small[margin[0] : -margin[0] or None, margin[1] : -margin[1] or None]
    paper = float(np.percentile(inner, 90))
    ys, xs = np.nonzero(inner < paper * _INK_BELOW)
    return ys.astype(np.float32), xs.astype(np.float32)


def _best(ys: NDArray[np.float32], xs: NDArray[np.float32], angles: NDArray[np.float64]) -> float:
    scores = [_sharpness(ys - xs * np.tan(np.radians(angle))) for angle in angles]
    return float(angles[int(np.argmax(scores))])


def _sharpness(rows: NDArray[np.floating]) -> float:
    profile = np.bincount((rows - rows.min()).astype(np.int64))
    return float(np.sum(np.diff(profile.astype(np.float64)) ** 2))
