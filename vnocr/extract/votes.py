"""Weighing witnesses: several readings of one field become one decision.

Each witness casts a Vote whose confidence is the share right among its votes like that one;
a reader that wavers names the other values it thinks possible. More witnesses take part by
casting theirs; nothing else changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import prod

from vnocr.model import Candidate, Evidence, Vote


@dataclass(frozen=True, slots=True)
class Decision:
    """The value that the votes favour (None if none does) and how sure they make us."""

    value: str | None
    confidence: float
    votes: tuple[Vote, ...] = field(default=())
    candidates: tuple[Candidate, ...] = field(default=())

    @property
    def contested(self) -> bool:
        """Whether readers named different values."""
        return len({vote.value for vote in self.votes if vote.value is not None}) > 1

    def evidence(self) -> Evidence | None:
        """Return where the decided value stands: the strongest vote for it, or for a guess."""
        backing = [vote for vote in self.votes if self.value in (None, vote.value)]
        backing = backing or list(self.votes)
        if not backing:
            return None
        best = max(backing, key=lambda vote: vote.confidence)
        raw = best.raw
        if self.contested:
            against = [vote for vote in self.votes if vote.value not in (None, self.value)]
            raw += "".join(f" | {vote.source}: {vote.raw}" for vote in against)
        sure = round(self.confidence, 3)
        return Evidence(best.page, best.box, raw, sure, best.source, self.candidates, self.votes)


_CEILING = 0.999  # no reader is ever certain
GUESS = 0.1  # what is right less often than this is a guess and not given as a value
_OTHERS = 10  # values that a reading is easily taken for
_LISTED = 0.01  # candidates less likely than this are of no use to anybody


def weigh(votes: Iterable[Vote]) -> Decision:
    """Return the decision of independent readers.

    Naive Bayes over independent witnesses: what a witness leaves open is spread over the values
    it does not name, so two that name one value are seldom wrong together.
    """
    cast: Sequence[Vote] = tuple(votes)
    shares = [_shares(vote) for vote in cast if vote.value is not None]
    values = sorted({value for share in shares for value in share})
    if not values:
        return Decision(None, 0.0, tuple(cast))
    open_to = [1 - sum(share.values()) for share in shares]
    weights = {
        value: prod(
            max(share.get(value, 0.0), rest / _OTHERS)  # a faint vote is no vote against
            for share, rest in zip(shares, open_to, strict=True)
        )
        for value in values
    }
    total = sum(weights.values()) + prod(open_to) / _OTHERS ** (len(shares) - 1)
    ranked = sorted(values, key=lambda value: -weights[value])
    candidates = tuple(
        Candidate(value, round(weights[value] / total, 4))
        for value in ranked
        if weights[value] / total >= _LISTED
    )
    confidence = weights[ranked[0]] / total
    if confidence < GUESS:
        return Decision(None, 0.0, tuple(cast), candidates)
    return Decision(ranked[0], confidence, tuple(cast), candidates)


def _shares(vote: Vote) -> dict[str, float]:
    """Return the probability of each value the vote names; something is always left open."""
    shares = {other.value: other.probability for other in vote.others}
    if vote.value is not None:
        shares[vote.value] = vote.confidence
    shares = {value: max(share, 0.001) for value, share in shares.items()}
    scale = min(1.0, _CEILING / sum(shares.values()))
    return {value: share * scale for value, share in shares.items()}
