"""Writes worn pages as image-only PDF, TIFF or JPEG."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import img2pdf
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from samplemaker.content import Scan

Pixels = NDArray[np.uint8]


def as_image(pixels: Pixels, scan: Scan) -> Image.Image:
    """Return the page in the mode of `scan`: colour, grey or one bit a pixel."""
    image = Image.fromarray(pixels)
    if scan.mode == "bilevel":
        return image.convert("1", dither=Image.Dither.NONE)
    return image.convert("L") if scan.mode == "grey" else image


def _encoded(image: Image.Image, scan: Scan) -> bytes:
    buffer = io.BytesIO()
    dpi = (scan.dpi, scan.dpi)
    if image.mode == "1":
        image.save(buffer, "TIFF", compression="group4", dpi=dpi)
    else:
        image.save(buffer, "JPEG", quality=scan.quality, dpi=dpi, optimize=True)
    return buffer.getvalue()


def write_pdf(images: Sequence[Image.Image], scan: Scan, target: Path) -> None:
    """Write one picture a page: JPEG, or CCITT G4 where a pixel is a bit."""
    pages = [_encoded(image, scan) for image in images]
    target.write_bytes(img2pdf.convert(pages, engine=img2pdf.Engine.internal, nodate=True))


def write_tiff(images: Sequence[Image.Image], scan: Scan, target: Path) -> None:
    """Write all pages into one TIFF."""
    first, *rest = images
    compression = "group4" if first.mode == "1" else "jpeg"
    dpi = (scan.dpi, scan.dpi)
    first.save(target, save_all=True, append_images=rest, compression=compression, dpi=dpi)


def write_jpeg(images: Sequence[Image.Image], scan: Scan, target: Path) -> None:
    """Write the only page as a JPEG.

    Raises ValueError if there are more.
    """
    if len(images) != 1:
        raise ValueError(f"{target.name}: a JPEG holds one page, not {len(images)}")
    target.write_bytes(_encoded(images[0], scan))
