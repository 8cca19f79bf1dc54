"""Onsets or toned rimes, scored all at once against glyphs over the trie they form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vnocr.restore.groups import LONGEST, Counts, Groups, Vector, family, pooled

Places = NDArray[np.int64]
_NEVER = np.float32(-60.0)


class Inventory:
    """Strings of one kind, scored all at once against glyphs.

    Readings are built glyph by glyph: the row of some glyphs holds, for each node of the trie
    (a beginning of strings), the best way to read its letters as these glyphs. Rows are kept,
    so that glyphs which begin alike are worked out once.
    """

    # The shares of the learned table, of the same pooled over tones, and of the groups:
    # without the last two, unseen noise would punish the syllables that were seen often.
    _LEARNED, _POOLED = 0.65, 0.15

    def __init__(self, strings: Sequence[str], counts: Counts, groups: Groups) -> None:
        self._groups = groups
        self._counts = counts
        self._toneless = pooled(counts, family, longest=None)
        self._place = {text: number for number, text in enumerate(strings)}
        self._kin: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(strings):
            self._kin[family(text)].append(number)
        nodes = _nodes(strings)
        number_of = {text: number for number, text in enumerate(nodes)}
        self._ends = np.array([number_of[text] for text in strings], np.int64)
        self._letter = np.array([groups.place[text[-1]] for text in nodes[1:]], np.int64)
        self._parents = _ancestors(nodes, number_of)
        self._spans = _spans(nodes, number_of)
        lost = groups.letters("")
        self._lost = np.array([lost[[groups.place[one] for one in text]].sum() for text in nodes])
        self._lost = self._lost.astype(np.float32)
        self._read: dict[str, Vector] = {"": self._lost}
        self._jumps: dict[str, tuple[Places, Places, Vector] | None] = {}
        self._rows: dict[str, Vector] = {}

    def scores(self, glyphs: str) -> Vector:
        """Return log P(glyphs | string) for every string."""
        row = self._rows.get(glyphs)
        if row is None:
            row = self._rows[glyphs] = self._mixed(glyphs)
        return row

    def _mixed(self, glyphs: str) -> Vector:
        rest = 1 - self._LEARNED - self._POOLED
        probability = rest * np.exp(self._reading(glyphs)[self._ends])
        for text, count in self._counts.pairs.get(glyphs, {}).items():
            place = self._place.get(text)
            if place is not None:
                probability[place] += self._LEARNED * self._counts.share(text, count)
        for text, count in self._toneless.pairs.get(glyphs, {}).items():
            share = self._POOLED * self._toneless.share(text, count)
            probability[self._kin.get(text, [])] += share
        return np.log(np.maximum(probability, np.float32(1e-26)))

    def _reading(self, glyphs: str) -> Vector:
        """Return for each node the best way of reading its letters as `glyphs`."""
        row = self._read.get(glyphs)
        if row is None:
            row = self._read[glyphs] = self._read_on(glyphs)
        return row

    def _read_on(self, glyphs: str) -> Vector:
        before = self._reading(glyphs[:-1])
        row = before + np.float32(self._groups.inserted(glyphs[-1]))
        step = before[self._parents[0][1:]] + self._groups.letters(glyphs[-1])[self._letter]
        np.maximum(row[1:], step, out=row[1:])
        for taken in range(1, min(LONGEST, len(glyphs)) + 1):
            source = self._reading(glyphs[: len(glyphs) - taken])
            jump = self._jump(glyphs[len(glyphs) - taken :])
            if jump:
                starts, ends, score = jump
                np.maximum.at(row, ends, source[starts] + score)
            if taken > 1:
                step = source[self._parents[0][1:]] + self._groups.anything(taken)
                np.maximum(row[1:], step, out=row[1:])
        # Letters may be lost, one after the other: the best start of a run of lost letters is
        # found by looking one, two and four nodes back.
        row -= self._lost
        for parents in self._parents:
            np.maximum(row, row[parents], out=row)
        row += self._lost
        return row

    def _jump(self, glyphs: str) -> tuple[Places, Places, Vector] | None:
        """Return where groups known to be read as `glyphs` start and end, with their scores."""
        if glyphs not in self._jumps:
            known = [
                (self._spans[group], score)
                for group, score in self._groups.known(glyphs).items()
                if group in self._spans
            ]
            self._jumps[glyphs] = None
            if known:
                starts, ends = (
                    np.concatenate([span[side] for span, _ in known]) for side in (0, 1)
                )
                score = np.repeat([score for _, score in known], [len(s[0]) for s, _ in known])
                self._jumps[glyphs] = (starts, ends, score.astype(np.float32))
        return self._jumps[glyphs]


def _nodes(strings: Sequence[str]) -> list[str]:
    """Return all beginnings of the strings, "" first."""
    return sorted({text[:size] for text in strings for size in range(len(text) + 1)} | {""})


def _ancestors(nodes: Sequence[str], number_of: dict[str, int]) -> list[Places]:
    """Return for each node the number of what it is without its last one, two and four letters."""
    return [
        np.array([number_of[text[: max(0, len(text) - back)]] for text in nodes], np.int64)
        for back in (1, 2, 4)
    ]


def _spans(nodes: Sequence[str], number_of: dict[str, int]) -> dict[str, tuple[Places, Places]]:
    """Return for each group of letters the nodes before and after it, wherever it stands."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, text in enumerate(nodes):
        for size in range(1, min(LONGEST, len(text)) + 1):
            found[text[-size:]].append((number_of[text[:-size]], number))
    return {
        group: (np.array([s for s, _ in row], np.int64), np.array([e for _, e in row], np.int64))
        for group, row in found.items()
    }
