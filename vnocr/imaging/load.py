"""Open a file as a document of numbered pages, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Protocol

from vnocr.errors import TooLargeError, UnsupportedError
from vnocr.imaging.media import check_readable, sniff
from vnocr.imaging.text_layer import TextLayer
from vnocr.model import PageImage
from vnocr.settings import ImagingSettings

_SLOW_TO_COME = (
    "pdfplumber",
    "pikepdf",
    "pypdfium2",
    "pyhanko.pdf_utils.reader",
    "pyhanko.sign.validation.generic_cms",
)


class Document(Protocol):
    """An open document. Pages count from 1."""

    @property
    def media_type(self) -> str:
        """The kind of file, as in "application/pdf"."""

    @property
    def page_count(self) -> int:
        """How many pages it has, at least 1."""

    def page_image(self, number: int) -> PageImage:
        """Return the page in colour. Raises InputError if this page cannot be drawn."""

    def text_layer(self, number: int) -> TextLayer | None:
        """Return the text that the file itself holds for the page, None if it holds none."""


Opener = Callable[[Path, str, ImagingSettings], AbstractContextManager[Document]]


@contextmanager
def open_document(path: Path, settings: ImagingSettings) -> Iterator[Document]:
    """Open a PDF, TIFF, JPEG, PNG or text file; its content, not its name, decides the kind.

    The file is only read. Raises NotFoundError, CorruptError, EncryptedError,
    TooLargeError or UnsupportedError, each naming the file and the remedy.
    """
    check_readable(path)
    _check_size(path, settings.max_megabytes)
    media_type = sniff(path)
    with _opener(path, media_type)(path, media_type, settings) as document:
        if document.page_count > settings.max_pages:
            raise TooLargeError(
                f"{path}: {document.page_count} pages, more than imaging.max_pages "
                f"({settings.max_pages}). Raise the setting or split the file."
            )
        yield document


def load_libraries() -> None:
    """Import the libraries for PDF files and their signatures, which else come with the first."""
    for name in _SLOW_TO_COME:
        import_module(name)


def _check_size(path: Path, megabytes: int) -> None:
    size = path.stat().st_size >> 20
    if size > megabytes:
        raise TooLargeError(
            f"{path}: {size} MB, more than imaging.max_megabytes ({megabytes}). "
            "Raise the setting or split the file."
        )


def _opener(path: Path, media_type: str) -> Opener:
    from vnocr.imaging.image_file import open_image_file
    from vnocr.imaging.pdf import open_pdf
    from vnocr.imaging.text_file import open_text_file

    if media_type == "application/pdf":
        return open_pdf
    if media_type.startswith("image/"):
        return open_image_file
    if media_type == "text/plain":
        return open_text_file
    raise UnsupportedError(
        f"{path}: neither PDF, TIFF, JPEG, PNG nor UTF-8 text. "
        "Convert it to PDF, for example with LibreOffice."
    )
