"""Bring a page image to the resolution that reads best."""

from __future__ import annotations

from vnocr.model import PageImage

# Nearer than this, scaling only blurs.
_NEAR = 0.12


def scaled_to(image: PageImage, dpi: int) -> PageImage:
    """Return `image` at `dpi`, unchanged where it is near that already."""
    factor = dpi / image.dpi
    if abs(factor - 1) <= _NEAR:
        return image
    import cv2

    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    pixels = cv2.resize(image.pixels, None, fx=factor, fy=factor, interpolation=how)
    return PageImage(image.number, pixels, dpi)  # type: ignore[arg-type]
