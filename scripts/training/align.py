"""Aligning what was read with what stood on the page: lines first, then tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Levenshtein

from vnocr.vietnamese.unicode import fold

_GAP = 0.7
_FARTHEST = 0.75


@dataclass(frozen=True, slots=True)
class Pair:
    """One to two true tokens and the one to two tokens read for them."""

    true: tuple[str, ...]
    seen: tuple[str, ...]
    confidence: float


def page_pairs(record: dict[str, Any], language: str) -> Iterator[Pair]:
    """Yield the aligned tokens of a page as one recogniser read it."""
    rows: dict[int, list[tuple[str, float]]] = {}
    for row, text, confidence in record["read"][language]:
        rows.setdefault(row, []).append((text, confidence))
    read = list(rows.values())
    true = [line.split() for line in record["lines"]]
    for line, words in _matched_lines(true, read):
        yield from _token_pairs(line, words)


def _matched_lines(
    true: Sequence[list[str]], read: Sequence[list[tuple[str, float]]]
) -> Iterator[tuple[list[str], list[tuple[str, float]]]]:
    left = [fold(" ".join(line)) for line in true]
    right = [fold(" ".join(text for text, _ in words)) for words in read]
    for ours, theirs in _steps(left, right, merges=False):
        if len(ours) == len(theirs) == 1:
            yield true[ours[0]], read[theirs[0]]


def _token_pairs(true: list[str], read: list[tuple[str, float]]) -> Iterator[Pair]:
    texts = [text for text, _ in read]
    for ours, theirs in _steps([*map(fold, true)], [*map(fold, texts)], merges=True):
        if ours and theirs:
            yield Pair(
                tuple(true[place] for place in ours),
                tuple(texts[place] for place in theirs),
                min(read[place][1] for place in theirs),
            )


def _steps(
    left: Sequence[str], right: Sequence[str], *, merges: bool
) -> list[tuple[list[int], list[int]]]:
    """Return the cheapest alignment as pairs of index lists (one side may be empty)."""
    moves = [(1, 1), (1, 0), (0, 1)] + ([(1, 2), (2, 1)] if merges else [])
    best = {(0, 0): (0.0, (0, 0))}
    for i in range(len(left) + 1):
        for j in range(len(right) + 1):
            options = [
                (best[i - a, j - b][0] + _cost(left[i - a : i], right[j - b : j]), (a, b))
                for a, b in moves
                if a <= i and b <= j and (i or j)
            ]
            if options:
                best[i, j] = min(options)
    steps = []
    i, j = len(left), len(right)
    while i or j:
        a, b = best[i, j][1]
        steps.append(([*range(i - a, i)], [*range(j - b, j)]))
        i, j = i - a, j - b
    return steps[::-1]


def _cost(left: Sequence[str], right: Sequence[str]) -> float:
    if not left or not right:
        return _GAP
    distance = Levenshtein.normalized_distance("".join(left), "".join(right))
    joined = 0.2 if len(left) != len(right) else 0.0
    if len(left[0]) <= 2 and len(right[0]) <= 2 and not joined:
        return min(distance, _GAP)  # a short word keeps its place even when nothing is left of it
    return distance + joined if distance <= _FARTHEST else 2 * _GAP + 0.01
