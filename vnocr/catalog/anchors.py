"""Finding again, in a new reading, the word or directive that a person corrected."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from vnocr.model import Box, Correction, Directive, Page, Place, Word
from vnocr.vietnamese.unicode import fold

# Two boxes that share this much of what they cover together are of one word.
_SAME_BOX = 0.5
_SAME_WORD, _SAME_DIRECTIVE = 0.5, 0.8


class Spot(NamedTuple):
    """A word's page (from 1), line and position in it (both from 0)."""

    page: int
    line: int
    position: int


def find_word(pages: Sequence[Page], one: Correction) -> tuple[Spot, Word] | None:
    """Return the word that `one` is about: at its old spot, else by place and letters."""
    place = one.place
    page = next((page for page in pages if place and page.number == place.page), None)
    if place is None or page is None:
        return None
    best, found = 0.0, None
    for row, line in enumerate(page.lines):
        for position, word in enumerate(line.words):
            likeness = _likeness(word, Spot(page.number, row, position), one, place)
            if likeness > best:
                best, found = likeness, (Spot(page.number, row, position), word)
    return found


def find_directive(directives: Sequence[Directive], one: Correction) -> int | None:
    """Return the position of the directive that `one` is about, None if there is none."""
    place = one.place
    if place is None:
        return None
    best, found = _SAME_DIRECTIVE, None
    for position, directive in enumerate(directives):
        if abs(directive.page - place.page) > 1:
            continue
        likeness = _similar(directive.text, place.seen)
        # Of equal directives, as "Báo cáo kết quả" twice, the one in the old position.
        likeness += 0.01 * (position == place.position)
        if likeness >= best:
            best, found = likeness, position
    return found


def _likeness(word: Word, spot: Spot, one: Correction, place: Place) -> float:
    """How well `word` fits, 0 for not at all: 3 for the very word, 1 to 2 for one like it."""
    if place.box is None or word.box is None:
        if word.seen != place.seen:
            return 0.0
        return 2.0 if spot[1:] == (place.line, place.position) else 1 / (1 + _far(spot, place))
    overlap = _overlap(word.box, place.box)
    if overlap < _SAME_BOX:
        return 0.0
    if word.seen == place.seen:
        return 2.0 + overlap
    texts = [text for text in (place.seen, one.before, one.after) if text]
    alike = max((_similar(word.text, text) for text in texts), default=0.0)
    return 1.0 + overlap if alike >= _SAME_WORD else 0.0


def _far(spot: Spot, place: Place) -> int:
    return 1 + abs(spot.line - place.line) * 100 + abs(spot.position - place.position)


def _similar(one: str, other: str) -> float:
    return SequenceMatcher(None, fold(one), fold(other), autojunk=False).ratio()


def _overlap(one: Box, other: Box) -> float:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / (one.width * one.height + other.width * other.height - shared)
