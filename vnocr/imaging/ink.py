"""What is ink on a page: one threshold, taken from the page itself, for all that look at ink."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Ink is at least this much darker than paper (as a share of the paper's brightness), and
# what is darker than the second share is ink on any paper.
_FAINTEST, _SURE = 0.85, 0.5
_MARGIN = 20  # a twentieth of each side, where the shadows of the paper's edge lie


def brightest_channel(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return (height, width) grey: red seals and blue ink fade, black print stays."""
    if pixels.ndim == 2:
        return pixels
    import cv2

    red, green, blue = cv2.split(pixels)
    grey: NDArray[np.uint8] = cv2.max(cv2.max(red, green), blue)  # type: ignore[assignment]
    return grey


def inner(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the page without its margins."""
    height, width = pixels.shape[:2]
    down, across = height // _MARGIN, width // _MARGIN
    return pixels[down : height - down, across : width - across]


def paper_brightness(grey: NDArray[np.uint8]) -> float:
    """Return the grey of the paper."""
    return float(np.percentile(inner(grey)[::4, ::4], 80))


def ink_threshold(grey: NDArray[np.uint8]) -> float:
    """Return the grey below which (height, width) `grey` is ink, by Otsu's method in bounds."""
    import cv2

    paper = paper_brightness(grey)
    sample = np.ascontiguousarray(inner(grey)[::2, ::2])
    found, _ = cv2.threshold(sample, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return float(min(max(found, _SURE * paper), _FAINTEST * paper))
