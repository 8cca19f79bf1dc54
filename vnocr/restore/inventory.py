"""Onsets or toned rimes, scored all at once against glyphs over the trie they form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vnocr.restore.groups import LONGEST, Counts, Groups, family, pooled

Matrix = NDArray[np.float32]
Places = NDArray[np.int64]
_NOWHERE = (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32))
_MANY = 4_000  # rows kept; text of any size takes no more memory than that


class Shelf:
    """Rows of figures filed under strings."""

    def __init__(self, width: int) -> None:
        self._rows = np.empty((0, width), np.float32)
        self._place: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._place)

    def __contains__(self, key: str) -> bool:
        return key in self._place

    def put(self, keys: Sequence[str], rows: Matrix) -> None:
        """File new rows."""
        used = len(self._place)
        if used + len(keys) > len(self._rows):
            room = np.empty((max(256, used, len(keys)), self._rows.shape[1]), np.float32)
            self._rows = np.concatenate((self._rows, room))
        self._rows[used : used + len(keys)] = rows
        self._place.update(zip(keys, range(used, used + len(keys)), strict=True))

    def take(self, keys: Sequence[str]) -> Matrix:
        """Return the rows of keys, (keys, width)."""
        return self._rows[[self._place[key] for key in keys]]


class Inventory:
    """Strings of one kind, scored all at once against many strings of glyphs.

    Readings are built glyph by glyph from the end: the row of some glyphs holds, for each node
    of the trie (an ending of strings), the best way to read its letters as these glyphs. Rows
    are kept, so that glyphs which end alike are worked out once.
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
        nodes = sorted({text[size:] for text in strings for size in range(len(text) + 1)} | {""})
        number_of = {text: number for number, text in enumerate(nodes)}
        self._ends = np.array([number_of[text] for text in strings], np.int64)
        self._letter = np.array([groups.place[text[0]] for text in nodes[1:]], np.int64)
        self._ancestors = [
            np.array([number_of[text[back:]] for text in nodes], np.int64) for back in (1, 2, 4)
        ]
        self._spans = _spans(nodes, number_of)
        lost = groups.letters("")
        self._lost = np.array(
            [lost[[groups.place[one] for one in text]].sum() for text in nodes], np.float32
        )
        self._jumps: dict[str, tuple[Places, Places, Matrix]] = {}
        self._forget()

    def scores(self, glyphs: Sequence[str]) -> Matrix:
        """Return log P(glyphs | string), (glyphs, strings)."""
        if len(self._read) > _MANY or len(self._scored) > _MANY:
            self._forget()
        new = [one for one in dict.fromkeys(glyphs) if one not in self._scored]
        if new:
            self._read_all(new)
            self._scored.put(new, self._mixed(new))
        return self._scored.take(glyphs)

    def _forget(self) -> None:
        self._scored = Shelf(len(self._ends))
        self._read = Shelf(len(self._lost))
        self._read.put([""], self._lost[None, :])

    def _mixed(self, glyphs: Sequence[str]) -> Matrix:
        rest = np.float32(1 - self._LEARNED - self._POOLED)
        share = rest * np.exp(self._read.take(glyphs).take(self._ends, axis=1))
        for row, seen in zip(share, glyphs, strict=True):
            for text, count in self._counts.pairs.get(seen, {}).items():
                if text in self._place:
                    row[self._place[text]] += self._LEARNED * self._counts.share(text, count)
            for text, count in self._toneless.pairs.get(seen, {}).items():
                if text in self._kin:
                    row[self._kin[text]] += self._POOLED * self._toneless.share(text, count)
        logs: Matrix = np.log(np.maximum(share, np.float32(1e-26)))
        return logs

    def _read_all(self, glyphs: Sequence[str]) -> None:
        """Read glyphs and all their endings, the shortest first."""
        wanted = {one[size:] for one in glyphs for size in range(len(one))}
        by_length: dict[int, list[str]] = defaultdict(list)
        for one in wanted:
            if one not in self._read:
                by_length[len(one)].append(one)
        for length in sorted(by_length):
            self._read.put(by_length[length], self._read_on(by_length[length], length))

    def _read_on(self, glyphs: Sequence[str], length: int) -> Matrix:
        """Return the rows of glyphs of one length from those of their endings."""
        groups, parents = self._groups, self._ancestors[0][1:]
        before = self._read.take([one[1:] for one in glyphs])
        first = [one[0] for one in glyphs]
        row: Matrix = before + np.array([[groups.inserted(one)] for one in first], np.float32)
        # `take` along rows costs a fraction of what indexing with a list of columns does.
        step = np.array([groups.letters(one) for one in first]).take(self._letter, axis=1)
        step += before.take(parents, axis=1)
        np.maximum(row[:, 1:], step, out=row[:, 1:])
        for taken in range(1, min(LONGEST, length) + 1):
            source = self._read.take([one[taken:] for one in glyphs])
            self._leap(row, source, [one[:taken] for one in glyphs])
            if taken > 1:
                step = source.take(parents, axis=1)
                step += groups.anything(taken)
                np.maximum(row[:, 1:], step, out=row[:, 1:])
        # Letters may be lost, one after the other: the best start of a run of lost letters is
        # found by looking one, two and four nodes back.
        row -= self._lost
        for back in self._ancestors:
            np.maximum(row, row.take(back, axis=1), out=row)
        row += self._lost
        return row

    def _leap(self, row: Matrix, source: Matrix, glyphs: Sequence[str]) -> None:
        """Better `row` by the groups known to be read as `glyphs`, from `source`."""
        jumps = [self._jump(one) for one in glyphs]
        sizes = [len(score) for _, _, score in jumps]
        if not any(sizes):
            return
        owner = np.repeat(np.arange(len(glyphs)), sizes)
        starts, ends, score = (np.concatenate(parts) for parts in zip(*jumps, strict=True))
        np.maximum.at(row, (owner, ends), source[owner, starts] + score)

    def _jump(self, glyphs: str) -> tuple[Places, Places, Matrix]:
        """Return where groups known to be read as `glyphs` start and end, with their scores."""
        found = self._jumps.get(glyphs)
        if found is None:
            known = self._groups.known(glyphs).items()
            spans = [(*self._spans[group], score) for group, score in known if group in self._spans]
            found = self._jumps[glyphs] = _joined(spans) if spans else _NOWHERE
        return found


def _joined(spans: Sequence[tuple[Places, Places, float]]) -> tuple[Places, Places, Matrix]:
    starts, ends, scores = zip(*spans, strict=True)
    score = np.repeat(np.array(scores, np.float32), [len(one) for one in starts])
    return np.concatenate(starts), np.concatenate(ends), score


def _spans(nodes: Sequence[str], number_of: dict[str, int]) -> dict[str, tuple[Places, Places]]:
    """Return for each group of letters the nodes without it and with it, wherever it stands."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, text in enumerate(nodes):
        for size in range(1, min(LONGEST, len(text)) + 1):
            found[text[:size]].append((number_of[text[size:]], number))
    return {
        group: (
            np.array([start for start, _ in row], np.int64),
            np.array([end for _, end in row], np.int64),
        )
        for group, row in found.items()
    }
