"""A part of a page as a small picture."""

from __future__ import annotations

from vnocr.model import Box, PageImage

_MARGIN = 20
_WIDTH = 480
_QUALITY = 70


def crop_jpeg(image: PageImage, box: Box) -> bytes:
    """Return the part of `image` in and around `box` as JPEG, at most 480 pixels wide.

    Raises ValueError if the box lies outside the picture.
    """
    import cv2

    top, left = max(0, box.top - _MARGIN), max(0, box.left - _MARGIN)
    part = image.pixels[top : box.bottom + _MARGIN, left : box.right + _MARGIN]
    if part.size == 0:
        raise ValueError(f"the box {box} lies outside page {image.number}")
    blue_first = part[:, :, ::-1] if part.ndim == 3 else part
    height, width = part.shape[:2]
    scale = min(1.0, _WIDTH / width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(blue_first, size, interpolation=cv2.INTER_AREA)
    _, encoded = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return encoded.tobytes()
