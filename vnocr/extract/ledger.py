"""Bookkeeping while the fields are decided: candidates, evidence, problems, and priors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vnocr.extract.votes import Decision
from vnocr.model import Box, Evidence, Problem, Vote, Word

if TYPE_CHECKING:
    from vnocr.extract.head import Head

STAGE = "extract"
PRINTED = "printed text"

# How often a reading is right when nothing speaks against it: from clean text, and from a
# recogniser. Serials and days have their own figures below, since ink is misread as print.
_PRIORS = {
    "symbol": (0.98, 0.97),
    "symbol borne out": (0.99, 0.985),  # every group is what type and issuer ask for
    "type": (0.995, 0.985),
    "issuer": (0.98, 0.975),
    "place": (0.98, 0.97),
    "subject": (0.96, 0.92),
    "mark": (0.95, 0.92),
}
# Figures in a slot: from clean text; as print would look; of unknown look; taller or lower
# than the print beside them, as ink is.
FIGURES = {"clean": 0.99, "print": 0.975, "unknown": 0.75, "ink": 0.45}


@dataclass(slots=True)
class Ledger:
    """Collects evidence and problems while the fields are decided one after the other."""

    evidence: dict[str, Evidence] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def settle(self, name: str, decision: Decision) -> str | None:
        """Note the evidence of a decision; return its value."""
        evidence = decision.evidence()
        if evidence is not None:
            self.evidence[name] = evidence
        if decision.contested:
            values = ", ".join(sorted({v.value for v in decision.votes if v.value is not None}))
            message = f"{name}: readings disagree ({values})"
            self.problem("conflict", message, decision.votes[0].page)
        return decision.value

    def problem(self, kind: str, message: str, page: int) -> None:
        """Note a problem."""
        self.problems.append(Problem(STAGE, kind, message, page))


def prior(head: Head, name: str) -> float:
    """Return how often a reading of `name` is right on such a page."""
    clean, recognised = _PRIORS[name]
    return recognised if head.recognised else clean


def trust(words: Iterable[Word]) -> float:
    """Return how far the recogniser trusted itself over `words`, softened.

    A recogniser's confidence ranks its words well but is too low for names and codes that
    a dictionary confirms; the cube root brings it near the share right.
    """
    scores = [word.confidence for word in words]
    mean = sum(scores) / len(scores) if scores else 1.0
    return float(mean ** (1 / 3))


def candidate(value: str | None, confidence: float, head: Head, words: Sequence[Word]) -> Vote:
    """Return the vote of the printed text for `value`, read in `words`."""
    raw = " ".join(word.seen for word in words if word.seen)
    box = Box.around(word.box for word in words)
    return Vote(value, confidence, raw, head.page, box, PRINTED)
