"""How the bounds that a register sets change what is thought of a number or a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from vnocr.extract.chain import Bounds
from vnocr.extract.votes import GUESS
from vnocr.model import Candidate, Evidence, Vote

SOURCE = "register order"
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Heard:
    """A field after its register was heard: `against` says that the value breaks the order."""

    value: str | None
    confidence: float
    evidence: Evidence
    against: bool
    reason: str


def number_of(serial: str) -> int:
    """Return the number of a serial: 3176 for "3176B"."""
    return int(re.sub(r"\D", "", serial) or 0)


def figures(value: str | None) -> int:
    """Return a serial as a number, a day (ISO 8601) as days of the common era, 0 for None."""
    if value is None:
        return 0
    return date.fromisoformat(value).toordinal() if _ISO.fullmatch(value) else number_of(value)


def heard_before(found: Evidence | None) -> tuple[Candidate, ...]:
    """Return the candidates as they were before the register was heard."""
    if found is None:
        return ()
    for vote in found.votes:
        if vote.source == SOURCE:
            return vote.others
    return found.candidates


def heard(found: Evidence, bounds: Bounds, disorder: float) -> Heard:
    """Return the field whose evidence is `found`, given what its value should lie between.

    Bayes: bounds hold the right value but for the share `disorder` of documents registered out
    of turn, and the narrower they are, the less are they met by chance. The vote keeps the
    candidates that it was cast on.
    """
    former = heard_before(found)
    inside = (1 - disorder) / bounds.share
    outside = disorder / (1 - bounds.share) if bounds.share < 1 else disorder
    weights = {
        one.value: one.probability * (inside if _within(one, bounds) else outside) for one in former
    }
    left = max(0.0, 1 - sum(one.probability for one in former))
    total = sum(weights.values()) + left
    ranked = sorted(weights, key=lambda value: -weights[value])
    candidates = tuple(Candidate(v, round(weights[v] / total, 4)) for v in ranked)
    best = candidates[0] if candidates else None
    value = best.value if best and best.probability >= GUESS else None
    confidence = round(best.probability, 3) if best and value else 0.0
    reason = f"its register runs {_span(bounds, former)}"
    fitting = next((one.value for one in candidates if _within(one, bounds)), None)
    vote = Vote(fitting, round(1 - disorder, 3), reason, found.page, None, SOURCE, former)
    votes = (*(one for one in found.votes if one.source != SOURCE), vote)
    evidence = replace(found, confidence=confidence, candidates=candidates, votes=votes)
    against = best is not None and not _within(best, bounds)
    return Heard(value, confidence, evidence, against, reason)


def _within(one: Candidate, bounds: Bounds) -> bool:
    return bounds.hold(figures(one.value))


def _span(bounds: Bounds, candidates: Sequence[Candidate]) -> str:
    dated = any(_ISO.fullmatch(one.value) for one in candidates)

    def shown(value: int) -> str:
        return date.fromordinal(value).isoformat() if dated else str(value)

    low = "" if bounds.low is None else f"from {shown(bounds.low)}"
    high = "" if bounds.high is None else f"to {shown(bounds.high)}"
    return f"{low} {high} here".strip()
