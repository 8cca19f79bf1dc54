"""Repairing the letters of document numbers: what their grammar allows and nothing more."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

# Glyphs a recogniser takes for each other in capitals; every other letter stands for itself.
_CLASSES = ("ĐDPBbđ", "O0QÔ", "I1l!|", "ƯU", "S5", "Z2")
_CLASS = {glyph: group[0] for group in _CLASSES for glyph in group}
_PART = re.compile(r"[-–/.]")
_SYMBOL = re.compile(r"(?P<head>(?:^|.*[/\s]))(?P<symbol>[^/\s]*[-–][^/\s]*)$")
_MARGIN = 20  # a reading must be this many times as common as what was seen


class CodeRepairer:
    """Knows the symbols of document numbers (`QĐ-TTg`) and how often each is cited."""

    def __init__(self, symbols: Mapping[str, int]) -> None:
        self._symbols = dict(symbols)
        self._by_look: dict[str, list[str]] = defaultdict(list)
        self._parts: dict[str, int] = defaultdict(int)
        for symbol, count in symbols.items():
            self._by_look[_look(symbol)].append(symbol)
            for part in _PART.split(symbol):
                self._parts[part] += count
        self._parts_by_look: dict[str, list[str]] = defaultdict(list)
        for part in self._parts:
            self._parts_by_look[_look(part)].append(part)

    def repair(self, code: str) -> str:
        """Return a code with misread letters of its symbol put right; its length is kept.

        The whole symbol decides where it is known, else each of its parts. What is as
        common as its likeliest reading stays.
        """
        found = _SYMBOL.match(code)
        head, symbol = (found["head"], found["symbol"]) if found else ("", code)
        if not found and "/" in code:
            head, _, symbol = code.rpartition("/")
            head += "/"
        if not any(letter.isalpha() for letter in symbol):
            return code
        whole = _likeliest(symbol, self._by_look, self._symbols)
        if whole is not None:
            return head + whole
        parts = re.split(r"([-–.])", symbol)
        return head + "".join(
            _likeliest(part, self._parts_by_look, self._parts) or part for part in parts
        )

    def known(self, word: str) -> bool:
        """Whether `word` is a part of some symbol."""
        return word in self._parts


def _likeliest(
    seen: str, by_look: Mapping[str, list[str]], counts: Mapping[str, int]
) -> str | None:
    """Return the reading of `seen` by far the most common, None if there is none."""
    readings = [word for word in by_look.get(_look(seen), ()) if len(word) == len(seen)]
    if not readings:
        return None
    best = max(readings, key=lambda word: (counts[word], word))
    if seen in counts and counts[best] < _MARGIN * counts[seen]:
        return seen
    return best


def _look(text: str) -> str:
    """Return the key under which codes that look alike fall together."""
    return "".join(_CLASS.get(letter, letter.upper()) for letter in text.replace("–", "-"))
