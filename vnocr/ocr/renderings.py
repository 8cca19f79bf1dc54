"""A second rendering of a page that reads badly: thin strokes lost in copying are made whole.

A page of good print has a mean confidence above 0.9. Below the limit it is read once more with
its strokes thickened by a pixel; the reading with more letters read surely is the base, and
each of its words gives way to what the other reading is surer of. Where a seal and a pen have
crossed print, there are renderings without them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vnocr.model import Line, Page, PageImage, Word
from vnocr.ocr.engine import Engine
from vnocr.ocr.geometry import box_of, make_line
from vnocr.ocr.strips import better_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BAD = 0.82
# Fewer words say little about a page: a signature, a seal.
_ENOUGH_WORDS = 40
_SURE = 0.8
_STROKE = np.ones((2, 2), np.uint8)
_WHITE = 255
_INK_BELOW = 0.7
# In letter heights: what is taller, or wider, is no letter.
_TALLEST, _WIDEST = 1.7, 4.0


def recognise_twice_if_bad(image: PageImage, engine: Engine) -> Page:
    """Return what `engine` reads on a grey page, in its order, from two renderings if one is bad.

    Raises RecogniserError.
    """
    first = engine.recognise(image)
    if not _reads_badly(first):
        return first
    second = engine.recognise(replace(image, pixels=_thickened(image.pixels)))
    base, other = (
        (second, first) if _sure_letters(second) > _sure_letters(first) else (first, second)
    )
    return replace(base, lines=tuple(_combined(base.lines, other.lines)))


def _reads_badly(page: Page) -> bool:
    words = [word for line in page.lines for word in line.words]
    sure = sum(word.confidence for word in words)
    return len(words) >= _ENOUGH_WORDS and sure < _BAD * len(words)


def _sure_letters(page: Page) -> int:
    words = (word for line in page.lines for word in line.words)
    return sum(len(word.seen) for word in words if word.confidence >= _SURE)


def _thickened(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    import cv2

    return cv2.erode(grey, _STROKE).astype(np.uint8, copy=False)


def _combined(base: Sequence[Line], other: Sequence[Line]) -> list[Line]:
    words = [word for line in other for word in line.words]
    return [make_line(better_words(line.words, _beside(line, words)), line) for line in base]


def _beside(line: Line, words: Sequence[Word]) -> list[Word]:
    """Return those of `words` whose middle stands on `line`, within its ends."""
    whole = box_of(line)
    found = []
    for word in words:
        box = box_of(word)
        down, across = (box.top + box.bottom) / 2, (box.left + box.right) / 2
        if whole.top < down < whole.bottom and whole.left < across < whole.right:
            found.append(word)
    return found


def signature_renderings(
    pixels: NDArray[np.uint8], letter: float
) -> Iterator[list[NDArray[np.uint8]]]:
    """Yield grey pictures of paper that a seal and a pen have crossed, RGB or grey.

    Each hides something else; print of `letter` pixels high stays in at least one. Colours laid
    over print opaquely are filled in from around them (Telea 2004), which mends narrow lines but
    takes time: these come last.
    """
    import cv2

    if pixels.ndim == 2:
        yield [_without_strokes(pixels, letter)]
        return
    brightest, darkest = pixels.max(axis=2), pixels.min(axis=2)
    yield [_without_strokes(grey, letter) for grey in (brightest, darkest)]
    filled = []
    for colourful, reach in ((40, 4), (80, 3)):
        mask = np.asarray(brightest - darkest > colourful, dtype=np.uint8)
        if mask.any():
            mask = cv2.dilate(mask, np.ones((3, 3), np.uint8)).astype(np.uint8)
            mended = cv2.inpaint(brightest, mask, reach, cv2.INPAINT_TELEA)
            filled.append(_without_strokes(mended.astype(np.uint8, copy=False), letter))
    if filled:
        yield filled


def _without_strokes(grey: NDArray[np.uint8], letter: float) -> NDArray[np.uint8]:
    """Return `grey` without what hangs together and is much taller or wider than letters."""
    import cv2

    ink = np.asarray(grey < _INK_BELOW * np.percentile(grey, 80), dtype=np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    large = (stats[:, cv2.CC_STAT_HEIGHT] > _TALLEST * letter) | (
        stats[:, cv2.CC_STAT_WIDTH] > _WIDEST * letter
    )
    large[0] = False  # the paper
    gone = cv2.dilate(large[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return np.where(gone, np.uint8(_WHITE), grey)
