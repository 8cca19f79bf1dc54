"""How far the parts of the restorer are trusted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Trust(IntEnum):
    """How sure the recogniser was of a word; PLAIN if it did not say."""

    LOW = 0
    PLAIN = 1
    HIGH = 2


@dataclass(frozen=True, slots=True)
class Weights:
    """How far the parts are trusted; found on rendered and recognised text kept out of training."""

    channel: float = 0.45  # of the channel's log probability
    prior: float = 0.5  # of word frequency when the candidates are cut to their number
    span: float = 9.0  # candidates further below the best than this are dropped
    unknown: float = 5.0  # log penalty of keeping a word the model does not know...
    unknown_letter: float = 1.4  # ... and for each of its letters
    capitals: float = 0.5  # share of that for words in capitals: they may be abbreviations
    # Log bonus of a known word as it was seen, in marked text and for marked words: by how
    # sure the recogniser is.
    keep: tuple[float, float, float] = (0.75, 4.0, 3.0)
    joined: float = 4.0  # log penalty of merging or splitting tokens
    other: float = 1.5  # log penalty for each letter that differs in other words...
    unlike: float = 4.0  # ... and once if more than marks differ
    name: float = 1.5  # log bonus of a name where a name may stand
    case: float = 0.5  # of the log ratio by which a word is written in a case more than words are
