"""TIFF (also multi-page), JPEG and PNG files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vnocr.errors import CorruptError, TooLargeError
from vnocr.imaging.scale import scaled_to
from vnocr.model import PageImage
from vnocr.settings import ImagingSettings

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

_MEGA = 1_000_000
_A4_INCHES = 8.27
_WIDEST_PAGE = 1.6  # width by height; landscape A4 has 1.41
_PLAUSIBLE_DPI = range(60, 1300)
# What Pillow raises for broken files; a TypeError where a TIFF's list of pages leads astray.
_DAMAGE = (OSError, EOFError, SyntaxError, ValueError, TypeError)


@dataclass(frozen=True, slots=True)
class ImageFile:
    """An open image file."""

    path: Path
    media_type: str
    page_count: int
    settings: ImagingSettings

    def page_image(self, number: int) -> PageImage:
        """Return the page, scaled to the resolution that reads best."""
        from PIL import Image

        try:
            # Opened anew: pages of different kinds confuse some versions of Pillow.
            with Image.open(self.path) as image:
                image.seek(number - 1)
                dpi = _resolution(image)
                _check_size(self.path, image, self.settings, self.settings.dpi / dpi)
                pixels = _rgb(image)
        except _DAMAGE as error:
            raise CorruptError(
                f"{self.path}: page {number} is damaged or truncated ({error}). Scan it again."
            ) from error
        return scaled_to(PageImage(number, pixels, dpi), self.settings.dpi)

    def text_layer(self, number: int) -> None:
        """Return None: an image holds no text."""


@contextmanager
def open_image_file(path: Path, media_type: str, settings: ImagingSettings) -> Iterator[ImageFile]:
    """Open `path`. Raises CorruptError if it is damaged, TooLargeError above the pixel limit."""
    from PIL import Image, UnidentifiedImageError

    try:
        image = Image.open(path)
    except Image.DecompressionBombError as error:
        raise _too_large(path, settings) from error
    except (UnidentifiedImageError, *_DAMAGE) as error:
        raise CorruptError(f"{path}: the image is damaged ({error}). Scan it again.") from error
    with image:
        _check_size(path, image, settings)
        pages = _count_pages(image)
    yield ImageFile(path, media_type, pages, settings)


def _count_pages(image: Image) -> int:
    """Return how many pages the file names; where its list breaks off, with the lost page."""
    try:
        return getattr(image, "n_frames", 1)
    except _DAMAGE:
        number = 0
        with suppress(*_DAMAGE):
            for number in count(1):
                image.seek(number)
        return number + 1


def _check_size(path: Path, image: Image, settings: ImagingSettings, growth: float = 1.0) -> None:
    """Raise TooLargeError if the page, or what scaling by `growth` makes of it, is too large."""
    width, height = (round(side * max(growth, 1.0)) for side in image.size)
    if width * height > settings.max_megapixels * _MEGA:
        raise _too_large(path, settings, f"{width} x {height} pixels")


def _too_large(path: Path, settings: ImagingSettings, size: str = "the image") -> TooLargeError:
    return TooLargeError(
        f"{path}: {size}, more than imaging.max_megapixels ({settings.max_megapixels}). "
        "Scan at a lower resolution, or raise the setting."
    )


def _resolution(image: Image) -> int:
    """The dpi that the file states, or, where it states none or nonsense, that of an A4 page.

    A picture much wider than a landscape page is taken for a strip of an upright one.
    """
    stated: tuple[float, float] | None = image.info.get("dpi")
    if stated and round(stated[0]) in _PLAUSIBLE_DPI:
        return round(stated[0])
    landscape = 1 < image.width / image.height < _WIDEST_PAGE
    return max(1, round((image.height if landscape else image.width) / _A4_INCHES))


def _rgb(image: Image) -> NDArray[np.uint8]:
    """Return (height, width, 3) or, for grey and 1-bit images, (height, width)."""
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith(("I", "F")):  # 16 and 32 bit: spread what is there over 0..255
        deep = np.asarray(upright, dtype=np.float32)
        low, high = float(deep.min()), float(deep.max())
        return ((deep - low) * (255.0 / max(high - low, 1.0))).astype(np.uint8)
    if upright.mode in {"1", "L"}:
        return np.asarray(upright.convert("L"))
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        from PIL import Image as Images

        upright = upright.convert("RGBA")
        white = Images.new("RGBA", upright.size, "white")
        upright = Images.alpha_composite(white, upright)
    return np.asarray(upright.convert("RGB"))
