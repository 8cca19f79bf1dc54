"""Glyph groups: how one to three letters come to look like up to three glyphs.

What was never seen backs off from the letter to its vowel family (ố, ồ, ô... share what they
look like) and to the bare letter.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from vnocr.vietnamese.tones import split_tone
from vnocr.vietnamese.unicode import strip_marks

Vector = NDArray[np.float32]
FloatArray = NDArray[np.float64]
LONGEST = 3


class Counts:
    """What was read for what: (letters, glyphs) -> how often."""

    def __init__(self, rows: Iterable[tuple[str, str, int]]) -> None:
        self.pairs: dict[str, dict[str, int]] = defaultdict(dict)  # glyphs -> letters -> count
        self.total: dict[str, int] = defaultdict(int)
        for letters, glyphs, count in rows:
            self.pairs[glyphs][letters] = self.pairs[glyphs].get(letters, 0) + count
            self.total[letters] += count

    def share(self, letters: str, count: int) -> float:
        """Return `count` as a share of all readings of `letters`."""
        return count / (self.total[letters] + 1)


class Groups:
    """Log P(glyphs | letters) for groups of one to three letters, with back-off."""

    # What each level leaves to the next: the letter to its family, that to the bare letter,
    # that to any glyph at all. Fixed shares, not counts: real wear differs from rendered wear.
    _FAMILY, _BARE, _ANY = 0.1, 0.1, 0.1
    _ANYTHING = (2e-2, 1e-2, 1e-4, 1e-6)  # by the number of glyphs
    _INSERTED = math.log(2e-4)

    def __init__(self, counts: Counts, letters: Sequence[str]) -> None:
        self.place = {letter: number for number, letter in enumerate(letters)}
        self._letters = letters
        self._counts = counts
        self._own = _Pool(counts, letters, str)
        self._family = _Pool(counts, letters, family)
        self._bare = _Pool(counts, letters, strip_marks)
        self._rows: dict[str, Vector] = {}
        self._known: dict[str, dict[str, float]] = {}

    def inserted(self, glyph: str) -> float:
        """Return the log score of a glyph that stands for no letter."""
        return self._INSERTED + (0.0 if glyph.isalnum() else 2.0)

    def anything(self, count: int) -> np.float32:
        """Return the log score of a letter read as `count` glyphs for no reason known to us."""
        return np.float32(math.log(self._FAMILY * self._BARE * self._ANY * self._ANYTHING[count]))

    def letters(self, glyphs: str) -> Vector:
        """Return log P(glyphs | letter) for every single letter; for "", of its being lost."""
        row = self._rows.get(glyphs)
        if row is None:
            any_ = self._ANY * self._ANYTHING[len(glyphs)]
            share = (1 - self._ANY) * self._bare.share(glyphs) + any_
            share = (1 - self._BARE) * self._family.share(glyphs) + self._BARE * share
            share = (1 - self._FAMILY) * self._own.share(glyphs) + self._FAMILY * share
            row = self._rows[glyphs] = np.log(share).astype(np.float32)
        return row

    def known(self, glyphs: str) -> dict[str, float]:
        """Return log P(glyphs | group) of the groups that were read so in training.

        Single letters are there with their kin where `letters` does not serve: for more than
        one glyph. Longer groups have single letters for their back-off.
        """
        if glyphs not in self._counts.pairs:
            return {}
        found = self._known.get(glyphs)
        if found is None:
            found = self._known[glyphs] = dict(self._read_as(glyphs))
        return found

    def _read_as(self, glyphs: str) -> Iterator[tuple[str, float]]:
        if len(glyphs) > 1 and self._bare.has(glyphs):
            row = self.letters(glyphs)
            for number in np.flatnonzero(self._bare.share(glyphs)).tolist():
                yield self._letters[number], float(row[number])
        for group, count in self._counts.pairs.get(glyphs, {}).items():
            if len(group) > 1:
                yield group, math.log(self._counts.share(group, count))


class _Pool:
    """Counts of single letters pooled under a key, spread over a list of letters."""

    def __init__(self, counts: Counts, letters: Sequence[str], key: Callable[[str], str]) -> None:
        self._pooled = pooled(counts, key)
        keys = [key(letter) for letter in letters]
        names = sorted(set(keys))
        self._place = {name: number for number, name in enumerate(names)}
        self._spread = np.array([self._place[name] for name in keys], np.int64)
        self._totals = np.array([self._pooled.total.get(name, 0) for name in names], np.float64)

    def has(self, glyphs: str) -> bool:
        """Whether any letter was ever read as `glyphs`."""
        return glyphs in self._pooled.pairs

    def share(self, glyphs: str) -> FloatArray:
        """Return how often each letter's pool was read as `glyphs`, as a share."""
        count = np.zeros(len(self._totals))
        for name, often in self._pooled.pairs.get(glyphs, {}).items():
            if name in self._place:
                count[self._place[name]] = often
        share: FloatArray = (count / (self._totals + 1))[self._spread]
        return share


def family(letter: str) -> str:
    """Return a letter (or letters) without its tone."""
    return split_tone(letter)[0]


def pooled(counts: Counts, key: Callable[[str], str], longest: int | None = 1) -> Counts:
    """Return the counts with letters that have the same key taken together."""
    return Counts(
        (key(letters), glyphs, count)
        for glyphs, row in counts.pairs.items()
        for letters, count in row.items()
        if longest is None or len(letters) <= longest
    )
