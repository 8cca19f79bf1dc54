"""Loads what lines are made of, and makes samples from a seed."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
from numpy.random import Generator

from digit_training.hands import Ink
from digit_training.lines import Stock, date_line, number_line
from digit_training.pictures import FONTS, FONTS_HELD_OUT, DigitPictures, FontHands
from digit_training.wear import strip_of
from vnocr.ocr.handwriting.tokens import TOKENS

HELD_OUT = 1000  # pictures of digits kept for measuring
_CODES = {token: code for code, token in enumerate(TOKENS)}
_EXTRA_SYMBOLS = ("QĐ/TW", "NQ/TU", "BCĐ138", "UBND-VX", "SYT-NVY", "TB/ĐU", "QH14", "CV/HU")


def load_stock(digits: Path, dictionaries: Path, *, held_out: bool) -> Stock:
    """Return the stock for training, or that of hands held out: other fonts, other pictures.

    No invented hand writes held-out lines: their forms are those trained on.
    """
    keep = slice(-HELD_OUT, None) if held_out else slice(0, -HELD_OUT)
    symbols = _column(dictionaries / "symbols.tsv") + _EXTRA_SYMBOLS
    places = _column(dictionaries / "provinces.tsv")
    names = FONTS_HELD_OUT if held_out else FONTS
    hands = FontHands.load(Path("/usr/share/fonts"), names)
    return Stock(symbols, places, DigitPictures.load(digits, keep), hands, not held_out)


def _column(path: Path) -> tuple[str, ...]:
    rows = path.read_text(encoding="utf-8").splitlines()
    return tuple(row.split("\t")[0] for row in rows if row and not row.startswith("#"))


_NUMBERS = 0.68  # share of number lines: more of their figures are in ink


def sample(
    stock: Stock, rng: Generator, *, whole: bool = False
) -> tuple[Ink, list[int], Literal["number", "date"]]:
    """Return a strip, the classes it should be read as, and its kind."""
    if rng.random() < _NUMBERS:
        sheet = number_line(stock, rng)
        return strip_of(sheet, stock, rng), [_CODES[token] for token in sheet.answer], "number"
    sheet = date_line(stock, rng, whole=whole)
    return strip_of(sheet, stock, rng), [_CODES[token] for token in sheet.answer], "date"


def batch(strips: list[Ink], multiple: int = 64) -> np.ndarray:
    """Return strips as (n, 1, height, width) in 0..1, padded with white to one width."""
    width = -(-max(strip.shape[1] for strip in strips) // multiple) * multiple
    out = np.zeros((len(strips), 1, strips[0].shape[0], width), np.float32)
    for place, strip in enumerate(strips):
        out[place, 0, :, : strip.shape[1]] = strip
    return out / 255
