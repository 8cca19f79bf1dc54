"""Labels of list items: their order tells d) from đ) and mends misread ones.

Vietnamese lists run a, b, c, d, đ, e, g, h, i, k...; a recogniser without Vietnamese reads đ)
as d), and small round labels as signs: ©), €).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ORDER = "abcdđeghiklmnopqrstuvxy"
_LABEL = re.compile(r"([“\"(]?)(\S)(\)\S{0,2})")


def relabel(tokens: Sequence[str]) -> dict[int, str]:
    """Return better labels for some of the first tokens of lines, by line number.

    A label changes only between labels that count on: `d)` after `d)`, and a sign where
    one letter is missing between its neighbours.
    """
    labels = [
        (line, found)
        for line, token in enumerate(tokens)
        if (found := _LABEL.fullmatch(token)) is not None
    ]
    better: dict[int, str] = {}
    previous = ""
    for place, (line, found) in enumerate(labels):
        letter = found[2]
        following = labels[place + 1][1][2] if place + 1 < len(labels) else ""
        expected = _next(previous)
        if expected and letter != expected and _fits(letter, expected, following):
            better[line] = found[1] + expected + found[3]
            letter = expected
        previous = letter
    return better


def _fits(letter: str, expected: str, following: str) -> bool:
    if letter == "d" and expected == "đ":
        return following in ("", "e", "a", "d") or not following.isalpha()
    if letter == "đ" and expected == "d":
        return following == "đ"
    return letter not in _ORDER and not letter.isdigit() and following in ("", _next(expected))


def _next(letter: str) -> str:
    place = _ORDER.find(letter) if letter else -1
    return _ORDER[place + 1] if 0 <= place < len(_ORDER) - 1 else ""
