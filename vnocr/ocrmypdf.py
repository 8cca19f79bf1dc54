"""A plugin for OCRmyPDF: its pages are read and restored by vnocr.

    ocrmypdf --plugin vnocr.ocrmypdf scan.pdf searchable.pdf

OCRmyPDF keeps its own way with pages, PDF/A and options; which way up a page stands it asks
Tesseract, as it always does. The words, with their restored spelling, come from vnocr.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ocrmypdf import hookimpl
from ocrmypdf.builtin_plugins.tesseract_ocr import TesseractOcrEngine
from ocrmypdf.hocrtransform import BoundingBox, OcrClass, OcrElement
from PIL import Image

from vnocr.errors import NoTextError
from vnocr.export.layout import PlacedLine, PlacedPage, placed_pages
from vnocr.model import Box
from vnocr.pipeline import loaded_toolkit, read_dispatch
from vnocr.settings import Settings
from vnocr.version import __version__


class VnocrEngine(TesseractOcrEngine):
    """Reads page images with vnocr and its built-in settings."""

    @staticmethod
    def creator_tag(options: Any) -> str:
        """Return what the metadata of the PDF says of the recogniser."""
        return f"vnocr {__version__}"

    def __str__(self) -> str:
        return f"vnocr {__version__}"

    @staticmethod
    def supports_generate_ocr() -> bool:
        """Whether pages are returned as elements: they are."""
        return True

    @staticmethod
    def generate_ocr(
        input_file: Path, options: Any, page_number: int = 0
    ) -> tuple[OcrElement, str]:
        """Return the words of the page image with their boxes in it, and its text."""
        with Image.open(input_file) as image:
            width, height = image.size
            dpi = float(image.info.get("dpi", (300, 300))[0])
        whole = OcrElement(
            ocr_class=OcrClass.PAGE,
            bbox=BoundingBox(0, 0, width, height),
            dpi=dpi,
            page_number=page_number,
        )
        try:
            dispatch = read_dispatch(input_file, loaded_toolkit(Settings()))
        except NoTextError:
            return whole, ""
        for page in placed_pages(dispatch):
            scale = width / max(page.width, 1)
            whole.children = [_paragraph(page, scale)]
        return whole, dispatch.text


def _paragraph(page: PlacedPage, scale: float) -> OcrElement:
    lines = [_line(line, scale) for block in page.blocks for line in block.lines]
    return OcrElement(
        ocr_class=OcrClass.PARAGRAPH,
        bbox=_box(Box(0, 0, page.width, page.height), scale),
        language="vie",
        direction="ltr",
        children=lines,
    )


def _line(line: PlacedLine, scale: float) -> OcrElement:
    words = [
        OcrElement(
            ocr_class=OcrClass.WORD,
            bbox=_box(placed.box or line.box, scale),
            text=placed.word.text,
            confidence=placed.word.confidence,
        )
        for placed in line.words
        if placed.word.text
    ]
    return OcrElement(ocr_class=OcrClass.LINE, bbox=_box(line.box, scale), children=words)


def _box(box: Box, scale: float) -> BoundingBox:
    return BoundingBox(box.left * scale, box.top * scale, box.right * scale, box.bottom * scale)


@hookimpl(tryfirst=True)
def get_ocr_engine(options: Any) -> VnocrEngine | None:
    """Read with vnocr, unless another engine is asked for by name."""
    asked = getattr(options, "ocr_engine", "auto") if options is not None else "auto"
    return VnocrEngine() if asked == "auto" else None
