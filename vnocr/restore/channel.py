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
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from vnocr.vietnamese.tones import split_tone
from vnocr.vietnamese.unicode import strip_marks

Vector = NDArray[np.float32]
FloatArray = NDArray[np.float64]
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

    # What each level leaves to the next: the letter to its family, that to the bare letter,
    # that to any glyph at all. Fixed shares, not counts: real wear differs from rendered wear.
    _FAMILY, _BASE, _ANY, _LONGER = 0.1, 0.1, 0.1, 1.0
    _INSERTED = math.log(2e-4)

    def __init__(self, counts: Counts, letters: Sequence[str]) -> None:
        self.index = {group: number for number, group in enumerate(letters)}
        self.never = len(letters)  # the number of no group: it scores as impossible
        self._counts = counts
        self._totals = np.array([counts.total.get(group, 0) for group in letters], np.float64)
        singles = [group for group in letters if len(group) == 1]
        self._single = np.array([self.index[letter] for letter in singles])
        self._family = _Pool(counts, singles, _family)
        self._base = _Pool(counts, singles, strip_marks)
        self._rows: dict[str, Vector] = {}

    def inserted(self, glyph: str) -> float:
        """Return the log score of a glyph that stands for no letter."""
        return self._INSERTED + (0.0 if glyph.isalnum() else 2.0)

    def scores(self, glyphs: str) -> Vector:
        """Return log P(glyphs | group) for every group of letters, and for no group."""
        row = self._rows.get(glyphs)
        if row is None:
            row = self._rows[glyphs] = self._scored(glyphs)
        return row

    def _scored(self, glyphs: str) -> Vector:
        # Longer groups know only what was read so: single letters are their back-off.
        count = np.zeros(len(self._totals))
        for group, often in self._counts.pairs.get(glyphs, {}).items():
            place = self.index.get(group)
            if place is not None:
                count[place] = often
        share = count / (self._totals + self._LONGER)
        base = (1 - self._ANY) * self._base.share(glyphs) + self._ANY * _anything(glyphs)
        family = (1 - self._BASE) * self._family.share(glyphs) + self._BASE * base
        own = share[self._single]
        share[self._single] = (1 - self._FAMILY) * own + self._FAMILY * family
        logs = np.log(np.maximum(share, math.exp(_NEVER)))
        return np.append(logs, _NEVER).astype(np.float32)


class _Pool:
    """Counts of single letters pooled under a key, spread over a list of letters."""

    def __init__(self, counts: Counts, letters: Sequence[str], key: Callable[[str], str]) -> None:
        self._pooled = _pooled(counts, key)
        keys = [key(letter) for letter in letters]
        names = sorted(set(keys))
        self._place = {name: number for number, name in enumerate(names)}
        self._spread = np.array([self._place[name] for name in keys], np.int64)
        self._totals = np.array([self._pooled.total.get(name, 0) for name in names], np.float64)

    def share(self, glyphs: str) -> FloatArray:
        """Return how often each letter's pool was read as `glyphs`, as a share."""
        count = np.zeros(len(self._totals))
        for name, often in self._pooled.pairs.get(glyphs, {}).items():
            if name in self._place:
                count[self._place[name]] = often
        share: FloatArray = (count / (self._totals + 1))[self._spread]
        return share


def _family(letter: str) -> str:
    return split_tone(letter)[0]


def _pooled(counts: Counts, key: Callable[[str], str], longest: int | None = 1) -> Counts:
    """Return the counts with letters that have the same key taken together."""
    return Counts(
        (key(letters), glyphs, count)
        for glyphs, row in counts.pairs.items()
        for letters, count in row.items()
        if longest is None or len(letters) <= longest
    )


def _anything(glyphs: str) -> float:
    """How likely a letter is to be read as these glyphs for no reason known to us."""
    return (2e-2, 1e-2, 1e-4, 1e-6)[min(len(glyphs), LONGEST)]


class Inventory:
    """Strings of one kind (onsets, or toned rimes) scored all at once against glyphs."""

    # The shares of the learned table, of the same pooled over tones, and of the groups:
    # without the last two, unseen noise would punish the syllables that were seen often.
    _LEARNED, _POOLED = 0.65, 0.15
    _HOPELESS = -10.0

    def __init__(self, strings: Sequence[str], counts: Counts, groups: Groups) -> None:
        self._strings = list(strings)
        self._counts = counts
        self._toneless = _pooled(counts, _family, longest=None)
        self._groups = groups
        self._place = {text: number for number, text in enumerate(self._strings)}
        self._kin: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(self._strings):
            self._kin[_family(text)].append(number)
        length = max((len(text) for text in self._strings), default=0)
        self._lengths = np.array([len(text) for text in self._strings])
        self._ids = [self._group_ids(size, length) for size in range(1, min(LONGEST, length) + 1)]
        self._firsts = [table[:, 0] for table in self._ids]
        self._lasts = [self._last_ids(size) for size in range(1, len(self._ids) + 1)]
        self._rows: dict[str, Vector] = {}

    def scores(self, glyphs: str) -> Vector:
        """Return log P(glyphs | string) for every string."""
        row = self._rows.get(glyphs)
        if row is None:
            row = self._rows[glyphs] = self._mixed(glyphs)
        return row

    def _group_ids(self, size: int, length: int) -> NDArray[np.int64]:
        """Number the groups of `size` letters by string and place where they start."""
        ids = np.full((len(self._strings), length - size + 1), self._groups.never, np.int64)
        for row, text in enumerate(self._strings):
            for start in range(len(text) - size + 1):
                ids[row, start] = self._groups.index[text[start : start + size]]
        return ids

    def _last_ids(self, size: int) -> NDArray[np.int64]:
        never = self._groups.never
        return np.array(
            [
                self._groups.index[text[-size:]] if len(text) >= size else never
                for text in self._strings
            ]
        )

    def _mixed(self, glyphs: str) -> Vector:
        rest = 1 - self._LEARNED - self._POOLED
        probability = rest * np.exp(self._by_groups(glyphs))
        for text, count in self._counts.pairs.get(glyphs, {}).items():
            place = self._place.get(text)
            if place is not None:
                probability[place] += self._LEARNED * count / (self._counts.total[text] + 1)
        for text, count in self._toneless.pairs.get(glyphs, {}).items():
            share = self._POOLED * count / (self._toneless.total[text] + 1)
            probability[self._kin.get(text, [])] += share
        return np.asarray(np.log(np.maximum(probability, 1e-26)), np.float32)

    def _by_groups(self, glyphs: str) -> Vector:
        """Return the best way of reading each string as `glyphs`, group by group."""
        result = np.full(len(self._strings), _NEVER, np.float32)
        rows = self._plausible(glyphs)
        length = int(self._lengths.max(initial=0))
        best = np.full((len(glyphs) + 1, len(rows), length + 1), _NEVER, np.float32)
        best[0, :, 0] = 0
        ids = [table[rows] for table in self._ids]
        for end in range(len(glyphs) + 1):
            here = best[end]
            for taken in range(1, min(LONGEST, end) + 1):
                self._extend(best[end - taken], here, ids, glyphs[end - taken : end])
            if end:
                inserted = self._groups.inserted(glyphs[end - 1])
                np.maximum(here, best[end - 1] + inserted, out=here)
            self._omit(here, ids)
        result[rows] = best[len(glyphs), np.arange(len(rows)), self._lengths[rows]]
        return result

    def _plausible(self, glyphs: str) -> NDArray[np.int64]:
        """Return the strings whose first and last letters can be read at these glyphs' ends.

        The others score so low that working them out would change nothing.
        """
        if not self._ids or len(glyphs) < 2:
            return np.arange(len(self._strings))
        heads = {glyphs[start:end] for start in (0, 1) for end in range(start + 1, start + 4)}
        tails = {
            glyphs[-end : len(glyphs) - cut] for cut in (0, 1) for end in range(1 + cut, 4 + cut)
        }
        kept = np.ones(len(self._strings), bool)
        for firsts, stretches in ((True, heads), (False, tails)):
            reading = np.full(len(self._strings), _NEVER, np.float32)
            for stretch in {*stretches, ""}:
                scores = self._groups.scores(stretch[:LONGEST])
                for ids in self._firsts if firsts else self._lasts:
                    np.maximum(reading, scores[ids], out=reading)
            kept &= reading > self._HOPELESS
        kept |= self._lengths == 0
        return np.flatnonzero(kept)

    def _extend(
        self, source: Vector, target: Vector, ids: Sequence[NDArray[np.int64]], glyphs: str
    ) -> None:
        """Read groups of every size as `glyphs`."""
        scores = self._groups.scores(glyphs)
        for size, table in enumerate(ids, 1):
            step = scores[table]
            step += source[:, :-size]
            np.maximum(target[:, size:], step, out=target[:, size:])

    def _omit(self, here: Vector, ids: Sequence[NDArray[np.int64]]) -> None:
        """Leave single letters unread, one after the other."""
        if not ids:
            return
        step = self._groups.scores("")[ids[0]]
        for start in range(step.shape[1]):
            np.maximum(here[:, start + 1], here[:, start] + step[:, start], out=here[:, start + 1])


class Channel:
    """One recogniser's channel over a fixed list of syllables, given as (onset, toned rime)."""

    _LONGEST_ONSET, _LONGEST_RIME = 3, 7

    def __init__(
        self, syllables: Sequence[tuple[str, str]], onsets: Counts, rimes: Counts, groups: Counts
    ) -> None:
        heads = sorted({head for head, _ in syllables})
        tails = sorted({tail for _, tail in syllables})
        head_place = {head: number for number, head in enumerate(heads)}
        tail_place = {tail: number for number, tail in enumerate(tails)}
        self._head = np.array([head_place[head] for head, _ in syllables])
        self._tail = np.array([tail_place[tail] for _, tail in syllables])
        self._bare = self._head == head_place.get("", -1)
        written = {
            (form, kind): [in_form(text, form) for text in texts]
            for form in Form
            for kind, texts in (("head", heads), ("tail", tails))
        }
        everything = [text for texts in written.values() for text in texts]
        table = Groups(groups, sorted(_all_groups(everything)))
        self._heads = {form: Inventory(written[form, "head"], onsets, table) for form in Form}
        self._tails = {form: Inventory(written[form, "tail"], rimes, table) for form in Form}
        bare = sorted({tails[tail] for tail in self._tail[self._bare]})
        self._raised = Inventory([in_form(tail, Form.TITLE) for tail in bare], rimes, table)
        self._raised_place = np.array([bare.index(tails[t]) for t in self._tail[self._bare]])

    def scores(self, glyphs: str, form: Form) -> Vector:
        """Return log P(glyphs | syllable written in `form`) for every syllable."""
        tails = self._tails[Form.UPPER if form is Form.UPPER else Form.LOWER]
        best = np.full(len(self._head), _NEVER, np.float32)
        for cut in range(min(len(glyphs), self._LONGEST_ONSET) + 1):
            if len(glyphs) - cut > self._LONGEST_RIME:
                continue
            head = self._heads[form].scores(glyphs[:cut])
            if cut and head.max() < -7:
                continue
            whole = head[self._head] + tails.scores(glyphs[cut:])[self._tail]
            np.maximum(best, whole, out=best)
        if form is Form.TITLE and len(glyphs) <= self._LONGEST_RIME:
            # Without an onset, the first letter of the rime is the capital.
            raised = self._raised.scores(glyphs)[self._raised_place]
            best[self._bare] = np.maximum(best[self._bare], raised)
        return best


def _all_groups(strings: Iterable[str]) -> set[str]:
    return {
        text[start : start + size]
        for text in strings
        for size in range(1, LONGEST + 1)
        for start in range(len(text) - size + 1)
    }
