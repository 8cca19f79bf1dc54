"""Remove the isolated specks of a noisy scan, and only there.

Vietnamese marks and full stops are speck-sized too, so a component goes only if no larger
one is near enough for it to be a mark, and only on pages with more lone specks than any
text has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vnocr.imaging.ink import ink_threshold

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SPECK_PIXELS = 10
_TINY_PIXELS = 6
# Lone tiny specks on a page of 200 dpi: clean pages have under 120, noisy ones over 300.
_NOISY_FROM = 300
_REACH_SIDEWAYS, _REACH_UPWARDS = 3, 6
# Pixels of a usual speck; pages that hold fewer alone are spared the search for components.
_USUAL_PIXELS = 2
_WHITE = 255


def remove_specks(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return (height, width) `grey` with its lone specks whitened, if it is a noisy page."""
    import cv2

    ink = (grey < ink_threshold(grey)).astype(np.uint8)
    if not _may_be_noisy(ink):
        return grey
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    areas = stats[:, cv2.CC_STAT_AREA]
    small = areas <= _SPECK_PIXELS
    small[0] = False
    if np.count_nonzero(areas <= _TINY_PIXELS) < _NOISY_FROM:
        return grey
    larger = np.isin(labels, np.flatnonzero(~small)[1:]).astype(np.uint8)
    reach = np.ones((2 * _REACH_UPWARDS + 1, 2 * _REACH_SIDEWAYS + 1), np.uint8)
    attached = np.unique(labels[cv2.dilate(larger, reach) > 0])
    lone = small.copy()
    lone[attached] = False
    if np.count_nonzero(lone & (areas <= _TINY_PIXELS)) < _NOISY_FROM:
        return grey
    cleaned = grey.copy()
    cleaned[lone[labels]] = _WHITE
    return cleaned


def _may_be_noisy(ink: NDArray[np.uint8]) -> bool:
    """Whether enough of the ink has next to none around it; a tenth of the time of a search."""
    import cv2

    reach = (2 * _REACH_SIDEWAYS + 1, 2 * _REACH_UPWARDS + 1)
    around = cv2.boxFilter(ink, -1, reach, normalize=False)
    lone = np.count_nonzero((around <= _TINY_PIXELS) & (ink > 0))
    return int(lone) >= _NOISY_FROM * _USUAL_PIXELS
