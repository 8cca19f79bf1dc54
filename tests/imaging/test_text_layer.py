"""The words of a page's own text, where fonts change and blanks are narrow."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest
from reportlab.pdfgen.canvas import Canvas

from vnocr.imaging.text_layer import layer_from_pdf_page

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def words_of(path: Path) -> list[str]:
    with pdfplumber.open(path) as pdf:
        layer = layer_from_pdf_page(pdf.pages[0], 1, 200)
    assert layer
    return [word.text for line in layer.page.lines for word in line.words]


@pytest.mark.parametrize("size", [8, 14])
def test_a_word_goes_on_in_another_font(tmp_path: Path, size: int) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    text = canvas.beginText(60, 700)
    for font, part in (("Times-Bold", "20/02/2025"), ("Times-Roman", ". Nay "), ("Courier", "sau")):
        text.setFont(font, size)
        text.textOut(part)
    canvas.drawText(text)
    canvas.save()
    assert words_of(tmp_path / "a.pdf") == ["20/02/2025.", "Nay", "sau"]


def test_capitals_from_a_font_of_their_own_join_their_word() -> None:
    """Fonts from before Unicode have their accented capitals in a second font."""
    words = words_of(SAMPLES / "16-quyet-dinh-tcvn3.pdf")
    assert words.count("Ủy") == 3
    assert "Ủ" not in words
