"""Writes PDFs that carry text: born digital, in a legacy encoding, or a signature over a scan."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pikepdf
from numpy.random import Generator
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from samplemaker.fonts import Face, path_of
from samplemaker.legacy_text import build_tcvn3_font, build_vni_font, to_tcvn3, to_vni
from samplemaker.pen import Mask, signature_mask
from samplemaker.raster import BLUE_PEN, RED, Colour
from samplemaker.sheet import HEIGHT, MM, WIDTH, Rule, SealMark, Sheet, SignatureMark, Text
from samplemaker.stamps import seal_mask

# From a word and its face to runs of (letters, name of the registered font).
Encode = Callable[[str, Face], Iterator[tuple[str, str]]]
_IMAGE_DPI = 200


def write_unicode_pdf(sheets: Sequence[Sheet], target: Path, rng: Generator) -> None:
    """Write a born-digital PDF with embedded Unicode fonts, seal and signature as pictures."""

    def encode(text: str, face: Face) -> Iterator[tuple[str, str]]:
        yield text, _register(face.file_stem, path_of(face))

    _write(sheets, target, encode, rng)


def write_tcvn3_pdf(sheets: Sequence[Sheet], target: Path, rng: Generator) -> None:
    """Write a PDF whose text layer is TCVN3, in the fonts .VnTime and .VnTimeH."""
    with TemporaryDirectory() as folder:

        def encode(text: str, face: Face) -> Iterator[tuple[str, str]]:
            for run, high in to_tcvn3(text):
                build = partial(build_tcvn3_font, face, capitals=high)
                yield run, _build(f"tcvn3-{face.file_stem}{'-H' if high else ''}", build, folder)

        _write(sheets, target, encode, rng)


def write_vni_pdf(sheets: Sequence[Sheet], target: Path, rng: Generator) -> None:
    """Write a PDF whose text layer is VNI-Windows, in the font VNI-Times."""
    with TemporaryDirectory() as folder:

        def encode(text: str, face: Face) -> Iterator[tuple[str, str]]:
            build = partial(build_vni_font, face)
            yield to_vni(text), _build(f"vni-{face.file_stem}", build, folder)

        _write(sheets, target, encode, rng)


def _register(name: str, path: Path) -> str:
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(path)))
    return name


def _build(name: str, build: Callable[..., None], folder: str) -> str:
    path = Path(folder) / f"{name}.ttf"
    if name not in pdfmetrics.getRegisteredFontNames():
        build(target=path)
        _register(name, path)
    return name


def _write(sheets: Sequence[Sheet], target: Path, encode: Encode, rng: Generator) -> None:
    # invariant leaves out the clock and random numbers, so a rebuild gives the same bytes.
    canvas = Canvas(str(target), pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(target.stem)
    for sheet in sheets:
        for mark in sheet.marks:
            match mark:
                case Text():
                    _text(canvas, mark, encode)
                case Rule():
                    canvas.setLineWidth(mark.weight)
                    canvas.line(mark.x0, HEIGHT - mark.y0, mark.x1, HEIGHT - mark.y1)
                case SignatureMark():
                    scale = _IMAGE_DPI / 72
                    mask = signature_mask(mark.width * scale, mark.height * scale, rng)
                    _picture(canvas, mask, BLUE_PEN, (mark.x, mark.y))
                case SealMark():
                    mask = seal_mask(mark, _IMAGE_DPI / 72, rng)
                    half = mask.shape[0] / 2 * 72 / _IMAGE_DPI
                    _picture(canvas, mask, RED, (mark.x - half, mark.y - half))
        canvas.showPage()
    canvas.save()


def _text(canvas: Canvas, mark: Text, encode: Encode) -> None:
    x = mark.x
    for run, font in encode(mark.text, mark.face):
        canvas.setFont(font, mark.size)
        canvas.drawString(x, HEIGHT - mark.y, run)
        x += pdfmetrics.stringWidth(run, font, mark.size)


def _picture(canvas: Canvas, mask: Mask, colour: Colour, place: tuple[float, float]) -> None:
    rgba = np.empty((*mask.shape, 4), np.uint8)
    rgba[..., :3] = np.array(colour) * 255
    rgba[..., 3] = mask * 255
    points = 72 / _IMAGE_DPI
    height = mask.shape[0] * points
    canvas.drawImage(
        ImageReader(Image.fromarray(rgba)),
        place[0],
        HEIGHT - place[1] - height,
        mask.shape[1] * points,
        height,
        mask="auto",
    )


def stamp_signature_text(scan: Path, lines: Sequence[str]) -> None:
    """Lay a block of text as digital signing tools print it over page 1 of `scan`, in place.

    The page stays a picture: the block is its whole text layer.
    """
    face = Face("Tinos")
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setFont(_register(face.file_stem, path_of(face)), 7.5)
    canvas.setFillColorRGB(0.75, 0.1, 0.15)
    for index, line in enumerate(lines):
        canvas.drawString(WIDTH - 58 * MM, HEIGHT - 6 * MM - index * 8.4, line)
    canvas.save()
    with (
        pikepdf.open(scan, allow_overwriting_input=True) as document,
        pikepdf.open(buffer) as overlay,
    ):
        # add_overlay would name the block at random, and no two builds would be alike.
        name = pikepdf.Name.SignatureText
        block = document.copy_foreign(overlay.pages[0].as_form_xobject())
        document.pages[0].add_resource(block, pikepdf.Name.XObject, name)
        document.pages[0].contents_add(b"q /SignatureText Do Q")
        document.save(scan, deterministic_id=True)
