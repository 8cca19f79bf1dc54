"""Repairing the letters of document numbers: what their grammar allows and nothing more."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

# Glyphs a recogniser takes for each other in capitals; every other letter stands for itself.
_CLASSES = ("ĐDPBbđ", "O0QÔ", "I1l!|", "ƯU", "S5", "Z2")
_CLASS = {glyph: group[0] for group in _CLASSES for glyph in group}
_PART = re.compile(r"[-–/.]")
_PARTY = re.compile(r"(\d+-)([^\d/-][^/]*/.+)$")
_SYMBOL = re.compile(r"((?:^|.*[/\s]))([^/\s]*[-–][^/\s]*)$")
_TAIL = re.compile(r"(.*/)([^/]*)$")
_BROKEN_HEAD = re.compile(r"\d/(?:\d{4}/)?[\wĐđ-]*[-–/]$")
_BROKEN_TAIL = re.compile(r"[A-ZĐ][\wĐđ]*(?:[-–][A-ZĐ]\w*)*")
_MARGIN = 20  # a reading must be this many times as common as what was seen


class CodeRepairer:
    """Knows the symbols of document numbers (`QĐ-TTg`) and how often each is cited.

    `parts` are known whether cited or not: the codes of document types.
    """

    def __init__(self, symbols: Mapping[str, int], parts: Iterable[str] = ()) -> None:
        self._symbols = dict(symbols)
        self._by_look: dict[str, list[str]] = defaultdict(list)
        self._parts: dict[str, int] = defaultdict(int)
        for symbol, count in symbols.items():
            self._by_look[_look(symbol)].append(symbol)
            for part in _PART.split(symbol):
                self._parts[part] += count
        for part in parts:
            self._parts[part] += 1
        self._parts_by_look: dict[str, list[str]] = defaultdict(list)
        for part in self._parts:
            self._parts_by_look[_look(part)].append(part)

    def repair(self, code: str, *, parts: bool = True) -> str:
        """Return a code with misread letters of its symbol put right; its length is kept.

        The whole symbol decides where it is known, else each of its parts if `parts` says
        so (in good text an unknown symbol is a rare one, not a misread one). What is as
        common as its likeliest reading stays.
        """
        found = _PARTY.match(code) or _SYMBOL.match(code) or _TAIL.match(code)
        head, symbol = (found[1], found[2]) if found else ("", code)
        if len(symbol) < 2 or not any(letter.isalpha() for letter in symbol):
            return code
        whole = _likeliest(symbol, self._by_look, self._symbols)
        if whole is not None or not parts:
            return head + (whole or symbol)
        return head + "".join(self._part(part) for part in re.split(r"([-–./])", symbol))

    def _part(self, part: str) -> str:
        """Return a part of a symbol with at most one letter put right."""
        best = _likeliest(part, self._parts_by_look, self._parts) if len(part) > 1 else None
        if best is None or sum(a != b for a, b in zip(best.upper(), part.upper(), strict=True)) > 1:
            return part
        return best

    def repair_broken(self, head: str, tail: str) -> tuple[str, str] | None:
        """Return the repaired halves of a code broken over a line end, None if it is none."""
        found = _BROKEN_TAIL.match(tail)
        if not found or not _BROKEN_HEAD.search(head):
            return None
        code = self.repair(head + found[0])
        return code[: len(head)], code[len(head) :] + tail[found.end() :]


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
