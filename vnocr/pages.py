"""The values of one page: words with boxes in lines, and its picture.

Pages count from 1. Boxes are pixels of the page image, origin top left. A
confidence is 0..1 and means "share right among those we score like this".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Origin = Literal["ocr", "text-layer", "legacy-text-layer", "text"]


class Region(StrEnum):
    """Where on a dispatch a line stands."""

    HEADER_LEFT = "header-left"
    HEADER_RIGHT = "header-right"
    NUMBER = "number"
    PLACE_DATE = "place-date"
    TYPE = "type"
    SUBJECT = "subject"
    ADDRESSEE = "addressee"
    BODY = "body"
    TABLE = "table"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"
    STAMP = "stamp"
    FOOTER = "footer"
    PAGE_NUMBER = "page-number"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels; right and bottom lie outside it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.bottom - self.top

    @property
    def corners(self) -> list[int]:
        """Left, top, right and bottom, as records and catalogs keep it."""
        return [self.left, self.top, self.right, self.bottom]

    @staticmethod
    def around(boxes: Iterable[Box | None]) -> Box | None:
        """Return the smallest box that holds all of `boxes`, or None if there is none."""
        known = [box for box in boxes if box is not None]
        if not known:
            return None
        return Box(
            min(box.left for box in known),
            min(box.top for box in known),
            max(box.right for box in known),
            max(box.bottom for box in known),
        )


@dataclass(frozen=True, slots=True)
class Seal:
    """A round or square stamp found on a page."""

    box: Box
    colour: Literal["red", "blue"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `seen` is what the recogniser read and never changes, `text` our decision."""

    seen: str
    text: str
    box: Box | None
    confidence: float

    @property
    def changed(self) -> bool:
        """Whether our decision differs from what was seen."""
        return self.seen != self.text


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one baseline of one column."""

    words: tuple[Word, ...]
    box: Box | None = None
    region: Region | None = None

    @property
    def text(self) -> str:
        """The decided words, joined by single blanks."""
        return " ".join(word.text for word in self.words if word.text)

    @property
    def seen(self) -> str:
        """The words as recognised, joined by single blanks."""
        return " ".join(word.seen for word in self.words if word.seen)

    @property
    def confidence(self) -> float:
        """Mean confidence of the words; 0 for a line without words."""
        return sum(w.confidence for w in self.words) / len(self.words) if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """One page in reading order. Size and dpi are None for plain text.

    What was recognised is the page as drawn, turned clockwise by `turn` degrees (a multiple
    of 90), then straightened by `skew` about its centre. `seals` are the coloured stamps on it.
    """

    number: int
    lines: tuple[Line, ...]
    origin: Origin
    width: int | None = None
    height: int | None = None
    dpi: int | None = None
    reason: str = ""
    turn: int = 0
    skew: float = 0.0
    seals: tuple[Seal, ...] = ()

    @property
    def text(self) -> str:
        """The decided text, one line a row."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class PageImage:
    """A rasterised page: `pixels` is (height, width, 3) RGB or (height, width) grey, uint8."""

    number: int
    pixels: NDArray[np.uint8]
    dpi: int
