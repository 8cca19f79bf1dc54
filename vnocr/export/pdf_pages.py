"""The pages of a document as a PDF that can be worked on: its own, or made from its pictures."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vnocr.errors import CorruptError, EncryptedError, InputError, TooLargeError, UnsupportedError
from vnocr.export.geometry import drawn_size, to_drawn
from vnocr.model import Dispatch, Page

if TYPE_CHECKING:
    import pikepdf

    from vnocr.export.geometry import Matrix

_PDF = "application/pdf"
_IMAGE = "image/"
_POINTS_PER_INCH = 72
_A4_INCHES = 11.69


@contextmanager
def open_pages(dispatch: Dispatch, source: Path) -> Iterator[pikepdf.Pdf]:
    """Open the file of `dispatch` as a PDF in memory; nothing is ever written to `source`.

    The pictures of a TIFF, JPEG or PNG go into the pages as they are, without being packed
    anew where a PDF can hold their packing. Raises InputError if the file cannot be opened,
    is no document of pages, or has other pages than those that were read.
    """
    import pikepdf

    try:
        with pikepdf.open(_as_pdf(dispatch, source)) as pdf:
            if len(pdf.pages) != dispatch.source.pages:
                raise CorruptError(
                    f"{source}: has {len(pdf.pages)} pages, {dispatch.source.pages} were read. "
                    "It has changed since; read it again."
                )
            yield pdf
    except pikepdf.PasswordError as error:
        raise EncryptedError(f"{source}: protected by a password; it cannot be copied.") from error
    except pikepdf.PdfError as error:
        raise CorruptError(f"{source}: damaged, it cannot be copied ({error})") from error


@dataclass(frozen=True, slots=True)
class Placement:
    """The (3, 3) matrices from pixels of the recognised image to user space of a PDF page.

    `upright` leaves out that the page was straightened.
    """

    tilted: Matrix
    upright: Matrix


def placement(page: Page, sheet: pikepdf.Page) -> Placement:
    """Return where the pixels of `page` stand on `sheet`.

    `sheet` is shown, as by viewers and by Poppler, within its crop box and turned by /Rotate.
    """
    left, bottom, width, height = _shown_box(sheet)
    turn = int(sheet.obj.get("/Rotate", 0)) % 360
    back = {
        0: [[1, 0, left], [0, -1, bottom + height]],
        90: [[0, 1, left], [1, 0, bottom]],
        180: [[-1, 0, left + width], [0, 1, bottom]],
        270: [[0, -1, left + width], [-1, 0, bottom + height]],
    }[turn]
    shown = (height, width) if turn in {90, 270} else (width, height)
    pixels = drawn_size(page)
    scale = np.diag([shown[0] / max(pixels[0], 1), shown[1] / max(pixels[1], 1), 1])
    to_points: Matrix = np.array([*back, [0, 0, 1]], dtype=np.float64) @ scale
    level = replace(page, skew=0.0)
    return Placement(to_points @ to_drawn(page), to_points @ to_drawn(level))


def _shown_box(sheet: pikepdf.Page) -> tuple[float, float, float, float]:
    """Return left, bottom, width and height of what is shown: the crop box in the media box."""
    media, crop = _corners(sheet.mediabox), _corners(sheet.cropbox)
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right <= left or top <= bottom:
        left, bottom, right, top = media
    return left, bottom, right - left, top - bottom


def _corners(box: pikepdf.Array) -> tuple[float, float, float, float]:
    x1, y1, x2, y2 = (float(edge) for edge in box)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _as_pdf(dispatch: Dispatch, source: Path) -> Path | io.BytesIO:
    media_type = dispatch.source.media_type
    if media_type == _PDF:
        return source
    if not media_type.startswith(_IMAGE):
        raise UnsupportedError(
            f"{source}: a text file has no pages to copy. "
            "Searchable copies are made of PDF, TIFF, JPEG and PNG."
        )
    return _pictures_as_pdf(source, dispatch.pages)


def _pictures_as_pdf(source: Path, pages: tuple[Page, ...]) -> io.BytesIO:
    import img2pdf
    from PIL.Image import DecompressionBombError

    # A rotation that is nonsense is no reason to refuse a page; nor does the reader.
    options = {"layout_fun": _layout(pages), "rotation": img2pdf.Rotation.ifvalid}
    try:
        return io.BytesIO(img2pdf.convert(str(source), **options))
    except img2pdf.AlphaChannelError:
        return io.BytesIO(img2pdf.convert(_without_alpha(source), **options))
    except DecompressionBombError as error:
        raise TooLargeError(f"{source}: too many pixels for a copy ({error})") from error
    except (img2pdf.ImageOpenError, OSError, ValueError, NotImplementedError) as error:
        raise CorruptError(f"{source}: the picture cannot be copied ({error})") from error
    except Exception as error:  # img2pdf raises bare exceptions of its own
        raise InputError(f"{source}: the picture cannot be put into a PDF ({error})") from error


def _layout(pages: tuple[Page, ...]) -> Callable[[int, int, object], tuple[float, ...]]:
    """Return what img2pdf asks, picture by picture, for the size of the page in points."""
    sides = {page.number: max(drawn_size(page)) / page.dpi for page in pages if page.dpi}
    numbers = count(1)

    def size(width: int, height: int, _: object) -> tuple[float, ...]:
        longest = sides.get(next(numbers), _A4_INCHES) * _POINTS_PER_INCH
        unit = longest / max(width, height)
        return (width * unit, height * unit) * 2

    return size


def _without_alpha(source: Path) -> list[bytes]:
    """Return the pictures of `source` on white paper: no PDF/A may show through."""
    from PIL import Image, ImageSequence

    pages = []
    with Image.open(source) as picture:
        for frame in ImageSequence.Iterator(picture):
            clear = frame.convert("RGBA")
            paper = Image.new("RGBA", clear.size, "white")
            stream = io.BytesIO()
            Image.alpha_composite(paper, clear).convert("RGB").save(stream, "PNG")
            pages.append(stream.getvalue())
    return pages
