"""Reading the top left of the head: the issuing body and the one above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vnocr.extract.columns import Column, HeadSpan, Role
from vnocr.extract.naming import Naming
from vnocr.extract.spans import LineSpan

_MIN_UPPER = 0.6
_MIN_LETTERS = 0.6  # of what is printed; lines of figures and scratches have fewer
_UNFINISHED = re.compile(r"(?:[-,&]|\bva|\bcua)\s*$")
_OPENING = re.compile(r"^\s*[-&]")


@dataclass(frozen=True, slots=True)
class Body:
    """One issuing body: its printed lines and its name in normal case."""

    name: str
    known: bool  # the name opens with a head that the dictionary knows
    spans: tuple[LineSpan, ...]

    @property
    def raw(self) -> str:
        """The printed lines, joined."""
        return " ".join(span.seen for span in self.spans)


def find_bodies(spans: Sequence[HeadSpan], end: int, naming: Naming) -> list[Body]:
    """Return the bodies named in `spans[:end]`, the highest first; the last one issues."""
    units: list[list[LineSpan]] = []
    for span in _issuer_lines(spans, end):
        if units and not _opens_unit(units[-1], span, naming):
            units[-1].append(span)
        else:
            units.append([span])
    return [_body(unit, naming) for unit in units]


def _issuer_lines(spans: Sequence[HeadSpan], end: int) -> list[LineSpan]:
    top = _motto_top(spans)
    # The first word of the national name may have been cut to the left column.
    torn = any(i.role is Role.MOTTO and i.span.key.startswith("hoa xa hoi") for i in spans)
    lines = []
    for item in spans[:end]:
        if item.role is not Role.TEXT or item.column is Column.RIGHT:
            continue
        span = _capitals_only(item.span)
        if torn and re.search(r"\Wcong\W*$", span.key):
            span = span.part(0, len(span.words) - 1)
        solid = re.sub(r"\s", "", span.text)
        letters = sum(map(str.isalpha, solid))
        if (
            "/" in solid
            or letters < 2
            or span.upper_share < _MIN_UPPER
            or letters < _MIN_LETTERS * len(solid)
        ):
            continue
        # Electronic signatures and copy marks stand above the national name.
        if top is not None and span.box is not None and span.box.bottom < top:
            continue
        lines.append(span)
    return lines


def _capitals_only(span: LineSpan) -> LineSpan:
    """Drop what follows the last word in capitals or figures: scratches and rules."""
    last = len(span.words)
    while last > 1 and not re.fullmatch(r"\W*[^\Wa-z_]+[\W]?|-", span.words[last - 1].text):
        last -= 1
    return span.part(0, last)


def _motto_top(spans: Sequence[HeadSpan]) -> int | None:
    for item in spans:
        if item.role is Role.MOTTO and item.span.box is not None:
            return item.span.box.top - item.span.box.height  # the page may be askew
    return None


def _opens_unit(unit: Sequence[LineSpan], span: LineSpan, naming: Naming) -> bool:
    """Whether `span` names another body rather than going on with the name in `unit`."""
    if _UNFINISHED.search(unit[-1].key) or _OPENING.match(span.key):
        return False
    head = naming.head(span.text)
    above = naming.head(unit[0].text)
    if head is None:
        return False
    # A higher body after a lower one is a genitive: "VĂN PHÒNG / ỦY BAN NHÂN DÂN TỈNH".
    return above is None or (head.rank or 0) >= (above.rank or 0)


def _body(unit: Sequence[LineSpan], naming: Naming) -> Body:
    lines = []
    for place, span in enumerate(unit):
        joined = place + 1 < len(unit) and naming.head(unit[place + 1].text) is not None
        lines.append(_without_scratches(span.text, joined=joined))
    text = " ".join(lines)
    return Body(naming.normal(text), naming.head(text) is not None, tuple(unit))


def _without_scratches(text: str, *, joined: bool) -> str:
    """Return a line without scratches at its ends; a dash that joins two bodies stays."""
    # An underscore is a piece of a drawn rule, and so are the dashes that touch it.
    text = re.sub(r"^[^\w-]+|[^\w,)-]+$|[-–—]*_[-–—_]*", "", text).strip()
    return text if joined else text.rstrip("- ")
