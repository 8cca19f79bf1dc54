"""Ink that no word stands on: lines that the recogniser's layout analysis dropped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from vnocr.model import Box, PageImage

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHRINK = 4
_MARGIN_SHARE = 0.02
# In letter heights of the page: what may be a line of print.
_LOWEST, _HIGHEST, _SHORTEST = 0.5, 2.2, 1.5
# Share of a line's box that print covers; rules and pictures cover more or less.
_THIN, _THICK = 0.06, 0.6
_INK_BELOW = 0.7


def lost_lines(image: PageImage, words: Iterable[Box], letter: float) -> list[Box]:
    """Return boxes on a grey page that look like print and hold none of `words`.

    `letter` is the usual height of a word in pixels.
    """
    import cv2

    height, width = (side // _SHRINK for side in image.pixels.shape[:2])
    small = cv2.resize(image.pixels, (width, height), interpolation=cv2.INTER_AREA)
    paper = float(np.percentile(small[::4, ::4], 80))
    ink = np.asarray(small < _INK_BELOW * paper, dtype=np.uint8)
    _rub_out(ink, words)
    reach = max(3, round(letter / _SHRINK))
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    unit = letter / _SHRINK
    boxes = []
    for left, top, across, down, _ in stats[1:].tolist():
        if not (_LOWEST * unit <= down <= _HIGHEST * unit and across >= _SHORTEST * unit):
            continue
        fill = float(ink[top : top + down, left : left + across].mean())
        if _THIN <= fill <= _THICK:
            boxes.append(_scaled(left, top, left + across, top + down))
    return boxes


def _rub_out(ink: NDArray[np.uint8], words: Iterable[Box]) -> None:
    """Clear the margins and the words with a rim, for marks that stick out of a box."""
    rim = 2
    for box in words:
        top, left = max(0, box.top // _SHRINK - rim), max(0, box.left // _SHRINK - rim)
        ink[top : box.bottom // _SHRINK + rim + 1, left : box.right // _SHRINK + rim + 1] = 0
    down, across = (round(_MARGIN_SHARE * side) for side in ink.shape)
    ink[:down] = ink[-down:] = 0
    ink[:, :across] = ink[:, -across:] = 0


def _scaled(left: int, top: int, right: int, bottom: int) -> Box:
    return Box(left * _SHRINK, top * _SHRINK, right * _SHRINK, bottom * _SHRINK)
