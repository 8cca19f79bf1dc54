"""Weighing witnesses: several readings of one field become one decision.

Each reader casts a Candidate. More readers (handwriting, a digital signature, the order of
a register) take part by casting theirs; nothing else changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import prod

from vnocr.model import Box, Evidence


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reader's vote: `confidence` is the share right among its votes like this one.

    `value` is None when the reader found the place but could not read it.
    """

    value: str | None
    confidence: float
    raw: str
    page: int
    box: Box | None
    source: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The value that the votes favour (None if none does) and how sure they make us."""

    value: str | None
    confidence: float
    votes: tuple[Candidate, ...] = field(default=())

    @property
    def contested(self) -> bool:
        """Whether readers named different values."""
        return len({vote.value for vote in self.votes if vote.value is not None}) > 1

    def evidence(self) -> Evidence | None:
        """Return where the decided value stands: the strongest vote for it, or for a guess."""
        backing = [vote for vote in self.votes if self.value in (None, vote.value)]
        if not backing:
            return None
        best = max(backing, key=lambda vote: vote.confidence)
        raw = best.raw
        if self.contested:
            against = [vote for vote in self.votes if vote.value not in (None, self.value)]
            raw += "".join(f" | {vote.source}: {vote.raw}" for vote in against)
        return Evidence(best.page, best.box, raw, round(self.confidence, 3), best.source)


_CEILING = 0.999  # no reader is ever certain
_GUESS = 0.1  # what is right less often than this is a guess and not given as a value


def weigh(votes: Iterable[Candidate]) -> Decision:
    """Return the decision of independent readers.

    A value weighs the product of p over its voters and of 1 - p over the others; "none of
    them" weighs the product of all 1 - p (naive Bayes over independent witnesses).
    """
    cast: Sequence[Candidate] = tuple(votes)
    named = [vote for vote in cast if vote.value is not None]
    if not named:
        return Decision(None, 0.0, tuple(cast))

    def weight(value: str | None) -> float:
        return prod(
            _bounded(vote.confidence) if vote.value == value else 1 - _bounded(vote.confidence)
            for vote in named
        )

    values = {vote.value for vote in named}
    weights = {value: weight(value) for value in values}
    best = max(named, key=lambda vote: (weights[vote.value], vote.confidence)).value
    total = sum(weights.values()) + weight(None)
    confidence = weights[best] / total if total else 0.0
    if confidence < _GUESS:
        return Decision(None, 0.0, tuple(cast))
    return Decision(best, confidence, tuple(cast))


def _bounded(confidence: float) -> float:
    return min(max(confidence, 0.001), _CEILING)
