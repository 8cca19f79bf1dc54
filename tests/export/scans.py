"""Scans for tests of copies: pictures in PDFs, and dispatches that were read from them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import img2pdf
import numpy as np
import pikepdf
from PIL import Image

from tests.builders import make_dispatch
from vnocr.model import Box, Dispatch, Line, Page, Source, Word

WIDTH, HEIGHT, DPI = 827, 1169, 100
VIETNAMESE = (
    "aàáảãạ ăằắẳẵặ âầấẩẫậ eèéẻẽẹ êềếểễệ iìíỉĩị oòóỏõọ ôồốổỗộ ơờớởỡợ uùúủũụ ưừứửữự yỳýỷỹỵ đ "
    "AÀÁẢÃẠ ĂẰẮẲẴẶ ÂẦẤẨẪẬ EÈÉẺẼẸ ÊỀẾỂỄỆ IÌÍỈĨỊ OÒÓỎÕỌ ÔỒỐỔỖỘ ƠỜỚỞỠỢ UÙÚỦŨỤ ƯỪỨỬỮỰ YỲÝỶỸỴ Đ"
)


def picture(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """A page with something on it."""
    grey = np.full((height, width), 250, np.uint8)
    grey[100:140, 80:300] = 20
    return Image.fromarray(grey)


def jpeg(width: int = WIDTH, height: int = HEIGHT) -> bytes:
    stream = io.BytesIO()
    picture(width, height).save(stream, "JPEG", dpi=(DPI, DPI))
    return stream.getvalue()


def write_scan(path: Path, pages: int = 1) -> Path:
    path.write_bytes(img2pdf.convert([jpeg()] * pages))
    return path


def lines_of(text: str, top: int = 100) -> tuple[Line, ...]:
    """Lines of six words, each word 100 pixels wide, as a recogniser would give them."""
    words, lines = text.split(), []
    for row, start in enumerate(range(0, len(words), 6)):
        y = top + 45 * row
        placed = tuple(
            Word(word, word, Box(80 + 115 * column, y, 180 + 115 * column, y + 30), 0.9)
            for column, word in enumerate(words[start : start + 6])
        )
        lines.append(Line(placed, Box.around(word.box for word in placed)))
    return tuple(lines)


def page_of(text: str, number: int = 1) -> Page:
    return Page(number, lines_of(text), "ocr", WIDTH, HEIGHT, DPI)


def dispatch_of(path: Path, pages: Sequence[Page], media_type: str = "application/pdf") -> Dispatch:
    """The dispatch that was read from `path`."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    source = Source(str(path), digest, media_type, len(pages), len(content))
    return replace(make_dispatch(), source=source, pages=tuple(pages))


def change(path: Path, alter: object) -> Path:
    """Let `alter` change the open PDF at `path`."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        alter(pdf)  # type: ignore[operator]
        pdf.save(path)
    return path
