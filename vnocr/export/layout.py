"""The words of a dispatch where they stand on the pages as drawn, for ALTO and hOCR."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from vnocr.errors import UnsupportedError
from vnocr.export.geometry import drawn_box, drawn_size, to_drawn, within
from vnocr.model import Box, Dispatch, Line, Page, Region, Word


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word with its box on the page as drawn, None where it was not seen but added."""

    word: Word
    box: Box | None


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """The words of a line and the box around them."""

    words: tuple[PlacedWord, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that follow each other in one region."""

    region: Region | None
    lines: tuple[PlacedLine, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page as drawn; `angle` is how its text is turned, in degrees counter-clockwise."""

    number: int
    width: int
    height: int
    dpi: int
    angle: float
    blocks: tuple[Block, ...]


def placed_pages(dispatch: Dispatch) -> Iterator[PlacedPage]:
    """Yield the pages that were read. Raises UnsupportedError for text, which has no boxes."""
    if all(page.width is None for page in dispatch.pages):
        raise UnsupportedError(
            f"{dispatch.source.path}: a text file has no places on a page. "
            "ALTO and hOCR are made of PDF, TIFF, JPEG and PNG."
        )
    for page in dispatch.pages:
        if page.width and page.height:
            yield _placed(page)


def _placed(page: Page) -> PlacedPage:
    width, height = drawn_size(page)
    lines = [(line.region, _line(line, page)) for line in page.lines if line.words]
    blocks = []
    for region, group in groupby(lines, key=lambda pair: pair[0]):
        held = tuple(line for _, line in group)
        around = Box.around(line.box for line in held) or held[0].box
        blocks.append(Block(region, held, around))
    # Turned clockwise by `turn` the text is upright: as drawn it is turned the other way.
    angle = round(page.turn - page.skew, 2)
    return PlacedPage(page.number, width, height, page.dpi or 0, angle, tuple(blocks))


def _line(line: Line, page: Page) -> PlacedLine:
    matrix, (width, height) = to_drawn(page), drawn_size(page)
    words = tuple(
        PlacedWord(word, within(drawn_box(word.box, matrix), width, height) if word.box else None)
        for word in line.words
    )
    own = within(drawn_box(line.box, matrix), width, height) if line.box else Box(0, 0, 0, 0)
    return PlacedLine(words, Box.around(word.box for word in words) or own)
