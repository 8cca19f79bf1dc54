"""A pruned, quantised back-off model of syllables, looked up for whole arrays at once.

Katz-style back-off over orders 1..4. A state is the longest context that the model still
knows: the last word, the bigram and the trigram it ends (their row numbers, -1 if none).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vnocr.restore.ngram_index import Bitmap, search
from vnocr.restore.tokens import BREAK, UNKNOWN

BITS = 13
Ids = NDArray[np.int32]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class State:
    """Contexts, one a row: last word, row of the last bigram, row of the last trigram."""

    word: NDArray[np.int64]
    bigram: NDArray[np.int64]
    trigram: NDArray[np.int64]

    def take(self, rows: NDArray[np.int64]) -> State:
        """Return the states of `rows`."""
        return State(self.word.take(rows), self.bigram.take(rows), self.trigram.take(rows))

    def put(self, rows: NDArray[np.int64], other: State) -> None:
        """Overwrite the states of `rows` with those that another has there."""
        self.word[rows] = other.word[rows]
        self.bigram[rows] = other.bigram[rows]
        self.trigram[rows] = other.trigram[rows]


class LanguageModel:
    """Natural-log probabilities of words after a context."""

    def __init__(self, words: list[str], tables: Mapping[str, NDArray[np.generic]]) -> None:
        self.words = words
        self.index = {word: number for number, word in enumerate(words)}
        self.unknown = self.index[UNKNOWN]
        self.break_id = self.index[BREAK]
        self._levels = [np.asarray(tables[f"levels{n}"], np.float32) for n in range(1, 5)]
        self._weights = [np.asarray(tables[f"weights{n}"], np.float32) for n in range(1, 4)]
        self._prob = [np.asarray(tables[f"prob{n}"]) for n in range(1, 5)]
        self._backoff = [np.asarray(tables[f"backoff{n}"]) for n in range(1, 4)]
        self.unigram: Scores = self._levels[0][self._prob[0]]
        self._first_backoff: Scores = self._weights[0][self._backoff[0]]
        pairs, *self._keys = (
            _keys(np.asarray(tables[f"children{n - 1}"]), np.asarray(tables[f"last{n}"]))
            for n in range(2, 5)
        )
        self._bigrams = Bitmap(pairs, len(words) << BITS)

    def start(self, rows: int) -> State:
        """Return `rows` states at the start of a sentence."""
        none = np.full(rows, -1, np.int64)
        return State(np.full(rows, self.break_id, np.int64), none, none)

    def advance(self, state: State, words: NDArray[np.int64]) -> tuple[Scores, State]:
        """Return log P(word | context) row by row, and the contexts that follow."""
        score, second = self._pairs(state.word, words)
        third = self._extend(2, state.bigram, second, words, score)
        fourth = self._extend(3, state.trigram, third, words, score)
        del fourth
        return score, State(words, second, third)

    def score_stream(self, stream: NDArray[np.int64]) -> Scores:
        """Return log P(word | context) for every word of a running text.

        The text starts with a sentence break; nothing is remembered across one.
        """
        return self._run(stream)[0]

    def trace(self, stream: NDArray[np.int64]) -> State:
        """Return the state after each word of a running text that starts with a break."""
        return self._run(stream)[1]

    def _run(self, stream: NDArray[np.int64]) -> tuple[Scores, State]:
        words, before = stream[1:], stream[:-1]
        score, second = self._pairs(before, words)
        third = self._extend(2, _shifted(second, before, self.break_id), second, words, score)
        self._extend(3, _shifted(third, before, self.break_id), third, words, score)
        inside = words != self.break_id
        none = np.full(1, -1, np.int64)
        state = State(
            stream,
            np.concatenate((none, np.where(inside, second, -1))),
            np.concatenate((none, np.where(inside, third, -1))),
        )
        return np.concatenate((np.zeros(1, np.float32), score)), state

    def _pairs(
        self, before: NDArray[np.int64], words: NDArray[np.int64]
    ) -> tuple[Scores, NDArray[np.int64]]:
        """Return log P(word | word before it), and the rows of the bigrams, -1 if unknown."""
        score: Scores = self._first_backoff.take(before) + self.unigram.take(words)
        row = np.full(len(words), -1, np.int64)
        hits, places = self._bigrams.find((before << BITS) | words)
        score[hits] = self._levels[1].take(self._prob[1].take(places))
        row[hits] = places
        return score, row

    def _extend(
        self,
        order: int,
        context: NDArray[np.int64],
        shorter: NDArray[np.int64],
        words: NDArray[np.int64],
        score: Scores,
    ) -> NDArray[np.int64]:
        """Better `score` in place where the n-gram is known, else charge the back-off."""
        found = np.full(len(words), -1, np.int64)
        known = np.flatnonzero(context >= 0)
        charge = self._backoff[order - 1].take(context.take(known))
        score[known] += self._weights[order - 1].take(charge)
        # Every known n-gram's ending is known too: look up only where that was found.
        rows = known[shorter.take(known) >= 0]
        hits = search(self._keys[order - 2], (context.take(rows) << BITS) | words.take(rows))
        there = np.flatnonzero(hits >= 0)
        rows, hits = rows.take(there), hits.take(there)
        score[rows] = self._levels[order].take(self._prob[order].take(hits))
        found[rows] = hits
        return found


def _keys(children: NDArray[np.generic], last: NDArray[np.generic]) -> NDArray[np.int64]:
    """Return the sorted keys (row of the context, last word) of an order."""
    context = np.repeat(np.arange(len(children), dtype=np.int64), children.astype(np.int64))
    keys: NDArray[np.int64] = (context << BITS) | last.astype(np.int64)
    return keys


def _shifted(
    rows: NDArray[np.int64], before: NDArray[np.int64], break_id: int
) -> NDArray[np.int64]:
    """Return the context that each place finds: what its predecessor reached, none at breaks."""
    context = np.concatenate((np.full(1, -1, np.int64), rows[:-1]))
    context[before == break_id] = -1
    return context
