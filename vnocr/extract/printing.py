"""Telling print from ink by size, where a recogniser gives figures for both.

Typed figures are as tall as the figures of the year beside them. Handwriting that was
misread as figures is nearly always taller or stands off the baseline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from vnocr.model import Word

Look = Literal["print", "ink", "unknown"]
_FIGURES = re.compile(r"\d+[.,;]?")
_TOLERANCE = 0.14
# How far other signs in the same word reach beyond figures, as shares of a figure's height.
_ACCENTED = 0.36  # "Số:" has an accent above its capital
_SLASHED = 0.22  # a slash or a comma hangs below, the accents of a symbol stand above


def figure_height(words: Sequence[Word]) -> int | None:
    """Return the height in pixels of the last word of at least four figures, or None."""
    for word in reversed(words):
        if word.box is not None and re.fullmatch(r"\d{4}[.,]?", word.seen):
            return word.box.height
    return None


def look_of(words: Sequence[Word], figures: int | None) -> Look:
    """Return whether `words`, which hold figures, look like print.

    `figures` is the height of printed figures on the same line. Words in which letters
    were taken for figures (`|0`, `lồ`) count as ink.
    """
    boxes = [word.box for word in words if word.box is not None]
    if figures is None or not boxes or len(boxes) != len(words):
        return "unknown"
    for word in words:
        if word.box is None or not _fits(word.seen, word.box.height / figures):
            return "ink"
    return "print"


def _fits(text: str, ratio: float) -> bool:
    if _FIGURES.fullmatch(text):
        extra = 0.0
    elif re.match(r"S\w\s?[:.;]?|ngày|Ngày", text):
        extra = _ACCENTED
    elif "/" in text or "-" in text:
        extra = _SLASHED
    else:
        return False
    return 1 - _TOLERANCE <= ratio <= 1 + extra + _TOLERANCE
