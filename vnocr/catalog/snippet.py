"""The words around a hit, and where in them the hit stands."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from vnocr.vietnamese.unicode import nfc

# A mark that its letter has no composed form with is no end of the word: folding drops it.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
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


def make_snippet(text: str, folded: str, phrases: list[str]) -> Snippet:
    """Return the part of `text` with the most hits, the first such; `phrases` are folded words.

    `folded` is `folded_words(text)`, which the catalog keeps: to fold the text again takes
    longer than the rest of a search. Without a hit in it, as when the heading alone
    matched, the beginning of the text is returned.
    """
    hits = sorted({hit for phrase in phrases for hit in _places(f" {folded} ", phrase)})
    begin = max(0, _densest(hits) - _BEFORE) if hits else 0
    text = nfc(text)
    words = [match.span() for match in islice(_WORD.finditer(text), begin, begin + _LENGTH)]
    if not words:
        return Snippet()
    left, right = words[0][0], words[-1][1]
    marks = [
        (words[start - begin][0] - left, words[end - begin - 1][1] - left)
        for start, end in hits
        if begin <= start and end - begin <= len(words)
    ]
    # Line breaks become blanks one for one, so that the marks stay right.
    return Snippet(re.sub(r"\s", " ", text[left:right]), _joined(marks))


def _densest(hits: list[Span]) -> int:
    """Return the start of the hit from which on most stand in one snippet."""
    starts = [start for start, _ in hits]
    reach = _LENGTH - _BEFORE
    found = {start: bisect(starts, start + reach) - place for place, start in enumerate(starts)}
    return max(found, key=lambda start: found[start])


def _places(folded: str, phrase: str) -> Iterator[Span]:
    """Yield from which word to which `phrase` stands in `folded`, a blank on either side."""
    wanted, length = f" {phrase} ", phrase.count(" ") + 1
    place, word, counted = folded.find(wanted), 0, 0
    while place >= 0:
        word, counted = word + folded.count(" ", counted, place), place
        yield word, word + length
        place = folded.find(wanted, place + 1)


def _joined(marks: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in marks:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
