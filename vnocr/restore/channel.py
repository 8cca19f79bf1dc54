"""How a syllable comes to look like what was read: a noisy channel over glyph groups.

A syllable is an onset and a toned rime. For each, the channel knows how often it was read as
which glyphs; what it has not seen is scored by groups of one to three letters read as up to
three glyphs. After Brill and Moore, "An improved error model for noisy channel spelling
correction" (2000).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from vnocr.restore.groups import Counts, Groups, Vector
from vnocr.restore.inventory import Inventory

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


class Channel:
    """One recogniser's channel over a fixed list of syllables, given as (onset, toned rime)."""

    _LONGEST_ONSET, _LONGEST_RIME = 3, 7
    _HOPELESS = -7.0

    def __init__(
        self, syllables: Sequence[tuple[str, str]], onsets: Counts, rimes: Counts, groups: Counts
    ) -> None:
        heads = sorted({head for head, _ in syllables})
        tails = sorted({tail for _, tail in syllables})
        head_place = {head: number for number, head in enumerate(heads)}
        tail_place = {tail: number for number, tail in enumerate(tails)}
        self._head = np.array([head_place[head] for head, _ in syllables])
        self._tail = np.array([tail_place[tail] for _, tail in syllables])
        self._bare = np.flatnonzero(self._head == head_place.get("", -1))
        letters = {letter for text in (*heads, *tails) for letter in text + text.upper()}
        table = Groups(groups, sorted(letters))
        self._heads = {
            form: Inventory([in_form(head, form) for head in heads], onsets, table) for form in Form
        }
        self._tails = {
            form: Inventory([in_form(tail, form) for tail in tails], rimes, table)
            for form in (Form.LOWER, Form.UPPER)
        }
        bare = sorted({tails[tail] for tail in self._tail[self._bare]})
        self._raised = Inventory([in_form(tail, Form.TITLE) for tail in bare], rimes, table)
        self._raised_place = np.array(
            [bare.index(tails[tail]) for tail in self._tail[self._bare]], np.int64
        )

    def scores(self, glyphs: str, form: Form) -> Vector:
        """Return log P(glyphs | syllable written in `form`) for every syllable."""
        tails = self._tails[Form.UPPER if form is Form.UPPER else Form.LOWER]
        best = np.full(len(self._head), _NEVER, np.float32)
        for cut in range(min(len(glyphs), self._LONGEST_ONSET) + 1):
            if len(glyphs) - cut > self._LONGEST_RIME:
                continue
            head = self._heads[form].scores(glyphs[:cut])
            if cut and head.max() < self._HOPELESS:
                continue
            whole = head[self._head] + tails.scores(glyphs[cut:])[self._tail]
            np.maximum(best, whole, out=best)
        if form is Form.TITLE and len(glyphs) <= self._LONGEST_RIME:
            # Without an onset, the first letter of the rime is the capital.
            raised = self._raised.scores(glyphs)[self._raised_place]
            best[self._bare] = np.maximum(best[self._bare], raised)
        return best
