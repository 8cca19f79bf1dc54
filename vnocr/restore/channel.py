"""How a syllable comes to look like what was read: a noisy channel over glyph groups.

A syllable is an onset and a toned rime. For each, the channel knows how often it was read as
which glyphs; what it has not seen is scored by groups of one to three letters read as up to
three glyphs. After Brill and Moore, "An improved error model for noisy channel spelling
correction" (2000).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

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


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways to part strings of glyphs into an onset and a rime, one a row, with log scores."""

    owner: NDArray[np.int64]  # which string
    head: Matrix  # (ways, onsets)
    tail: Matrix  # (ways, rimes)


class Channel:
    """One recogniser's channel over a fixed list of syllables, given as (onset, toned rime).

    `head` and `tail` are the numbers of each syllable's onset and rime.
    """

    _LONGEST_ONSET, _LONGEST_RIME = 3, 7
    _HOPELESS = -7.0

    def __init__(
        self, syllables: Sequence[tuple[str, str]], onsets: Counts, rimes: Counts, groups: Counts
    ) -> None:
        heads = sorted({head for head, _ in syllables})
        tails = sorted({tail for _, tail in syllables})
        head_place = {head: number for number, head in enumerate(heads)}
        tail_place = {tail: number for number, tail in enumerate(tails)}
        self.head = np.array([head_place[head] for head, _ in syllables])
        self.tail = np.array([tail_place[tail] for _, tail in syllables])
        letters = {letter for text in (*heads, *tails) for letter in text + text.upper()}
        table = Groups(groups, sorted(letters))
        self._heads = {
            form: Inventory([in_form(head, form) for head in heads], onsets, table) for form in Form
        }
        self._tails = {
            form: Inventory([in_form(tail, form) for tail in tails], rimes, table)
            for form in (Form.LOWER, Form.UPPER)
        }
        self._bare = head_place.get("")
        self._shape = len(heads), len(tails)
        bare = sorted({tail for head, tail in syllables if not head})
        self._raised = Inventory([in_form(tail, Form.TITLE) for tail in bare], rimes, table)
        self._raised_tails = np.array([tail_place[tail] for tail in bare], np.int64)

    def ways(self, glyphs: Sequence[str], form: Form) -> Ways:
        """Return the hopeful ways to part each string of glyphs into an onset and a rime."""
        found = [self._raised_ways(glyphs)] if form is Form.TITLE else []
        tails = self._tails[Form.UPPER if form is Form.UPPER else Form.LOWER]
        for cut in range(self._LONGEST_ONSET + 1):
            rows = self._fitting(glyphs, cut)
            head = self._heads[form].scores([glyphs[row][:cut] for row in rows])
            if cut:
                hopeful = np.flatnonzero(head.max(1) >= self._HOPELESS)
                rows, head = [rows[place] for place in hopeful], head[hopeful]
            tail = tails.scores([glyphs[row][cut:] for row in rows])
            found.append(Ways(np.array(rows, np.int64), head, tail))
        return Ways(
            np.concatenate([way.owner for way in found]),
            np.concatenate([way.head for way in found]),
            np.concatenate([way.tail for way in found]),
        )

    def _raised_ways(self, glyphs: Sequence[str]) -> Ways:
        """Return the readings as syllables without an onset: the rime has the capital then."""
        rows = self._fitting(glyphs, 0) if self._bare is not None else []
        onsets, rimes = self._shape
        head = np.full((len(rows), onsets), NEVER, np.float32)
        tail = np.full((len(rows), rimes), NEVER, np.float32)
        if rows:
            head[:, self._bare] = 0
            tail[:, self._raised_tails] = self._raised.scores([glyphs[row] for row in rows])
        return Ways(np.array(rows, np.int64), head, tail)

    def _fitting(self, glyphs: Sequence[str], cut: int) -> list[int]:
        """Return which glyphs are long enough to be cut there and leave no more than a rime."""
        longest = cut + self._LONGEST_RIME
        return [row for row, one in enumerate(glyphs) if cut <= len(one) <= longest]
