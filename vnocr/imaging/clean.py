"""From a page image in colour to a grey, upright one that Tesseract reads well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vnocr.imaging.skew import find_skew, rotate
from vnocr.imaging.specks import remove_specks
from vnocr.model import PageImage
from vnocr.settings import ImagingSettings

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Ink, as a share of the inner page, below which nobody would see writing.
_BLANK_INK = 0.0004
_INK_BELOW = 0.6


@dataclass(frozen=True, slots=True)
class CleanedPage:
    """`grey` is what to recognise, `colour` the same page turned alike, for ink and seals.

    `skew` is the tilt in degrees that was removed; boxes hold in both images.
    """

    grey: PageImage
    colour: PageImage
    skew: float
    blank: bool


def clean(image: PageImage, settings: ImagingSettings) -> CleanedPage:
    """Return `image` grey, without specks and upright."""
    grey = to_grey(image.pixels)
    if _is_blank(grey):
        return CleanedPage(PageImage(image.number, grey, image.dpi), image, 0.0, True)
    grey = remove_specks(grey)
    skew = find_skew(grey) if settings.deskew else 0.0
    return CleanedPage(
        PageImage(image.number, rotate(grey, skew), image.dpi),
        PageImage(image.number, rotate(image.pixels, skew), image.dpi),
        skew,
        False,
    )


def to_grey(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the brightest channel: red seals and blue ink fade, black print stays."""
    if pixels.ndim == 2:
        return pixels
    return np.ascontiguousarray(pixels.max(axis=2))


def _is_blank(grey: NDArray[np.uint8]) -> bool:
    height, width = grey.shape
    inner = grey[height // 20 : height - height // 20, width // 20 : width - width // 20]
    paper = float(np.percentile(inner, 90))
    return float(np.mean(inner < paper * _INK_BELOW)) < _BLANK_INK
