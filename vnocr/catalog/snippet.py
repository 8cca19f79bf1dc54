"""The words around a hit, and where in them the hit stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vnocr.catalog.rows import folded_words

_WORD = re.compile(r"[^\W_]+")
_BEFORE, _LENGTH = 6, 24

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """Some words of a page; `marks` are the (start, end) of hits in `text`, in letters."""

    text: str = ""
    marks: tuple[Span, ...] = ()

    def marked(self, before: str = "[", after: str = "]") -> str:
        """Return the text with `before` and `after` around every hit."""
        parts, position = [], 0
        for start, end in self.marks:
            parts += [self.text[position:start], before, self.text[start:end], after]
            position = end
        return "".join([*parts, self.text[position:]])


def make_snippet(text: str, phrases: list[str]) -> Snippet:
    """Return the part of `text` with the first hit; `phrases` are folded words.

    Without a hit in the text, as when the subject alone matched, its beginning is returned.
    """
    words = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    folded = [folded_words(text[start:end]) for start, end in words]
    hits = sorted({hit for phrase in phrases for hit in _places(folded, phrase.split())})
    first = hits[0][0] if hits else 0
    begin = max(0, first - _BEFORE)
    shown = words[begin : begin + _LENGTH]
    if not shown:
        return Snippet()
    left, right = shown[0][0], shown[-1][1]
    marks = [
        (words[start][0] - left, words[end - 1][1] - left)
        for start, end in hits
        if words[end - 1][1] <= right
    ]
    # Line breaks become blanks one for one, so that the marks stay right.
    return Snippet(re.sub(r"\s", " ", text[left:right]), _joined(marks))


def _places(folded: list[str], wanted: list[str]) -> Iterator[Span]:
    length = len(wanted)
    for start in range(len(folded) - length + 1):
        if folded[start] == wanted[0] and folded[start : start + length] == wanted:
            yield start, start + length


def _joined(marks: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in marks:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
