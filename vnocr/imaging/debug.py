"""Pictures of what was done to a page: each stage, and the boxes that were read over it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vnocr.errors import OutputError
from vnocr.imaging.clean import CleanedPage
from vnocr.model import Box, Page, Region

if TYPE_CHECKING:
    from numpy.typing import NDArray

Colour = tuple[int, int, int]

# Red, green, blue. A word's frame goes from red (doubtful) to green (sure).
_REGIONS: dict[Region, Colour] = {
    Region.HEADER_LEFT: (70, 110, 220),
    Region.HEADER_RIGHT: (40, 160, 220),
    Region.NUMBER: (220, 60, 160),
    Region.PLACE_DATE: (220, 120, 40),
    Region.TYPE: (130, 60, 200),
    Region.SUBJECT: (170, 100, 220),
    Region.ADDRESSEE: (20, 150, 140),
    Region.BODY: (110, 110, 110),
    Region.TABLE: (150, 120, 40),
    Region.RECIPIENTS: (60, 140, 60),
    Region.SIGNATURE: (200, 60, 60),
    Region.STAMP: (230, 80, 80),
    Region.FOOTER: (130, 130, 160),
    Region.PAGE_NUMBER: (130, 130, 160),
}
_SEAL: Colour = (255, 0, 0)
_TINT = 0.18


def write_debug_images(page: Page, cleaned: CleanedPage, folder: Path, stem: str) -> list[Path]:
    """Write the page as scanned, as recognised, and with boxes over it; return the PNG files.

    Lines are tinted by region, words framed from red to green by confidence, seals in red.
    Raises OutputError if a file cannot be written.
    """
    stages = {
        "1-scanned": cleaned.original.pixels,
        "2-cleaned": cleaned.grey.pixels,
        "3-read": _drawn(page, cleaned),
    }
    written = []
    for stage, pixels in stages.items():
        path = folder / f"{stem}-p{page.number}-{stage}.png"
        _write(pixels, path)
        written.append(path)
    return written


def _drawn(page: Page, cleaned: CleanedPage) -> NDArray[np.uint8]:
    pixels = cleaned.colour.pixels
    picture = np.repeat(pixels[..., None], 3, axis=2) if pixels.ndim == 2 else pixels.copy()
    for line in page.lines:
        if line.box and line.region:
            _tint(picture, line.box, _REGIONS[line.region])
    for word in (word for line in page.lines for word in line.words):
        if word.box:
            sure = round(255 * word.confidence**3)
            _frame(picture, word.box, (255 - sure, sure, 0), 1)
    for seal in cleaned.seals:
        _frame(picture, seal.box, _SEAL, 3)
    return picture


def _tint(picture: NDArray[np.uint8], box: Box, colour: Colour) -> None:
    part = picture[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
    part[:] = (part * (1 - _TINT) + np.array(colour) * _TINT).astype(np.uint8)


def _frame(picture: NDArray[np.uint8], box: Box, colour: Colour, thickness: int) -> None:
    import cv2

    cv2.rectangle(picture, (box.left, box.top), (box.right, box.bottom), colour, thickness)


def _write(pixels: NDArray[np.uint8], path: Path) -> None:
    from PIL import Image

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(path)
    except OSError as error:
        raise OutputError(
            f"{path}: cannot write: {error.strerror or error}. Choose another folder."
        ) from error
