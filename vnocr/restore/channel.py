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

from vnocr.restore.groups import Counts, Groups
from vnocr.restore.inventory import Inventory, Matrix

NEVER = np.float32(-60.0)


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

    def scores(self, glyphs: Sequence[str], form: Form) -> Matrix:
        """Return log P(glyphs | syllable written in `form`), (glyphs, syllables)."""
        tails = self._tails[Form.UPPER if form is Form.UPPER else Form.LOWER]
        best = np.full((len(glyphs), len(self._head)), NEVER, np.float32)
        for cut in range(self._LONGEST_ONSET + 1):
            rows = self._fitting(glyphs, cut)
            head = self._heads[form].scores([glyphs[row][:cut] for row in rows])
            if cut:
                hopeful = np.flatnonzero(head.max(1) >= self._HOPELESS)
                rows, head = [rows[place] for place in hopeful], head[hopeful]
            if not rows:
                continue
            whole = tails.scores([glyphs[row][cut:] for row in rows])[:, self._tail]
            whole += head[:, self._head]
            best[rows] = np.maximum(best[rows], whole)
        rows = self._fitting(glyphs, 0)
        if form is Form.TITLE and rows and len(self._bare):
            # Without an onset, the first letter of the rime is the capital.
            raised = self._raised.scores([glyphs[row] for row in rows])[:, self._raised_place]
            place = np.ix_(np.array(rows), self._bare)
            best[place] = np.maximum(best[place], raised)
        return best

    def _fitting(self, glyphs: Sequence[str], cut: int) -> list[int]:
        """Return which glyphs are long enough to be cut there and leave no more than a rime."""
        longest = cut + self._LONGEST_RIME
        return [row for row, one in enumerate(glyphs) if cut <= len(one) <= longest]
