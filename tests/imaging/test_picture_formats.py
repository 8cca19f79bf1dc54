"""Scans inside PDFs, in every way that scanners pack them."""

import io
import struct
from collections.abc import Callable
from pathlib import Path

import img2pdf
import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageOps

from tests.imaging.sheets import pdf_of, text_at, text_page
from vnocr.imaging.load import open_document
from vnocr.settings import ImagingSettings

SCAN = Image.fromarray(text_page())
DPI = (120, 120)


def packed(image: Image.Image, form: str, **options: object) -> bytes:
    content = io.BytesIO()
    image.save(content, form, dpi=DPI, **options)  # type: ignore[arg-type]
    return content.getvalue()


def deep() -> Image.Image:
    return Image.fromarray(text_page().astype(np.uint16) * 257)


PACKINGS: dict[str, Callable[[], bytes]] = {
    "CCITT G4": lambda: packed(SCAN.convert("1"), "TIFF", compression="group4"),
    "JPEG": lambda: packed(SCAN.convert("RGB"), "JPEG", quality=85),
    "JPEG, CMYK": lambda: packed(SCAN.convert("RGB").convert("CMYK"), "JPEG", quality=85),
    "JPEG 2000": lambda: packed(SCAN, "JPEG2000"),
    "palette": lambda: packed(SCAN.convert("RGB").quantize(8), "PNG"),
    "16 bit": lambda: packed(deep(), "PNG"),
    "1 bit": lambda: packed(SCAN.convert("1"), "PNG"),
}


def drawn(path: Path, dpi: int) -> np.ndarray:  # type: ignore[type-arg]
    with open_document(path, ImagingSettings(dpi=dpi)) as document:
        return np.asarray(document.page_image(1).pixels)


@pytest.mark.parametrize("packing", PACKINGS)
def test_the_page_looks_as_it_was_scanned(packing: str, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    layout = img2pdf.get_fixed_dpi_layout_fun(DPI)
    path.write_bytes(img2pdf.convert(PACKINGS[packing](), layout_fun=layout))
    pixels = drawn(path, DPI[0]).min(axis=2).astype(int)
    scanned = text_page().astype(int)
    assert pixels.shape == pytest.approx(scanned.shape, abs=1)
    height, width = np.minimum(pixels.shape, scanned.shape)
    apart = np.abs(pixels[:height, :width] - scanned[:height, :width])
    assert apart.mean() < 6  # ink is 4 % of the page; a lost or inverted picture is 10 and more


def jbig2(mmr: bytes, width: int, height: int) -> bytes:
    """The two segments of an embedded JBIG2 picture (ITU-T T.88): page, and one region in MMR."""
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + mmr
    return b"".join(
        struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data
        for number, (kind, data) in enumerate([(48, page), (38, region)])
    )


def test_a_page_in_jbig2_looks_as_it_was_scanned(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    layout = img2pdf.get_fixed_dpi_layout_fun(DPI)
    # Ones are ink in JBIG2 and paper in what img2pdf takes from a TIFF.
    negative = packed(ImageOps.invert(SCAN).convert("1"), "TIFF", compression="group4")
    path.write_bytes(img2pdf.convert(negative, layout_fun=layout))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        (picture,) = pdf.pages[0].Resources.XObject.values()
        bits = jbig2(picture.read_raw_bytes(), int(picture.Width), int(picture.Height))
        picture.write(bits, filter=pikepdf.Name.JBIG2Decode)
        pdf.save(path)

    pixels = drawn(path, DPI[0]).min(axis=2).astype(int)

    scanned = text_page().astype(int)
    height, width = np.minimum(pixels.shape, scanned.shape)
    assert np.abs(pixels[:height, :width] - scanned[:height, :width]).mean() < 6


def test_the_size_of_a_point_is_honoured(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", text_at(20, 380, "Van ban", 20), size=(300, 420))
    small = drawn(path, 100)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.UserUnit = 2
        pdf.save(path)
    large = drawn(path, 100)
    assert large.shape[0] == pytest.approx(2 * small.shape[0], abs=2)
    dark = [np.argwhere(pixels.min(axis=2) < 128).max(axis=0) for pixels in (small, large)]
    assert dark[1] == pytest.approx(2 * dark[0], abs=6)
