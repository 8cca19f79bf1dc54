"""Draw a page of a PDF: PDFium in this process, Poppler where PDFium gives up.

PDFium takes a third of the time, no process is started and no picture is piped. Poppler mends
some damaged files that PDFium refuses.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vnocr.errors import CorruptError, MissingToolError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_POINTS_PER_INCH = 72
_TIMEOUT_SECONDS = 120


def draw_page(path: Path, number: int, dpi: int, unit: float = 1.0) -> NDArray[np.uint8]:
    """Return the visible part of page `number` as RGB (height, width, 3), upright.

    Annotations and form fields are drawn as a reader sees them. `unit` is the page's size of a
    point, in 1/72 inch. Raises CorruptError if it cannot be drawn, MissingToolError if drawing
    it needs Poppler and that is not installed.
    """
    import pypdfium2

    try:
        return _by_pdfium(path, number, dpi * unit / _POINTS_PER_INCH)
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        return _by_poppler(path, number, dpi)


def _by_pdfium(path: Path, number: int, scale: float) -> NDArray[np.uint8]:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        if document.get_formtype():
            document.init_forms()
        bitmap = document[number - 1].render(scale=scale, rev_byteorder=True, may_draw_forms=True)
        # The pixels belong to the document, which is closed on the way out.
        pixels: NDArray[np.uint8] = bitmap.to_numpy()[..., :3].copy()
    return pixels


def _by_poppler(path: Path, number: int, dpi: int) -> NDArray[np.uint8]:
    from pdf2image import convert_from_path
    from pdf2image.exceptions import PDFInfoNotInstalledError, PDFPopplerTimeoutError

    try:
        images = convert_from_path(
            path.absolute(),  # a name may begin with "-", as an option does
            dpi=dpi,
            first_page=number,
            last_page=number,
            use_cropbox=True,
            timeout=_TIMEOUT_SECONDS,
        )
    except PDFInfoNotInstalledError as error:
        raise poppler_missing() from error
    except PDFPopplerTimeoutError as error:
        raise CorruptError(
            f"{path}: page {number} was not drawn within {_TIMEOUT_SECONDS} s"
        ) from error
    except Exception as error:
        raise CorruptError(f"{path}: page {number} cannot be drawn ({short(error)})") from error
    if not images:
        raise CorruptError(f"{path}: page {number} cannot be drawn; it is damaged")
    return np.asarray(images[0].convert("RGB"))


def poppler_missing() -> MissingToolError:
    """Return the error that says how to get Poppler."""
    return MissingToolError(
        "Poppler (pdftoppm) is not installed; it draws the pages of damaged PDFs. "
        "Install it with: apt-get install poppler-utils"
    )


def describe_rasteriser() -> str:
    """Return names and versions of what draws. Raises MissingToolError without Poppler."""
    from pypdfium2.version import PDFIUM_INFO

    program = shutil.which("pdftoppm")
    if not program:
        raise poppler_missing()
    done = subprocess.run([program, "-v"], capture_output=True, text=True, check=False)
    return f"PDFium {PDFIUM_INFO.build}, {(done.stderr or done.stdout).splitlines()[0]}"


def short(error: Exception) -> str:
    """Return the first line of what `error` says, else its name."""
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
