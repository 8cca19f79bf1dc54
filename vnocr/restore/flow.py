"""Which lines run on into each other: text is understood across line ends, within a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ITEM = re.compile(r"[-–—+•*▪✓]|\(?[a-zđ]\)|\(?\d{1,2}[.)]\D?|[IVX]+[.)]|\d{1,2}(?:\.\d{1,2})+\.?$")
_ENDS = (".", ";", ":", "!", "./.", "…")
_SHORT = 0.7


def paragraphs(lines: Sequence[Sequence[str]]) -> list[range]:
    """Return the runs of lines that form paragraphs, as ranges of line numbers.

    A line starts a new one after a blank line, after a line that ends a sentence or stops
    well short of the margin, and where an item of a list or a heading begins.
    """
    widths = [sum(map(len, line)) + len(line) for line in lines]
    runs: list[range] = []
    start = 0
    for number in range(1, len(lines)):
        if _starts(lines, widths, number):
            runs.append(range(start, number))
            start = number
    if lines:
        runs.append(range(start, len(lines)))
    return runs


def _starts(lines: Sequence[Sequence[str]], widths: list[int], number: int) -> bool:
    before, here = lines[number - 1], lines[number]
    if not before or not here or before[-1].endswith(_ENDS) or _ITEM.match(here[0]):
        return True
    if _capitals(before) != _capitals(here):
        return True
    margin = max(widths[max(0, number - 4) : number + 4])
    return widths[number - 1] < _SHORT * margin and not here[0][0].islower()


def _capitals(line: Sequence[str]) -> bool:
    text = "".join(line)
    return text.isupper() and len(text) > 1
