"""What a token may have been: the words whose look explains it, each with a log score."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vnocr.restore.channel import Channel, Form
from vnocr.restore.damage import Damage
from vnocr.restore.decoder import IMPOSSIBLE, NOTHING
from vnocr.restore.dictionary import WordList
from vnocr.restore.language_model import LanguageModel
from vnocr.vietnamese.casing import Case, case_of
from vnocr.vietnamese.tones import place_tones
from vnocr.vietnamese.unicode import nfc, strip_marks

WIDTH = 24


@dataclass(frozen=True, slots=True)
class Weights:
    """How far the parts are trusted; found on rendered and recognised text kept out of training."""

    channel: float = 0.6  # of the channel's log probability
    prior: float = 0.5  # of word frequency when candidates are cut to WIDTH
    unknown: float = 3.0  # log penalty of keeping a word the model does not know...
    unknown_letter: float = 0.8  # ... and for each of its letters
    keep: float = 1.0  # log bonus of a known word as it was seen, in marked text


@dataclass(frozen=True, slots=True)
class Column:
    """The candidates of one position; the first is the token as it was seen."""

    words: NDArray[np.int32]
    scores: NDArray[np.float32]
    texts: tuple[str | None, ...]  # in lower case; None keeps what was seen


class CandidateFinder:
    """Finds and caches the candidates of tokens."""

    def __init__(
        self,
        model: LanguageModel,
        words: WordList,
        channels: dict[Damage, Channel],
        weights: Weights,
    ) -> None:
        self._model = model
        self._weights = weights
        self._channels = channels
        self._syllables = np.array(words.syllables, np.int32)
        self._prior = model.unigram[self._syllables] * weights.prior
        self._by_base: dict[str, list[int]] = defaultdict(list)
        self._others: dict[str, list[int]] = defaultdict(list)
        known = set(words.syllables)
        for number, word in enumerate(model.words):
            target = self._by_base if number in known else self._others
            target[strip_marks(word)].append(number)
        self._cache: dict[tuple[str, Damage], Column] = {}

    def column(self, core: str, damage: Damage) -> Column:
        """Return the candidates of a word of text damaged in a given way."""
        found = self._cache.get((core, damage))
        if found is None:
            if damage is Damage.STRIPPED:
                found = self._stripped(core)
            else:
                found = self._misread(core, damage)
            self._cache[core, damage] = found
        return found

    def _stripped(self, core: str) -> Column:
        lower = normal(core)
        base = strip_marks(lower)
        numbers = list(self._by_base.get(base, ()))
        if core.isupper() or not numbers:
            numbers += [other for other in self._others.get(base, ()) if other not in numbers]
        numbers.sort(key=lambda number: -self._model.unigram[number])
        scores = [0.0] * len(numbers)
        return self._column(lower, numbers[: WIDTH - 1], scores[: WIDTH - 1])

    def _misread(self, core: str, damage: Damage) -> Column:
        lower = normal(core)
        form = form_of(core)
        glyphs = _as_glyphs(core, form)
        weight = self._weights.channel
        raw = self._channels[damage].scores(glyphs, form)
        rank = raw * weight + self._prior
        best = np.argpartition(-rank, WIDTH)[: WIDTH - 4]
        numbers = self._syllables[best].tolist()
        scores = (raw[best] * weight).tolist()
        for other in self._others.get(strip_marks(lower), ())[:3]:
            different = sum(a != b for a, b in zip(lower, self._model.words[other], strict=False))
            numbers.append(other)
            scores.append(-0.1 - 1.5 * different)
        if damage is Damage.MARKED and lower in self._model.index:
            place = self._model.index[lower]
            scores = [
                score + self._weights.keep * (number == place)
                for number, score in zip(numbers, scores, strict=True)
            ]
        return self._column(lower, numbers, scores)

    def _column(self, lower: str, numbers: list[int], scores: list[float]) -> Column:
        seen = self._model.index.get(lower)
        if seen is None or seen not in numbers:
            penalty = self._weights.unknown + self._weights.unknown_letter * len(lower)
            numbers = [self._model.unknown if seen is None else seen, *numbers]
            scores = [-penalty if seen is None else -0.5, *scores]
            texts = [None, *(self._model.words[number] for number in numbers[1:])]
        else:
            texts = [self._model.words[number] for number in numbers]
        return Column(np.array(numbers, np.int32), np.array(scores, np.float32), tuple(texts))


def normal(core: str) -> str:
    """Return a token as the model spells it: NFC, small letters, tones in the old style."""
    return place_tones(nfc(core).lower(), "old")


def form_of(core: str) -> Form:
    """Return the case in which a token is compared with syllables."""
    letters = [letter for letter in core if letter.isalpha()]
    upper = sum(letter.isupper() for letter in letters)
    if upper >= 2 and 2 * upper > len(letters):
        return Form.UPPER
    if letters and core[0].isupper() and core[0] == letters[0]:
        return Form.TITLE
    return Form.LOWER


def _as_glyphs(core: str, form: Form) -> str:
    text = nfc(core)
    if form is Form.UPPER and case_of(text) is Case.UPPER:
        return text
    return text


class Bank:
    """Columns stacked as arrays, so that a lattice is a list of row numbers."""

    def __init__(self) -> None:
        self.columns: list[Column] = []
        self._rows: dict[object, int] = {}
        self._word = np.full((256, WIDTH), NOTHING, np.int32)
        self._score = np.full((256, WIDTH), IMPOSSIBLE, np.float32)

    def row(self, key: object) -> int | None:
        """Return the row filed under `key`, if any."""
        return self._rows.get(key)

    def add(self, key: object, column: Column) -> int:
        """File a column and return its row."""
        row = len(self.columns)
        if row == len(self._word):
            self._word = np.concatenate([self._word, np.full_like(self._word, NOTHING)])
            self._score = np.concatenate([self._score, np.full_like(self._score, IMPOSSIBLE)])
        self.columns.append(column)
        self._rows[key] = row
        self._word[row, : len(column.words)] = column.words
        self._score[row, : len(column.words)] = column.scores
        return row

    def stacked(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return words and scores of an array of rows; row -1 is empty."""
        word, score = self._word[rows], self._score[rows]
        score[rows < 0] = IMPOSSIBLE
        return word, score
