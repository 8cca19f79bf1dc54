"""Alignment of what was read with what stands on the paper, and the errors that follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein


@dataclass(frozen=True, slots=True)
class Count:
    """`part` of `total`; counts add up, so that rates are taken over all documents at once."""

    part: int = 0
    total: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.part + other.part, self.total + other.total)

    @property
    def rate(self) -> float | None:
        """The share, or None where there is nothing to take it from."""
        return self.part / self.total if self.total else None


def total(counts: Sequence[Count]) -> Count:
    """Return the sum of `counts`."""
    return sum(counts, Count())


def edits(gold: Sequence[str], read: Sequence[str]) -> Count:
    """Return the edit distance of words or letters over the length of the gold."""
    return Count(Levenshtein.distance(gold, read), len(gold))


def right_places(gold: Sequence[str], read: Sequence[str]) -> list[bool]:
    """Say for each item of `gold` whether the best alignment finds it in `read`."""
    right = [False] * len(gold)
    for step in Levenshtein.opcodes(gold, read):
        if step.tag == "equal":
            right[step.src_start : step.src_end] = [True] * (step.src_end - step.src_start)
    return right


def errors_at(gold: Sequence[str], read: Sequence[str], scored: Sequence[bool]) -> Count:
    """Count the errors that fall on the scored items of `gold`.

    The whole page is aligned at once, because two readers may order its blocks
    differently. Substitutions and deletions count where they strike a scored item,
    insertions where both neighbours are scored.
    """
    errors = 0
    for step in Levenshtein.editops(gold, read):
        place = step.src_pos
        if step.tag == "insert":
            errors += 0 < place < len(gold) and scored[place - 1] and scored[place]
        else:
            errors += scored[place]
    return Count(errors, sum(scored))


def letters(words: Sequence[str], scored: Sequence[bool]) -> tuple[str, list[bool]]:
    """Return the words joined by blanks and, for each letter, whether it is scored.

    A blank is scored when the words on both sides are.
    """
    flags: list[bool] = []
    for place, word in enumerate(words):
        if place:
            flags.append(scored[place - 1] and scored[place])
        flags.extend([scored[place]] * len(word))
    return " ".join(words), flags


def missing(gold: Sequence[str], read: Sequence[str]) -> Counter[str]:
    """Return the words of `gold` that `read` lacks in any order, each as often as it lacks."""
    return Counter(gold) - Counter(read)


@dataclass(frozen=True, slots=True)
class Repair:
    """What a restoration did to the words that were right and to those that were wrong."""

    spoiled: Count
    mended: Count

    def __add__(self, other: Repair) -> Repair:
        return Repair(self.spoiled + other.spoiled, self.mended + other.mended)


NO_REPAIR = Repair(Count(), Count())


def repair(
    gold: Sequence[str], seen: Sequence[str], restored: Sequence[str], scored: Sequence[bool]
) -> tuple[Repair, list[int]]:
    """Compare `seen` and `restored` with `gold`; also return the places that were spoiled."""
    before, after = right_places(gold, seen), right_places(gold, restored)
    places = [place for place in range(len(gold)) if scored[place]]
    spoiled = [place for place in places if before[place] and not after[place]]
    mended = sum(1 for place in places if after[place] and not before[place])
    right = sum(1 for place in places if before[place])
    return (
        Repair(Count(len(spoiled), right), Count(mended, len(places) - right)),
        spoiled,
    )
