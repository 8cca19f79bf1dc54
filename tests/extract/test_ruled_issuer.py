"""Regression: the drawn rule under an issuer was read as "-_" and joined two names by a dash."""

from __future__ import annotations

from tests.builders import make_line
from vnocr.extract.extractor import Extractor
from vnocr.model import Page


def test_a_piece_of_a_rule_is_no_dash(extractor: Extractor) -> None:
    texts = ("ỦY BAN NHÂN DÂN", "-_ TỈNH QUẢNG BÌNH", "Số: 09/CĐ-UBND")
    left = [make_line(text, 40 * row) for row, text in enumerate(texts)]
    page = Page(1, tuple(left), "ocr", 1654, 2339, 200)
    assert extractor.extract([page]).fields.issuer == "Ủy ban nhân dân tỉnh Quảng Bình"
