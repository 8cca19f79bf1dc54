"""A laid-out page: marks in points from its top left corner, and the lines a reader sees."""

from __future__ import annotations

from dataclasses import dataclass, field

from samplemaker.fonts import Face

WIDTH, HEIGHT = 595.28, 841.89
MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Text:
    """Printed letters; `y` is the baseline."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    colour: str = "black"


@dataclass(frozen=True, slots=True)
class Rule:
    """A printed line."""

    x0: float
    y0: float
    x1: float
    y1: float
    weight: float = 0.7


@dataclass(frozen=True, slots=True)
class Written:
    """Digits written by pen on the baseline `y`, centred in `room` points from `x`."""

    x: float
    y: float
    text: str
    height: float
    room: float
    colour: str = "blue"


@dataclass(frozen=True, slots=True)
class SignatureMark:
    """A signature in blue pen inside a rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class SealMark:
    """A round red seal; text runs along its ring."""

    x: float
    y: float
    radius: float
    ring: str
    centre: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArrivalMark:
    """The stamp ĐẾN with a pen-written number and day; `x`, `y` is its top left corner."""

    x: float
    y: float
    office: tuple[str, ...]
    serial: str
    date: str
    angle: float


@dataclass(frozen=True, slots=True)
class UrgencyMark:
    """A boxed red word such as HỎA TỐC, stamped a little askew."""

    x: float
    y: float
    text: str


Mark = Text | Rule | Written | SignatureMark | SealMark | ArrivalMark | UrgencyMark


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line of the page; `hand` are its parts written by pen."""

    text: str
    region: str
    hand: tuple[str, ...] = ()


@dataclass(slots=True)
class Sheet:
    """One side of paper, filled by the layout."""

    number: int
    marks: list[Mark] = field(default_factory=list)
    lines: list[SeenLine] = field(default_factory=list)

    @property
    def blank(self) -> bool:
        """Whether nothing stands on it."""
        return not self.marks
