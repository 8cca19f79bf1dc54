"""From corpora to numbers: units as they are written, the words worth knowing, their case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.ngrams import BREAK_ID
from vnocr.restore.tokens import BREAK, COMMA, SPECIALS, UNKNOWN, units
from vnocr.vietnamese.casing import Case, case_of
from vnocr.vietnamese.syllable import is_syllable

_CHUNK = 1 << 21
# A syllable seen less often is a slip of the pen more often than a word; other words
# (abbreviations, loans) must be common, for nothing else speaks for their spelling.
_SYLLABLE_AT_LEAST = (3, 8)
_OTHER_AT_LEAST = (25, 200)


class Encoder:
    """Numbers the units of texts, as written (with their case)."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {BREAK: BREAK_ID, COMMA: 1}
        self._cache: dict[str, tuple[int, ...]] = {}

    def encode(self, paragraphs: Iterable[str]) -> NDArray[np.int32]:
        """Return the units of all paragraphs, a sentence break before each."""
        parts: list[NDArray[np.int32]] = []
        buffer: list[int] = []
        for paragraph in paragraphs:
            buffer.append(BREAK_ID)
            for token in paragraph.split():
                buffer.extend(self._cache.get(token) or self._numbered(token))
            if len(buffer) > _CHUNK:
                parts.append(np.array(buffer, np.int32))
                buffer = []
        return np.concatenate([*parts, np.array([*buffer, BREAK_ID], np.int32)])

    def _numbered(self, token: str) -> tuple[int, ...]:
        numbers = self.numbers
        found = tuple(numbers.setdefault(unit, len(numbers)) for unit in units(token))
        self._cache[token] = found
        return found


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the model, most frequent first after the special units."""

    words: list[str]
    mapping: NDArray[np.uint16]  # from an encoder's numbers
    frequency: NDArray[np.int64]  # (corpora, words)
    cases: NDArray[np.int64]  # (words, 3): lower, title, upper; not at sentence starts


def choose(encoder: Encoder, streams: Sequence[NDArray[np.int32]]) -> Vocabulary:
    """Choose the vocabulary from two streams: official text first, general text second."""
    units_in_order = list(encoder.numbers)
    lower_number: dict[str, int] = {}
    to_lower = np.array(
        [lower_number.setdefault(unit.lower(), len(lower_number)) for unit in units_in_order]
    )
    lowers = list(lower_number)
    counts = [
        np.bincount(to_lower, np.bincount(stream, minlength=len(to_lower)), len(lowers))
        for stream in streams
    ]
    total = counts[0] + counts[1]
    kept = [
        number
        for number in np.argsort(-total, kind="stable")
        if lowers[number] not in SPECIALS and _worth_knowing(lowers[number], counts, number)
    ]
    words = [*SPECIALS, *(lowers[number] for number in kept)]
    place = {word: number for number, word in enumerate(words)}
    mapping = np.array([place.get(word, place[UNKNOWN]) for word in lowers], np.uint16)[to_lower]
    source = [lower_number.get(word, -1) for word in words]
    frequency = np.array(
        [[row[number] if number >= 0 else 0 for number in source] for row in counts], np.int64
    )
    return Vocabulary(words, mapping, frequency, _cases(units_in_order, mapping, streams))


def _worth_knowing(word: str, counts: list[NDArray[np.float64]], number: int) -> bool:
    official, general = (row[number] for row in counts)
    if is_syllable(word):
        return bool(official >= _SYLLABLE_AT_LEAST[0] or general >= _SYLLABLE_AT_LEAST[1])
    if not word.isalpha() or len(word) > 20:
        return False
    return bool(official >= _OTHER_AT_LEAST[0] or general >= _OTHER_AT_LEAST[1])


def _cases(
    written: list[str], mapping: NDArray[np.uint16], streams: Sequence[NDArray[np.int32]]
) -> NDArray[np.int64]:
    column = {Case.LOWER: 0, Case.TITLE: 1, Case.UPPER: 2}
    shape = np.array([column.get(case_of(unit), -1) for unit in written])
    counts = np.zeros((int(mapping.max()) + 1, 3), np.int64)
    for stream in streams:
        inside = stream[1:][stream[:-1] != BREAK_ID]
        often = np.bincount(inside, minlength=len(written))
        for number in range(3):
            rows = shape == number
            np.add.at(counts[:, number], mapping[rows], often[rows])
    return counts
