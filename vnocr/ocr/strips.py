"""Strips of a page, enlarged and set under each other as one picture to be read in one go.

Reading a few lines again costs a fraction of a page this way: the recogniser starts once and
has no layout to find.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vnocr.model import Box, Page, PageImage, Word
from vnocr.ocr.geometry import box_of
from vnocr.vietnamese.syllable import is_syllable
from vnocr.vietnamese.unicode import strip_marks

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Stretched letters are read better; so measured on scans of 200 dpi.
STRETCH = (1.3, 1.15)  # across, down
_PADDING = 4
_BETWEEN = 18
_LEFT = 30
_WHITE = 255
_PUNCTUATION = ".,;:!?()[]\"'“”"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The picture, and for each strip its place: (top and bottom on the sheet, box on the page).

    `stretch` is how much larger than the page the strips are, across and down.
    """

    image: PageImage
    places: tuple[tuple[int, int, Box], ...]
    stretch: tuple[float, float] = STRETCH


def make_sheet(
    image: PageImage, boxes: Sequence[Box], stretch: tuple[float, float] = STRETCH
) -> Sheet:
    """Cut `boxes` (at least one) out of a grey page, enlarge them and set them one a row."""
    padded = [_padded(box, image) for box in boxes]
    crops = [
        _enlarged(image.pixels[box.top : box.bottom, box.left : box.right], stretch)
        for box in padded
    ]
    width = max(crop.shape[1] for crop in crops) + 2 * _LEFT
    height = sum(crop.shape[0] + _BETWEEN for crop in crops) + _BETWEEN
    pixels = np.full((height, width), _WHITE, np.uint8)
    places, top = [], _BETWEEN
    for crop, box in zip(crops, padded, strict=True):
        bottom = top + crop.shape[0]
        pixels[top:bottom, _LEFT : _LEFT + crop.shape[1]] = crop
        places.append((top, bottom, box))
        top = bottom + _BETWEEN
    return Sheet(PageImage(image.number, pixels, image.dpi), tuple(places), stretch)


def words_of_strips(sheet: Sheet, read: Page) -> list[list[Word]]:
    """Return the words read on the sheet, strip by strip, with their boxes on the page."""
    found: list[list[Word]] = [[] for _ in sheet.places]
    for word in (word for line in read.lines for word in line.words):
        middle = (box_of(word).top + box_of(word).bottom) / 2
        index = min(
            range(len(found)),
            key=lambda at: abs((sheet.places[at][0] + sheet.places[at][1]) / 2 - middle),
        )
        found[index].append(replace(word, box=_on_page(box_of(word), sheet, index)))
    return [sorted(words, key=lambda word: box_of(word).left) for words in found]


def better_words(first: Iterable[Word], second: Iterable[Word]) -> list[Word]:
    """Return one reading of a line from two, word by word the one that is surer of itself.

    Words of both that overlap are compared as groups, since one may have parted what the
    other joined. What only the first reading has stays; the second never adds on its own.
    """
    chosen: list[Word] = []
    for group in _overlapping([*((word, 0) for word in first), *((word, 1) for word in second)]):
        old = [word for word, reading in group if reading == 0]
        new = [word for word, reading in group if reading == 1]
        if old and new and _weakest(new) > _weakest(old) and not _runs_together(old, new):
            chosen.extend(new)
        else:
            chosen.extend(old)
    return chosen


def _runs_together(old: Sequence[Word], new: Sequence[Word]) -> bool:
    """Whether `new` joins syllables of `old` into what is none: stretched, blanks look small."""
    if len(new) >= len(old) or not all(is_syllable(strip_marks(_bare(word))) for word in old):
        return False
    joined = [_bare(word) for word in new]
    return any(word.isalpha() and not is_syllable(strip_marks(word)) for word in joined)


def _bare(word: Word) -> str:
    return word.seen.strip(_PUNCTUATION)


def _overlapping(words: Sequence[tuple[Word, int]]) -> list[list[tuple[Word, int]]]:
    groups: list[list[tuple[Word, int]]] = []
    end = 0
    for word, reading in sorted(words, key=lambda item: box_of(item[0]).left):
        # A few pixels of overlap come from rounding and slanting letters.
        if groups and box_of(word).left < end - 3:
            groups[-1].append((word, reading))
            end = max(end, box_of(word).right)
        else:
            groups.append([(word, reading)])
            end = box_of(word).right
    return groups


def _weakest(words: Iterable[Word]) -> float:
    return min(word.confidence for word in words)


def _padded(box: Box, image: PageImage) -> Box:
    height, width = image.pixels.shape[:2]
    return Box(
        max(0, box.left - _PADDING),
        max(0, box.top - _PADDING),
        min(width, box.right + _PADDING),
        min(height, box.bottom + _PADDING),
    )


def _enlarged(crop: NDArray[np.uint8], stretch: tuple[float, float]) -> NDArray[np.uint8]:
    import cv2

    across, down = stretch
    large = cv2.resize(crop, None, fx=across, fy=down, interpolation=cv2.INTER_CUBIC)
    return large.astype(np.uint8, copy=False)


def _on_page(box: Box, sheet: Sheet, index: int) -> Box:
    top, _, strip = sheet.places[index]
    across, down = sheet.stretch
    return Box(
        strip.left + round((box.left - _LEFT) / across),
        strip.top + round((box.top - top) / down),
        strip.left + round((box.right - _LEFT) / across),
        strip.top + round((box.bottom - top) / down),
    )
