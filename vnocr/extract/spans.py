"""Stretches of one printed line, with the text folded for matching.

A line that was recognised across two columns is cut into several spans.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Doc

from vnocr.model import Box, Region, Word
from vnocr.vietnamese.unicode import fold

# Look-alikes of the two joints of a symbol, replaced one for one.
_JOINTS = str.maketrans({"⁄": "/", "∕": "/", "／": "/", "–": "-", "—": "-", "−": "-", "‐": "-"})


@dataclass(frozen=True)
class LineSpan:
    """Words `start` to `end` (exclusive) of the Doc, all on line `line`."""

    line: int
    start: int
    end: int
    page: int
    region: Region | None
    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """The decided words joined by blanks, dashes and slashes unified."""
        return " ".join(word.text for word in self.words).translate(_JOINTS)

    @cached_property
    def key(self) -> str:
        """The text folded; place i of it is place i of `text`."""
        folded = fold(self.text)
        return folded if len(folded) == len(self.text) else self.text.lower()

    @property
    def seen(self) -> str:
        """The words as recognised."""
        return " ".join(word.seen for word in self.words if word.seen)

    @cached_property
    def box(self) -> Box | None:
        """Around all words."""
        return Box.around(word.box for word in self.words)

    @property
    def confidence(self) -> float:
        """The mean confidence of the words, weighted by their length."""
        weights = [max(1, len(word.text)) for word in self.words]
        total = sum(w * word.confidence for w, word in zip(weights, self.words, strict=True))
        return total / sum(weights) if weights else 0.0

    @property
    def upper_share(self) -> float:
        """The share of capitals among the letters."""
        letters = [letter for letter in self.text if letter.isalpha()]
        return sum(map(str.isupper, letters)) / len(letters) if letters else 0.0

    @cached_property
    def _starts(self) -> list[int]:
        starts, place = [], 0
        for word in self.words:
            starts.append(place)
            place += len(word.text) + 1
        return starts

    def word_at(self, place: int) -> int:
        """Return which of the words holds character `place` of `text`."""
        return max(0, bisect_right(self._starts, place) - 1)

    def nearest_start(self, place: int) -> int:
        """Return the word that starts nearest to character `place` of `text`."""
        return min(range(len(self._starts)), key=lambda word: abs(self._starts[word] - place))

    def words_between(self, first: int, last: int) -> tuple[Word, ...]:
        """Return the words that hold the characters `first` to `last` (exclusive)."""
        if last <= first:
            return ()
        return self.words[self.word_at(first) : self.word_at(last - 1) + 1]

    def pieces(self, gap: float) -> Iterator[LineSpan]:
        """Yield the stretches parted by more than `gap` pixels of white."""
        first = 0
        for place in range(1, len(self.words)):
            before, after = self.words[place - 1].box, self.words[place].box
            if before and after and after.left - before.right > gap:
                yield self.part(first, place)
                first = place
        yield self.part(first)

    def before_correction(self) -> LineSpan:
        """Return the span with what was seen as its text: codes are never to be corrected."""
        words = tuple(replace(word, text=word.seen) for word in self.words if word.seen)
        return replace(self, words=words)

    def part(self, first: int, last: int | None = None) -> LineSpan:
        """Return the span of words `first` to `last` (exclusive), counted within this span."""
        last = len(self.words) if last is None else last
        return LineSpan(
            self.line,
            self.start + first,
            self.start + last,
            self.page,
            self.region,
            self.words[first:last],
        )


def rows(spans: Iterable[LineSpan]) -> list[list[LineSpan]]:
    """Return `spans` in groups that follow each other on one baseline, from left to right."""
    groups: list[list[LineSpan]] = []
    for span in spans:
        last = groups[-1][-1].box if groups else None
        here = span.box
        if last and here and abs(here.top + here.bottom - last.top - last.bottom) < here.height:
            groups[-1].append(span)
        else:
            groups.append([span])
    for group in groups:
        group.sort(key=lambda span: span.box.left if span.box else 0)
    return groups


def joined(spans: Sequence[LineSpan]) -> LineSpan:
    """Return one span with the words of all `spans`, for text that was torn apart."""
    first = spans[0]
    return replace(first, words=tuple(word for span in spans for word in span.words))


def line_span(doc: Doc, index: int) -> LineSpan:
    """Return the whole of line `index` as a span."""
    line = doc._.vnocr_lines[index]
    words = doc._.vnocr_words[line.start : line.end]
    return LineSpan(index, line.start, line.end, line.page, line.region, words)
