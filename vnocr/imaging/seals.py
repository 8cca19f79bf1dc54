"""Find the coloured seals of a page: where they are, so that others can allow for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from vnocr.model import Box, Seal

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Seals are found on every fourth pixel; their boxes are given for the whole page.
COARSENESS = 4
# One channel outshines both others by this much in the ink of a seal, however pale.
_COLOURED = 45
# Official seals are 30 to 45 mm across, arrival stamps 35 x 50 mm; marks of urgency are smaller.
_SMALLEST_MM, _LARGEST_MM = 7.0, 75.0
_MM_PER_INCH = 25.4
_LEAST_INK = 0.04


def find_seals(pixels: NDArray[np.uint8], dpi: float) -> tuple[Seal, ...]:
    """Return the red and blue stamps of an RGB page; none of a grey page.

    `pixels` (height, width, 3) is every COARSENESS-th pixel of the page, `dpi` their density.

    Pen strokes in blue ink are told from stamps by their shape: a stamp fills its box evenly.
    """
    if pixels.ndim == 2:
        return ()
    small = pixels.astype(np.int16)
    red, green, blue = small[..., 0], small[..., 1], small[..., 2]
    seals = [
        *_stamps(red - np.maximum(green, blue) > _COLOURED, dpi, "red"),
        *_stamps(blue - np.maximum(red, green) > _COLOURED, dpi, "blue"),
    ]
    return tuple(sorted(seals, key=lambda seal: (seal.box.top, seal.box.left)))


def _stamps(mask: NDArray[np.bool_], dpi: float, colour: Literal["red", "blue"]) -> list[Seal]:
    import cv2

    if np.count_nonzero(mask) < dpi:
        return []
    reach = max(3, round(1.5 / _MM_PER_INCH * dpi))
    joined = cv2.morphologyEx(
        mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8)
    )
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = []
    for left, top, width, height, _ in stats[1:].tolist():
        ink = mask[top : top + height, left : left + width]
        if _is_stamp(ink, dpi) and (colour == "red" or _is_even(ink)):
            box = Box(left, top, left + width, top + height)
            found.append(Seal(_scaled(box), colour))
    return found


def _is_stamp(ink: NDArray[np.bool_], dpi: float) -> bool:
    height, width = (side / dpi * _MM_PER_INCH for side in ink.shape)
    fits = _SMALLEST_MM <= height <= _LARGEST_MM and _SMALLEST_MM <= width <= _LARGEST_MM
    return fits and float(ink.mean()) >= _LEAST_INK


def _is_even(ink: NDArray[np.bool_]) -> bool:
    """Whether all four quarters hold a fair share of the ink, which a signature's do not."""
    middle, centre = ink.shape[0] // 2, ink.shape[1] // 2
    quarters = [
        part.mean()
        for half in (ink[:middle], ink[middle:])
        for part in (half[:, :centre], half[:, centre:])
    ]
    return bool(min(quarters) > 0.5 * max(quarters))


def _scaled(box: Box) -> Box:
    return Box(
        box.left * COARSENESS, box.top * COARSENESS, box.right * COARSENESS, box.bottom * COARSENESS
    )
