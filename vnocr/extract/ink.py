"""What the reader of handwriting says about a slot, as votes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from vnocr.model import Reading, Vote


def ink_votes(readings: Iterable[Reading], kind: Literal["number", "date"]) -> list[Vote]:
    """Return a vote for the likeliest value of each reading of `kind`; none for a blank slot."""
    return [
        Vote(
            value=reading.candidates[0].value,
            confidence=reading.candidates[0].probability,
            raw=reading.raw,
            page=reading.page,
            box=reading.box,
            source=reading.source,
            others=reading.candidates[1:],
        )
        for reading in readings
        if reading.kind == kind and reading.candidates
    ]
