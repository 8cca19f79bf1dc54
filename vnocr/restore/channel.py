"""How a syllable comes to look like what was read: a noisy channel over glyph groups.

A syllable is an onset and a toned rime. For each, the channel knows how often it was read as
which glyphs; what it has not seen is scored by groups of one to three letters read as up to
three glyphs, backing off from the letter to its vowel family (ố, ồ, ô... share what they
look like) and to the bare letter. After Brill and Moore, "An improved error model for noisy
channel spelling correction" (2000).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from vnocr.vietnamese.tones import split_tone
from vnocr.vietnamese.unicode import strip_marks

Vector = NDArray[np.float32]
LONGEST = 3
_NEVER = np.float32(-60.0)


class Form(StrEnum):
    """The letter case in which onsets and rimes are compared with glyphs."""

    LOWER = "lower"
    TITLE = "title"
    UPPER = "upper"


def in_form(text: str, form: Form) -> str:
    """Return `text` in the given case; TITLE raises the first letter only."""
    if form is Form.UPPER:
        return text.upper()
    return text[:1].upper() + text[1:] if form is Form.TITLE else text


class Counts:
    """What was read for what: (letters, glyphs) -> how often."""

    def __init__(self, rows: Iterable[tuple[str, str, int]]) -> None:
        self.pairs: dict[str, dict[str, int]] = defaultdict(dict)  # glyphs -> letters -> count
        self.total: dict[str, int] = defaultdict(int)
        for letters, glyphs, count in rows:
            self.pairs[glyphs][letters] = self.pairs[glyphs].get(letters, 0) + count
            self.total[letters] += count


class Groups:
    """Log P(glyphs | letters) for groups of one to three letters, with back-off."""

    # Strengths of the back-off, in occurrences; how likely junk is at all.
    _FAMILY, _BASE, _ANY, _LONGER = 4.0, 4.0, 2.0, 1.0
    _INSERTED = math.log(2e-4)

    def __init__(self, counts: Counts, letters: Sequence[str]) -> None:
        self._counts = counts
        self._family = _pooled(counts, _family)
        self._base = _pooled(counts, strip_marks)
        self.index = {group: number for number, group in enumerate(letters)}
        self._groups = list(letters)
        self._rows: dict[str, Vector] = {}

    def inserted(self, glyph: str) -> float:
        """Return the log score of a glyph that stands for no letter."""
        return self._INSERTED + (2.0 if not glyph.isalnum() else 0.0)

    def scores(self, glyphs: str) -> Vector:
        """Return log P(glyphs | group) for every group of letters."""
        row = self._rows.get(glyphs)
        if row is None:
            row = self._rows[glyphs] = np.fromiter(
                (self._score(group, glyphs) for group in self._groups),
                np.float32,
                len(self._groups),
            )
        return row

    def _score(self, group: str, glyphs: str) -> float:
        own = self._counts.pairs.get(glyphs, {}).get(group, 0)
        total = self._counts.total.get(group, 0)
        if len(group) > 1:
            # Only what was read so: the single letters are the back-off of longer groups.
            return math.log(own / (total + self._LONGER)) if own else float(_NEVER)
        anything = _anything(glyphs)
        base = _share(self._base, strip_marks(group), glyphs, self._ANY, anything)
        family = _share(self._family, _family(group), glyphs, self._BASE, base)
        return math.log((own + self._FAMILY * family) / (total + self._FAMILY))


def _family(letter: str) -> str:
    return split_tone(letter)[0]


def _pooled(counts: Counts, key: object) -> Counts:
    assert callable(key)
    return Counts(
        (key(letters), glyphs, count)
        for glyphs, row in counts.pairs.items()
        for letters, count in row.items()
        if len(letters) == 1
    )


def _share(counts: Counts, letters: str, glyphs: str, weight: float, below: float) -> float:
    own = counts.pairs.get(glyphs, {}).get(letters, 0)
    return (own + weight * below) / (counts.total.get(letters, 0) + weight)


def _anything(glyphs: str) -> float:
    """How likely a letter is to be read as these glyphs for no reason known to us."""
    return (2e-3, 4e-4, 2e-5, 1e-6)[min(len(glyphs), LONGEST)]


class Inventory:
    """Strings of one kind (onsets, or toned rimes) scored all at once against glyphs."""

    # The share of the learned table; the rest is left to the groups, so that unseen noise
    # does not punish the syllables that were seen often.
    _LEARNED = 0.75

    def __init__(self, strings: Sequence[str], counts: Counts, groups: Groups) -> None:
        self._strings = list(strings)
        self._counts = counts
        self._groups = groups
        self._place = {text: number for number, text in enumerate(self._strings)}
        length = max((len(text) for text in self._strings), default=0)
        self._lengths = np.array([len(text) for text in self._strings])
        self._ids = [self._group_ids(size, length) for size in range(1, LONGEST + 1)]
        self._rows: dict[str, Vector] = {}

    def scores(self, glyphs: str) -> Vector:
        """Return log P(glyphs | string) for every string."""
        row = self._rows.get(glyphs)
        if row is None:
            row = self._rows[glyphs] = self._mixed(glyphs)
        return row

    def _group_ids(self, size: int, length: int) -> NDArray[np.int64]:
        """Number the groups of `size` letters by string and place; -1 where none starts."""
        ids = np.full((len(self._strings), length), -1, np.int64)
        for row, text in enumerate(self._strings):
            for start in range(len(text) - size + 1):
                ids[row, start] = self._groups.index[text[start : start + size]]
        return ids

    def _mixed(self, glyphs: str) -> Vector:
        probability = (1 - self._LEARNED) * np.exp(self._by_groups(glyphs))
        for text, count in self._counts.pairs.get(glyphs, {}).items():
            place = self._place.get(text)
            if place is not None:
                probability[place] += self._LEARNED * count / (self._counts.total[text] + 1)
        return np.asarray(np.log(np.maximum(probability, 1e-26)), np.float32)

    def _by_groups(self, glyphs: str) -> Vector:
        """Return the best way of reading each string as `glyphs`, group by group."""
        rows, length = self._ids[0].shape
        best = np.full((len(glyphs) + 1, rows, length + 1), _NEVER, np.float32)
        best[0, :, 0] = 0
        for end in range(len(glyphs) + 1):
            for taken in range(min(LONGEST, end), 0, -1):
                self._extend(best[end - taken], best[end], glyphs[end - taken : end])
            if end:
                inserted = self._groups.inserted(glyphs[end - 1])
                np.maximum(best[end], best[end - 1] + inserted, out=best[end])
            self._extend(best[end], best[end], "")
        return np.asarray(best[len(glyphs), np.arange(rows), self._lengths], np.float32)

    def _extend(self, source: Vector, target: Vector, glyphs: str) -> None:
        scores = self._groups.scores(glyphs)
        length = source.shape[1] - 1
        for size, ids in enumerate(self._ids, 1):
            if size > length or (not glyphs and size > 1):
                break
            step = np.where(ids >= 0, scores[ids], _NEVER)
            for start in range(length - size + 1):
                reached = source[:, start] + step[:, start]
                np.maximum(target[:, start + size], reached, out=target[:, start + size])


class Channel:
    """One recogniser's channel over a fixed list of syllables."""

    def __init__(
        self, syllables: Sequence[tuple[str, str]], onsets: Counts, rimes: Counts, groups: Counts
    ) -> None:
        heads = sorted({head for head, _ in syllables})
        tails = sorted({tail for _, tail in syllables})
        self._head = np.array([heads.index(head) for head, _ in syllables])
        places = {tail: number for number, tail in enumerate(tails)}
        self._tail = np.array([places[tail] for _, tail in syllables])
        self._tables = {form: _tables(heads, tails, form, (onsets, rimes, groups)) for form in Form}

    def scores(self, glyphs: str, form: Form) -> Vector:
        """Return log P(glyphs | syllable written in `form`) for every syllable."""
        onsets, rimes = self._tables[form]
        best = np.full(len(self._head), _NEVER, np.float32)
        for cut in range(min(len(glyphs), 5) + 1):
            head = onsets.scores(glyphs[:cut])
            if cut and head.max() < -9:
                continue
            np.maximum(best, head[self._head] + rimes.scores(glyphs[cut:])[self._tail], out=best)
        return best


def _tables(
    heads: Sequence[str], tails: Sequence[str], form: Form, counts: tuple[Counts, Counts, Counts]
) -> tuple[Inventory, Inventory]:
    onset_counts, rime_counts, group_counts = counts
    # In a title only the first letter is a capital: an onset's, else the rime's.
    tail_form = Form.UPPER if form is Form.UPPER else Form.LOWER
    onsets = [in_form(head, form) for head in heads]
    rimes = [in_form(tail, tail_form) for tail in tails]
    groups = Groups(group_counts, sorted(_all_groups([*onsets, *rimes])))
    return Inventory(onsets, onset_counts, groups), Inventory(rimes, rime_counts, groups)


def _all_groups(strings: Iterable[str]) -> set[str]:
    return {
        text[start : start + size]
        for text in strings
        for size in range(1, LONGEST + 1)
        for start in range(len(text) - size + 1)
    }
