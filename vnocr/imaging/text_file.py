"""A text file as a document whose pages are all text layer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from vnocr.errors import InputError, UnsupportedError
from vnocr.imaging.plain_text import pages_from_text
from vnocr.imaging.text_layer import TextLayer
from vnocr.model import Page, PageImage
from vnocr.settings import ImagingSettings


@dataclass(frozen=True, slots=True)
class TextFile:
    """An open text file."""

    media_type: str
    pages: tuple[Page, ...]

    @property
    def page_count(self) -> int:
        """Pages are parted by form feeds."""
        return len(self.pages)

    def page_image(self, number: int) -> PageImage:
        """Raise InputError: text has no picture."""
        raise InputError(f"page {number} is plain text and has no image")

    def text_layer(self, number: int) -> TextLayer:
        """Return the page's text."""
        return TextLayer(self.pages[number - 1], fonts=frozenset(), image_share=0.0)


@contextmanager
def open_text_file(path: Path, media_type: str, settings: ImagingSettings) -> Iterator[TextFile]:
    """Open `path` as UTF-8 text. Raises UnsupportedError if it is in another encoding."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnsupportedError(
            f"{path}: not UTF-8 text (byte {error.start}). Convert it with: iconv -t UTF-8"
        ) from error
    yield TextFile(media_type, pages_from_text(text))
