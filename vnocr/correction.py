"""What a person decided about a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from vnocr.pages import Box

# The kind of problem that tells of a correction without a place in a new reading.
MISFIT = "correction-does-not-fit"

CorrectionKind = Literal["field", "word", "directive", "approval", "undo"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a corrected word or directive stood: `seen` is its text as it was read.

    `line` and `position` count from 0: a word's line on the page and place in that line;
    for a directive its place among the directives, with `line` 0.
    """

    page: int
    box: Box | None
    seen: str
    line: int
    position: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person decided about one document; it is never changed, only undone by another.

    `at` is UTC, ISO 8601. `target` is the name of a field (`subject`, `signer.name`), the
    `uid` of the correction that an `undo` takes back or that added a directive, else "".
    `before` and `after` are JSON values: text or a list of texts of a field, text of a
    word, the changed parts of a directive (None: there is none), and, for an approval,
    the fields that the person agreed to.
    """

    uid: str
    at: str
    author: str
    kind: CorrectionKind
    target: str = ""
    place: Place | None = None
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A corrected word as it was read; `line` and `position` as in a `Place`."""

    page: int
    line: int
    position: int
    text: str
    confidence: float
