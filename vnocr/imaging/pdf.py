"""PDF files: their pages drawn, their text layers read with pdfplumber."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vnocr.errors import CorruptError, EncryptedError, TooLargeError
from vnocr.imaging.draw import draw_page, short
from vnocr.imaging.forms import forms_drawn
from vnocr.imaging.text_layer import TextLayer, layer_from_pdf_page
from vnocr.model import PageImage
from vnocr.settings import ImagingSettings

if TYPE_CHECKING:
    import pikepdf

_POINTS_PER_INCH = 72
_MEGA = 1_000_000
# A page drawn below this resolution cannot be read.
_LEAST_DPI = 70
_NESTED = 4
# Plans and maps draw thousands of symbols; more is not meant to be drawn.
_MOST_FORMS = 200_000
# Pictures may have more pixels than the page is drawn with (a large plan in 1 bit), within reason.
_PICTURE_FACTOR = 4
# A PDF ends with %%EOF; mail programs append rubbish up to this many bytes.
_END_WITHIN = 2048


@dataclass(frozen=True, slots=True)
class PdfFile:
    """An open PDF."""

    path: Path
    pdf: pikepdf.Pdf
    settings: ImagingSettings
    media_type: str = "application/pdf"

    @property
    def page_count(self) -> int:
        """Pages of the PDF."""
        return len(self.pdf.pages)

    def page_image(self, number: int) -> PageImage:
        """Draw the page with its annotations and form fields."""
        try:
            dpi = self._dpi(number)
            self._check_pictures(number)
            self._check_forms(number)
            unit = _unit(self.pdf.pages[number - 1])
        except TooLargeError:
            raise
        except Exception as error:  # words for numbers, numbers for lists: it fails as it likes
            raise CorruptError(
                f"{self.path}: page {number} is damaged ({short(error)}). Scan it again."
            ) from error
        return PageImage(number, draw_page(self.path, number, dpi, unit), dpi)

    def text_layer(self, number: int) -> TextLayer | None:
        """Return the page's text with boxes at the resolution of its image, None if it has none.

        A layer that cannot be parsed counts as none: the picture of the page is still there.
        """
        try:
            if not _may_hold_text(self.pdf.pages[number - 1].obj):
                return None
            import pdfplumber  # slow to come, and most scans do without

            self._check_forms(number)
            with pdfplumber.open(self._single(number)) as plumbed:
                return layer_from_pdf_page(plumbed.pages[0], number, self._dpi(number))
        except Exception:  # noqa: BLE001 - pdfminer raises whatever a broken page makes it meet
            logging.getLogger("vnocr").info("%s: page %d: no usable text layer", self.path, number)
            return None

    def _single(self, number: int) -> io.BytesIO:
        """Return the page as a PDF of its own, form fields and notes drawn into it.

        pdfplumber would parse the structure of the whole file for each page, and it does not
        look into annotations, where typed numbers, dates and signature texts often stand.
        """
        import pikepdf

        with pikepdf.new() as alone, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a form field without its form is what we want
            alone.pages.append(self.pdf.pages[number - 1])
            alone.flatten_annotations("screen")
            alone.pages[0].mediabox = alone.pages[0].cropbox  # what viewers and Poppler show
            content = io.BytesIO()
            alone.save(content)
        return content

    def _dpi(self, number: int) -> int:
        """The resolution to draw at: as set, less where the page would have too many pixels."""
        width, height = _size_in_inches(self.pdf.pages[number - 1])
        budget = self.settings.max_megapixels * _MEGA
        dpi = min(self.settings.dpi, int((budget / max(width * height, 1e-6)) ** 0.5))
        if dpi < _LEAST_DPI:
            raise TooLargeError(
                f"{self.path}: page {number} is {width:.0f} x {height:.0f} inches, too large for "
                f"imaging.max_megapixels ({self.settings.max_megapixels}). Check the page size."
            )
        return dpi

    def _check_forms(self, number: int) -> None:
        """Refuse pages that no program would ever finish drawing."""
        if forms_drawn(self.pdf.pages[number - 1].obj) > _MOST_FORMS:
            raise TooLargeError(
                f"{self.path}: page {number} draws its parts more than {_MOST_FORMS} times. "
                "Print it anew to PDF, or scan it."
            )

    def _check_pictures(self, number: int) -> None:
        """Refuse pages whose pictures, once unpacked, would fill the memory."""
        limit = _PICTURE_FACTOR * self.settings.max_megapixels * _MEGA
        for width, height in _pictures(self.pdf.pages[number - 1].obj):
            if width * height > limit:
                raise TooLargeError(
                    f"{self.path}: page {number} holds a picture of {width} x {height} pixels, "
                    f"too large for imaging.max_megapixels ({self.settings.max_megapixels}). "
                    "Scan at a lower resolution, or raise the setting."
                )


@contextmanager
def open_pdf(path: Path, media_type: str, settings: ImagingSettings) -> Iterator[PdfFile]:
    """Open `path`.

    Raises EncryptedError if it needs a password (an empty one is tried), CorruptError if it
    is damaged beyond repair or has no pages.
    """
    import pikepdf

    logging.getLogger("pikepdf").setLevel(logging.ERROR)
    try:
        pdf = pikepdf.open(path)
    except pikepdf.PasswordError as error:
        raise EncryptedError(
            f"{path}: protected by a password. Remove it, for example with: "
            "qpdf --decrypt --password=PASSWORD IN.pdf OUT.pdf"
        ) from error
    except (pikepdf.PdfError, OSError, ValueError) as error:
        raise CorruptError(
            f"{path}: the PDF is damaged or truncated ({short(error)}). Copy or scan it again."
        ) from error
    with pdf:
        if pdf.get_warnings() and not _has_end_mark(path):
            raise CorruptError(
                f"{path}: the PDF is truncated; its end is missing, and pages with it. "
                "Copy or scan it again."
            )
        if len(pdf.pages) == 0:
            raise CorruptError(f"{path}: the PDF has no pages. Copy or scan it again.")
        yield PdfFile(path, pdf, settings, media_type)


def _has_end_mark(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _END_WITHIN))
        return b"%%EOF" in stream.read()


def _may_hold_text(page: Any) -> bool:
    """Whether the page has fonts or annotations; most scans have neither."""
    return "/Annots" in page or _has_fonts(page)


def _has_fonts(holder: Any, depth: int = 0) -> bool:
    resources = holder.get("/Resources", {})
    if resources.get("/Font", {}) or depth >= _NESTED:
        return True
    drawn = resources.get("/XObject", {}).values()
    return any(_has_fonts(one, depth + 1) for one in drawn if one.get("/Subtype") == "/Form")


def _pictures(holder: Any, depth: int = 0) -> Iterator[tuple[int, int]]:
    """Yield (width, height) of the pictures that a page or form holds, nested ones too."""
    objects = holder.get("/Resources", {}).get("/XObject", {})
    for item in objects.values() if depth < _NESTED else ():
        if item.get("/Subtype") == "/Image":
            yield int(item.get("/Width", 0)), int(item.get("/Height", 0))
        elif item.get("/Subtype") == "/Form":
            yield from _pictures(item, depth + 1)


def _unit(page: pikepdf.Page) -> float:
    return float(page.obj.get("/UserUnit", 1))


def _size_in_inches(page: pikepdf.Page) -> tuple[float, float]:
    box: Any = page.cropbox
    unit = _unit(page) / _POINTS_PER_INCH
    left, bottom, right, top = (float(edge) for edge in box)
    return abs(right - left) * unit, abs(top - bottom) * unit
