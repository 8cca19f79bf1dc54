"""Read one page: recognise it, look again where the first look was in doubt, put it in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vnocr.model import Box, Line, Page, PageImage, Region, Word
from vnocr.ocr.engine import Engine
from vnocr.ocr.geometry import box_of, letter_height, make_line
from vnocr.ocr.layout import arrange
from vnocr.ocr.lost_ink import lost_lines
from vnocr.ocr.renderings import recognise_twice_if_bad
from vnocr.ocr.strips import better_words, make_sheet, words_of_strips

# Half of the words below this are wrong. Of those above restoring mends as many as a second look.
_DOUBTFUL = 0.7
# Words of which no more than a trace is legible: handwriting, seals. Nothing is won there.
_HOPELESS = 0.25
# Print that the layout analysis dropped is only believed when it is read without doubt.
_BELIEVED = 0.75
_MOST_LOST = 24
# Stamps are no text of the dispatch, numbers are written by hand.
_LEFT_ALONE = (Region.STAMP, Region.NUMBER)


def read_page(image: PageImage, engine: Engine, cells: Sequence[Box] = ()) -> Page:
    """Return the lines of a grey, upright page in reading order, each with its region.

    `cells` are those of its tables: no line runs from one into another.

    Doubtful words, and print that the recogniser passed over, are read a second time,
    enlarged; of the two readings of a word the surer one stays. Raises RecogniserError.
    """
    first = arrange(recognise_twice_if_bad(image, engine), cells)
    runs = [run for index, line in enumerate(first.lines) for run in _doubtful_runs(line, index)]
    lost = _lost(image, first)
    if not runs and not lost:
        return first
    sheet = make_sheet(image, [*(_run_box(first, run) for run in runs), *lost])
    words = words_of_strips(sheet, engine.recognise(sheet.image, block=True))
    lines = list(first.lines)
    # From the right, so that a line's earlier runs keep their places.
    for run, again in reversed(list(zip(runs, words, strict=False))):
        before = lines[run.line].words
        better = better_words(before[run.start : run.end], again)
        merged = (*before[: run.start], *better, *before[run.end :])
        lines[run.line] = make_line(merged, lines[run.line])
    found = [make_line(strip) for strip in words[len(runs) :] if _is_believed(strip)]
    if not found:
        return replace(first, lines=tuple(lines))
    unplaced = [replace(line, region=None) for line in lines]
    return arrange(replace(first, lines=(*unplaced, *found)), cells)


@dataclass(frozen=True, slots=True)
class _Run:
    """Words start..end (end not included) of a line."""

    line: int
    start: int
    end: int


def _doubtful_runs(line: Line, index: int) -> list[_Run]:
    """Return the runs of doubtful words, each with its neighbours: letters need company."""
    if line.region in _LEFT_ALONE or line.box is None:
        return []
    runs: list[_Run] = []
    for at, word in enumerate(line.words):
        if not _HOPELESS < word.confidence < _DOUBTFUL:
            continue
        start, end = max(0, at - 1), min(len(line.words), at + 2)
        if runs and start <= runs[-1].end:
            start = runs.pop().start
        runs.append(_Run(index, start, end))
    return runs


def _run_box(page: Page, run: _Run) -> Box:
    line = page.lines[run.line]
    words = Box.around(word.box for word in line.words[run.start : run.end])
    whole = box_of(line)
    # The height of the whole line keeps marks that the words' own boxes cut off.
    return Box(words.left, whole.top, words.right, whole.bottom) if words else whole


def _lost(image: PageImage, page: Page) -> list[Box]:
    words = [box_of(word) for line in page.lines for word in line.words]
    if not words:
        return []
    return lost_lines(image, words, letter_height(page.lines))[:_MOST_LOST]


def _is_believed(words: Sequence[Word]) -> bool:
    line = make_line(words)
    return line.confidence >= _BELIEVED and any(map(str.isalnum, line.seen))
