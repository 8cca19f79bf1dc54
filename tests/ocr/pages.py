"""Pages of words with boxes, and an engine that replays saved readings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vnocr.errors import RecogniserError
from vnocr.model import Box, Line, Page, PageImage, Word

WIDTH, HEIGHT = 1654, 2339
LETTER, LINE = 12, 28


def line(text: str, left: int, top: int, confidence: float = 0.95, height: int = LINE) -> Line:
    """A line of monospaced words from (left, top); "␣" is a blank inside the line."""
    words, x = [], left
    for token in text.split(" "):
        width = LETTER * len(token)
        shown = token.strip("␣")
        if shown:
            words.append(Word(shown, shown, Box(x, top, x + width, top + height), confidence))
        x += width + LETTER
    return Line(tuple(words), Box.around(word.box for word in words))


def centred(text: str, middle: int, top: int, confidence: float = 0.95) -> Line:
    return line(text, middle - LETTER * len(text) // 2, top, confidence)


def page(lines: Sequence[Line], number: int = 1) -> Page:
    return Page(number, tuple(lines), "ocr", WIDTH, HEIGHT, 200)


def image_of(read: Page) -> PageImage:
    """A white page with a dark bar wherever the reading has a word."""
    pixels = np.full((HEIGHT, WIDTH), 255, np.uint8)
    for word in (word for one in read.lines for word in one.words):
        assert word.box is not None
        for x in range(word.box.left, word.box.right - 6, LETTER):
            pixels[word.box.top + 6 : word.box.bottom - 4, x : x + 5] = 0
    return PageImage(read.number, pixels, 200)


class ReplayEngine:
    """Gives the saved readings in turn and keeps the images it was given."""

    def __init__(self, *readings: Page | RecogniserError) -> None:
        self.readings = list(readings)
        self.images: list[PageImage] = []
        self.blocks: list[bool] = []

    def recognise(self, image: PageImage, *, block: bool = False) -> Page:
        self.images.append(image)
        self.blocks.append(block)
        reading = self.readings.pop(0)
        if isinstance(reading, RecogniserError):
            raise reading
        return reading

    def describe(self) -> str:
        return "replay"
