"""A page, or a part of it, as a JPEG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vnocr.model import Box, PageImage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MARGIN = 20
_WIDTH = 480
_QUALITY = 70


def crop_jpeg(image: PageImage, box: Box) -> bytes:
    """Return the part of `image` in and around `box` as JPEG, at most 480 pixels wide.

    Raises ValueError if the box lies outside the picture.
    """
    top, left = max(0, box.top - _MARGIN), max(0, box.left - _MARGIN)
    part = image.pixels[top : box.bottom + _MARGIN, left : box.right + _MARGIN]
    if part.size == 0:
        raise ValueError(f"the box {box} lies outside page {image.number}")
    return _jpeg(part, _WIDTH)


def page_jpeg(image: PageImage, width: int) -> bytes:
    """Return the whole of `image` as JPEG, at most `width` pixels wide."""
    return _jpeg(image.pixels, width)


def _jpeg(pixels: NDArray[np.uint8], widest: int) -> bytes:
    import cv2

    blue_first = pixels[:, :, ::-1] if pixels.ndim == 3 else pixels
    height, width = pixels.shape[:2]
    scale = min(1.0, widest / width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(blue_first, size, interpolation=cv2.INTER_AREA)
    _, encoded = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return encoded.tobytes()
