"""A name that a seal has crossed, put to the vote of several readings.

Letters that a seal spoilt mislead a recogniser about their neighbours too. So each word of the
name's row is also read alone, in every rendering and in two sizes; what most readings say, each
weighed by its confidence, is taken word by word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from vnocr.model import Box, Line, PageImage, Region, Word
from vnocr.ocr.engine import Engine
from vnocr.ocr.geometry import box_of, make_line, rows
from vnocr.ocr.strips import STRETCH, make_sheet, words_of_strips
from vnocr.vietnamese.syllable import is_syllable

EDGES = " .,:;*-_–—/|()\"'`‘’“”~"
SYLLABLES = range(2, 6)  # of a name
_SIZES = (STRETCH, (2.0, 2.0))
_FEWEST = 2  # readings of a row before it is put to the vote
_OFTEN = 0.5  # of the readings of a row: what fewer saw is no word of it
_FAMILY = 4.0  # how much likelier a first word is right that is a family name


@dataclass(slots=True)
class _Place:
    """A place in a row where readings saw a word."""

    seen: list[Word] = field(default_factory=list)

    @property
    def box(self) -> Box:
        boxes = [box_of(word) for word in self.seen]
        left, top, right, bottom = (
            round(median(edge))
            for edge in zip(*((b.left, b.top, b.right, b.bottom) for b in boxes), strict=True)
        )
        return Box(left, top, right, bottom)

    def holds(self, word: Word) -> bool:
        """Whether `word` stands here: it shares half of the narrower of both."""
        here, there = self.box, box_of(word)
        shared = min(here.right, there.right) - max(here.left, there.left)
        return shared > 0.5 * min(here.width, there.width)


def voted_name(
    readings: Sequence[Line], stack: PageImage, area: Box, engine: Engine, families: Collection[str]
) -> Line | None:
    """Return the name that most readings say, or None where they name no person.

    `stack` holds renderings of the part `area` of a page under each other; `readings` are lines
    read in any of them. A name opens with one of `families`. Raises RecogniserError.
    """
    for row in reversed(rows(readings)):
        places = _places(row)
        if len(row) < _FEWEST or len(places) not in SYLLABLES or _has_hole(places):
            continue
        for place, alone in zip(places, _alone(places, stack, area, engine), strict=True):
            place.seen += alone
        words = [_elected(place, () if at else families) for at, place in enumerate(places)]
        name = [word for word in words if word is not None]
        if len(name) == len(places) and _bare(name[0]) in families:
            return replace(make_line(name), region=Region.SIGNATURE)
    return None


def _places(row: Sequence[Line]) -> list[_Place]:
    """Return the places of a row at which many of its readings saw a word, from left to right."""
    places: list[_Place] = []
    words = [word for line in row for word in line.words if _bare(word)]
    for word in sorted(words, key=lambda word: box_of(word).left + box_of(word).right):
        place = next((one for one in places if one.holds(word)), None)
        if place is None:
            places.append(place := _Place())
        place.seen.append(word)
    often = [place for place in places if len(place.seen) >= _OFTEN * len(row)]
    return sorted(often, key=lambda place: place.box.left)


def _has_hole(places: Sequence[_Place]) -> bool:
    """Whether there is room for another word between two places: it was lost."""
    boxes = [place.box for place in places]
    return any(b.left - a.right > a.height for a, b in pairwise(boxes))


def _alone(
    places: Sequence[_Place], stack: PageImage, area: Box, engine: Engine
) -> list[list[Word]]:
    """Return for each place the words read there when nothing but that place is shown."""
    top, bottom = min(p.box.top for p in places), max(p.box.bottom for p in places)
    boxes = [
        Box(place.box.left - area.left, top + down, place.box.right - area.left, bottom + down)
        for down in range(-area.top, stack.pixels.shape[0] - area.top, area.height)
        for place in places
    ]
    found: list[list[Word]] = [[] for _ in places]
    for size in _SIZES:
        sheet = make_sheet(stack, boxes, size)
        strips = words_of_strips(sheet, engine.recognise(sheet.image, block=True))
        for at, words in enumerate(strips):
            if words:
                widest = max(words, key=lambda word: box_of(word).width)
                place = at % len(places)
                found[place].append(replace(widest, box=places[place].box))
    return found


def _elected(place: _Place, families: Collection[str]) -> Word | None:
    """Return the surest of the readings that agree most, as sure as they are many."""
    votes: dict[str, float] = defaultdict(float)
    for word in place.seen:
        if _is_name_word(_bare(word)):
            votes[_bare(word)] += word.confidence
    text = max(votes, key=lambda one: votes[one] * _liking(one, families), default=None)
    if text is None or not votes[text]:
        return None
    best = max((w for w in place.seen if _bare(w) == text), key=lambda word: word.confidence)
    share = votes[text] / sum(word.confidence for word in place.seen)
    return replace(best, confidence=best.confidence * share)


def _liking(text: str, families: Collection[str]) -> float:
    return _FAMILY if text in families else 1.0


def _is_name_word(text: str) -> bool:
    return text == text.capitalize() and is_syllable(text)


def _bare(word: Word) -> str:
    return word.seen.strip(EDGES)
