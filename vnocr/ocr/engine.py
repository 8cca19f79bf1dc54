"""Recognition engines: what each must do, and the table of those that exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from vnocr.errors import SettingsError
from vnocr.model import Page, PageImage
from vnocr.settings import OcrSettings


class Engine(Protocol):
    """Reads one page at a time; safe to use for many."""

    def recognise(self, image: PageImage, *, block: bool = False) -> Page:
        """Return the lines of a grey page, boxes in its pixels, `seen` equal to `text`.

        `block` says that the image is nothing but lines under each other.
        Raises RecogniserError if this page cannot be read, MissingToolError if no page can.
        """

    def describe(self) -> str:
        """Return name, version and language data."""


def load_engine(settings: OcrSettings) -> Engine:
    """Return the engine that the settings name, checked to be installed.

    Raises SettingsError for an unknown name, MissingToolError if it cannot run.
    """
    load = ENGINES.get(settings.engine)
    if load is None:
        known = ", ".join(sorted(ENGINES))
        raise SettingsError(f"unknown setting ocr.engine '{settings.engine}'. Known: {known}")
    return load(settings)


def _tesseract(settings: OcrSettings) -> Engine:
    from vnocr.ocr.tesseract import load_tesseract

    return load_tesseract(settings)


def _tesserocr(settings: OcrSettings) -> Engine:
    from vnocr.ocr.tesserocr import load_tesserocr

    return load_tesserocr(settings)


def _fastest(settings: OcrSettings) -> Engine:
    """Return Tesseract inside this process where tesserocr is installed, else the program."""
    try:
        import tesserocr  # noqa: F401  # only to see whether it is there and loads
    except ImportError:
        return _tesseract(settings)
    return _tesserocr(settings)


ENGINES: dict[str, Callable[[OcrSettings], Engine]] = {
    "auto": _fastest,
    "tesseract": _tesseract,
    "tesserocr": _tesserocr,
}
