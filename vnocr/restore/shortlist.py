"""The few syllables, of thousands, that explain best how a token looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vnocr.restore.channel import NEVER, Channel, Form
from vnocr.restore.inventory import Matrix

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Found:
    """Syllables found for tokens, by token and the best first; one entry a row.

    `owner` counts tokens, `syllable` the channel's syllables, `form` the forms asked for.
    """

    owner: Numbers
    syllable: Numbers
    form: Numbers
    score: NDArray[np.float32]  # weight x log P(glyphs | syllable)


class Shortlist:
    """Finds the `longest` best syllables by channel and prior, none `span` below the best.

    Onsets and rimes are ruled out by bounds before they are joined: the result is that of
    scoring every syllable, for a fraction of the time.
    """

    def __init__(self, channel: Channel, prior: Matrix, weight: float, span: float) -> None:
        self._channel = channel
        self._weight = np.float32(weight)
        self._span = np.float32(span)
        shape = (channel.head.max() + 1, channel.tail.max() + 1)
        self._syllable = np.full(shape, -1, np.int64)
        self._syllable[channel.head, channel.tail] = np.arange(len(prior))
        self._prior = np.full(shape, -np.inf, np.float32)
        self._prior[channel.head, channel.tail] = prior
        self._best_prior = self._prior.max(1)

    def find(self, glyphs: Sequence[str], forms: Sequence[Form], longest: int) -> Found:
        """Return the best syllables for each string of glyphs, written in one of the forms."""
        ways = [(number, self._channel.ways(glyphs, form)) for number, form in enumerate(forms)]
        owner = np.concatenate([way.owner for _, way in ways])
        form = np.concatenate([np.full(len(way.owner), number) for number, way in ways])
        head = np.concatenate([way.head for _, way in ways]) * self._weight
        tail = np.concatenate([way.tail for _, way in ways]) * self._weight
        hope = head + self._best_prior
        if tail.size:
            hope += tail.max(1, keepdims=True)
        floor = self._floor(owner, head, tail, hope, longest)
        row, onset = np.nonzero(hope >= floor[owner, None])
        rank = tail[row] + self._prior[onset]
        rank += head[row, onset][:, None]
        way, rime = np.nonzero(rank >= floor[owner[row], None])
        row, onset, rank = row[way], onset[way], rank[way, rime]
        score = head[row, onset] + tail[row, rime]
        return self._best(
            Found(owner[row], self._syllable[onset, rime], form[row], score), rank, longest
        )

    def _floor(
        self, owner: Numbers, head: Matrix, tail: Matrix, hope: Matrix, longest: int
    ) -> Matrix:
        """Return for each token a rank that its best syllables reach: those of one onset do."""
        floor = np.full(int(owner.max(initial=-1)) + 1, -np.inf, np.float32)
        onset = hope.argmax(1)
        order = np.lexsort((-hope.max(1, initial=-np.inf), owner))
        row = order[np.diff(owner[order], prepend=-1) > 0]  # the most hopeful of each token
        onset = onset[row]
        rank = tail[row] + self._prior[onset] + head[row, onset][:, None]
        if rank.size:
            place = max(0, rank.shape[1] - longest)
            lowest = np.partition(rank, place, axis=1)[:, place]
            floor[owner[row]] = np.maximum(lowest, rank.max(1) - self._span)
        return floor

    def _best(self, found: Found, rank: Matrix, longest: int) -> Found:
        """Return the best of what was found, each syllable once for each token."""
        likely = np.flatnonzero(found.score > NEVER * self._weight)
        owner, syllable, form = found.owner[likely], found.syllable[likely], found.form[likely]
        rank, score = rank[likely], found.score[likely]
        same = owner * len(self._channel.head) + syllable
        order = np.lexsort((form, -score, same))
        order = order[np.diff(same[order], prepend=-1) != 0]
        order = order[np.lexsort((syllable[order], -rank[order], owner[order]))]
        first = np.searchsorted(owner[order], owner[order])
        near = rank[order] >= rank[order][first] - self._span
        order = order[near & (np.arange(len(order)) - first < longest)]
        return Found(owner[order], syllable[order], form[order], score[order])
