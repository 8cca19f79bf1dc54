"""Read one page: recognise it, look again where the first look was in doubt, put it in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vnocr.model import Box, Line, Page, PageImage, Region, Word
from vnocr.ocr.engine import Engine
from vnocr.ocr.geometry import box_of, letter_height, make_line
from vnocr.ocr.layout import arrange
from vnocr.ocr.lost_ink import lost_lines
from vnocr.ocr.strips import better_words, make_sheet, words_of_strips

# A third of the words below this are wrong, and a second look costs time.
_DOUBTFUL = 0.8
# Words of which no more than a trace is legible: handwriting, seals. Nothing is won there.
_HOPELESS = 0.25
# Print that the layout analysis dropped is only believed when it is read without doubt.
_BELIEVED = 0.75
_MOST_LOST = 24
# Stamps are no text of the dispatch, numbers are written by hand.
_LEFT_ALONE = (Region.STAMP, Region.NUMBER)


def read_page(image: PageImage, engine: Engine) -> Page:
    """Return the lines of a grey, upright page in reading order, each with its region.

    Lines with a doubtful word, and print that the recogniser passed over, are read a second
    time, enlarged; of the two readings of a word the surer one stays. Raises RecogniserError.
    """
    first = arrange(engine.recognise(image))
    doubtful = [index for index, line in enumerate(first.lines) if _is_doubtful(line)]
    boxes = [box_of(first.lines[index]) for index in doubtful]
    lost = _lost(image, first)
    if not boxes and not lost:
        return first
    sheet = make_sheet(image, [*boxes, *lost])
    words = words_of_strips(sheet, engine.recognise(sheet.image, block=True))
    lines = list(first.lines)
    for index, again in zip(doubtful, words, strict=False):
        lines[index] = make_line(better_words(lines[index].words, again), lines[index])
    found = [make_line(strip) for strip in words[len(doubtful) :] if _is_believed(strip)]
    if not found:
        return replace(first, lines=tuple(lines))
    unplaced = [replace(line, region=None) for line in lines]
    return arrange(replace(first, lines=(*unplaced, *found)))


def _is_doubtful(line: Line) -> bool:
    if line.region in _LEFT_ALONE or line.box is None:
        return False
    return any(_HOPELESS < word.confidence < _DOUBTFUL for word in line.words)


def _lost(image: PageImage, page: Page) -> list[Box]:
    words = [box_of(word) for line in page.lines for word in line.words]
    if not words:
        return []
    return lost_lines(image, words, letter_height(page.lines))[:_MOST_LOST]


def _is_believed(words: Sequence[Word]) -> bool:
    line = make_line(words)
    return line.confidence >= _BELIEVED and any(map(str.isalnum, line.seen))
