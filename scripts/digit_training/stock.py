"""Loads what lines are made of, and makes samples from a seed."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
from numpy.random import Generator

from digit_training.hands import Ink
from digit_training.lines import Stock, date_line, number_line
from digit_training.pictures import (
    FONTS,
    FONTS_HELD_OUT,
    FONTS_JUDGED,
    DigitPictures,
    FontHands,
)
from digit_training.wear import HARD, USUAL, strip_of
from vnocr.ocr.handwriting.tokens import TOKENS

HELD_OUT = 1000  # pictures of digits kept for measuring
_CODES = {token: code for code, token in enumerate(TOKENS)}
_EXTRA_SYMBOLS = ("QĐ/TW", "NQ/TU", "BCĐ138", "UBND-VX", "SYT-NVY", "TB/ĐU", "QH14", "CV/HU")


# Debian's fonts, and in the working folder those of npm.
_FONTS, _NODE_FONTS = Path("/usr/share/fonts"), "node_modules"
Hands = Literal["training", "calibration", "judging"]


def load_stock(digits: Path, dictionaries: Path, work: Path, hands: Hands) -> Stock:
    """Return the stock of lines in the `hands` for a purpose: other fonts, other pictures.

    No invented hand writes lines that are not for training: their forms are those trained on.
    """
    keep, names = {
        "training": (slice(0, -HELD_OUT), FONTS),
        "calibration": (slice(-HELD_OUT, -HELD_OUT // 2), FONTS_HELD_OUT),
        "judging": (slice(-HELD_OUT // 2, None), FONTS_JUDGED),
    }[hands]
    symbols = _column(dictionaries / "symbols.tsv") + _EXTRA_SYMBOLS
    places = _column(dictionaries / "provinces.tsv")
    fonts = FontHands.load((_FONTS, work / _NODE_FONTS), names)
    return Stock(symbols, places, DigitPictures.load(digits, keep), fonts, hands == "training")


def _column(path: Path) -> tuple[str, ...]:
    rows = path.read_text(encoding="utf-8").splitlines()
    return tuple(row.split("\t")[0] for row in rows if row and not row.startswith("#"))


_NUMBERS = 0.68  # share of number lines: more of their figures are in ink


def sample(
    stock: Stock, rng: Generator, *, whole: bool = False, usual: float = 0.5
) -> tuple[Ink, list[int], Literal["number", "date"]]:
    """Return a strip, the classes it should be read as, and its kind.

    A share of `usual` of the strips is as offices scan, the others are worn hard.
    """
    kind: Literal["number", "date"] = "number" if rng.random() < _NUMBERS else "date"
    sheet = number_line(stock, rng) if kind == "number" else date_line(stock, rng, whole=whole)
    wear = USUAL if rng.random() < usual else HARD
    return strip_of(sheet, stock, wear, rng), [_CODES[token] for token in sheet.answer], kind


def batch(strips: list[Ink], multiple: int = 64) -> np.ndarray:
    """Return strips as (n, 1, height, width) in 0..1, padded with white to one width."""
    width = -(-max(strip.shape[1] for strip in strips) // multiple) * multiple
    out = np.zeros((len(strips), 1, strips[0].shape[0], width), np.float32)
    for place, strip in enumerate(strips):
        out[place, 0, :, : strip.shape[1]] = strip
    return out / 255
