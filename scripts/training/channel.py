"""Learning a channel from aligned words: how often letters were read as which glyphs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from vnocr.restore.groups import LONGEST
from vnocr.restore.tokens import cut
from vnocr.vietnamese.syllable import parse
from vnocr.vietnamese.tones import place_tones, split_tone
from vnocr.vietnamese.unicode import strip_marks

Row = tuple[str, str, str, int]  # table, letters, glyphs, count
_ROUNDS = 3


def head_and_tail(word: str) -> tuple[str, str] | None:
    """Return the onset and the toned rime of a syllable as they are written."""
    syllable = parse(word)
    if syllable is None:
        return None
    size = len(word) - len(syllable.rime)
    return word[:size], word[size:]


def word_pairs(pairs: Iterable[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Count (true syllable, glyphs) among aligned tokens; punctuation at the rim is taken off."""
    found: Counter[tuple[str, str]] = Counter()
    for true, seen in pairs:
        left, right = cut(true), cut(seen)
        if len(left) == 1 and len(right) == 1 and right[0].core:
            word = place_tones(left[0].core, "old")
            if head_and_tail(word):
                found[word, right[0].core] += 1
    return found


def learn(pairs: Counter[tuple[str, str]], at_least: int = 2) -> Iterator[Row]:
    """Yield the rows of a channel: onsets, rimes and groups of one to three letters."""
    singles = _single_letters(pairs)
    tables: dict[str, Counter[tuple[str, str]]] = {
        name: Counter() for name in ("onset", "rime", "group")
    }
    for (word, seen), count in pairs.items():
        spans = _align(word, seen, singles)
        head, tail = head_and_tail(word) or ("", word)
        tables["onset"][head, "".join(spans[: len(head)])] += count
        tables["rime"][tail, "".join(spans[len(head) :])] += count
        for size in range(1, LONGEST + 1):
            for start in range(len(word) - size + 1):
                glyphs = "".join(spans[start : start + size])
                if len(glyphs) <= LONGEST:
                    tables["group"][word[start : start + size], glyphs] += count
    for name, table in tables.items():
        for (letters, glyphs), count in sorted(table.items()):
            if count >= at_least:
                yield name, letters, glyphs, count


def _single_letters(pairs: Counter[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """Learn the cost of reading one letter as up to two glyphs by repeated alignment."""
    costs: dict[tuple[str, str], float] = {}
    for _ in range(_ROUNDS):
        seen_as: Counter[tuple[str, str]] = Counter()
        total: Counter[str] = Counter()
        for (word, seen), count in pairs.items():
            for letter, glyphs in zip(word, _align(word, seen, costs), strict=True):
                seen_as[letter, glyphs] += count
                total[letter] += count
        costs = {
            (letter, glyphs): -math.log(count / (total[letter] + 1))
            for (letter, glyphs), count in seen_as.items()
            if count > 1
        }
    return costs


def _align(word: str, seen: str, costs: dict[tuple[str, str], float]) -> list[str]:
    """Return for each letter of `word` the stretch of `seen` (0 to 3 glyphs) it was read as."""
    best: dict[tuple[int, int], tuple[float, int]] = {(0, 0): (0.0, 0)}
    for i in range(1, len(word) + 1):
        for j in range(len(seen) + 1):
            options = [
                (best[i - 1, j - size][0] + _cost(word[i - 1], seen[j - size : j], costs), size)
                for size in range(min(LONGEST, j) + 1)
                if (i - 1, j - size) in best
            ]
            if options:
                best[i, j] = min(options)
    if (len(word), len(seen)) not in best:
        return [*seen[: len(word) - 1], seen[len(word) - 1 :]] + [""] * (len(word) - len(seen))
    spans = []
    j = len(seen)
    for i in range(len(word), 0, -1):
        size = best[i, j][1]
        spans.append(seen[j - size : j])
        j -= size
    return spans[::-1]


def _cost(letter: str, glyphs: str, costs: dict[tuple[str, str], float]) -> float:
    known = costs.get((letter, glyphs))
    if known is not None:
        return known
    if len(glyphs) != 1:
        return 5.0 + 2.0 * len(glyphs) if glyphs else 5.5
    if letter == glyphs:
        return 0.1
    if split_tone(letter)[0] == split_tone(glyphs)[0]:
        return 0.5
    return 1.0 if strip_marks(letter).lower() == strip_marks(glyphs).lower() else 5.0
