"""The head of the first page: its lines cut into the left and the right column.

Recognisers and plain text often run both columns together on one line. The fixed wording
of the right column (national name, motto, place and date) tells where to cut; boxes help
where it is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from rapidfuzz import fuzz
from spacy.tokens import Doc

from vnocr.extract.spans import LineSpan, line_span
from vnocr.model import Region
from vnocr.vietnamese.unicode import fold


class Column(StrEnum):
    """Which part of the head a span stands in; WIDE when it cannot be told."""

    LEFT = "left"
    RIGHT = "right"
    WIDE = "wide"


class Role(StrEnum):
    """What a span of the head is known to be by its fixed wording."""

    MOTTO = "motto"
    DATE = "date"
    RULE = "rule"
    STAMP = "stamp"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class HeadSpan:
    """A span of the head with its column and role."""

    span: LineSpan
    column: Column
    role: Role


# Fixed wording of the right column, folded.
MOTTOES = {  # with how much of it must be recognised, in per cent
    "cong hoa xa hoi chu nghia viet nam": 76.0,
    "doc lap - tu do - hanh phuc": 76.0,
    "dang cong san viet nam": 88.0,
}
_MOTTO_CUTOFF_EXPECTED = 58.0  # right under the national name
_RULE = re.compile(r"[\s_.*~=\-|/\\]*")

# "Quảng Ngãi, ngày 05 tháng 02 năm 2025": the three printed words, whatever stands between.
DATE = re.compile(
    r"\bn\s?g[a-z0-9]{1,2}[yv](?P<day>.{0,9}?)t(?:h[a-z]{1,2}n?|[a-z]{1,2}n)g(?P<month>.{0,7}?)"
    r"n[a-z]{1,2}m(?P<year>[\s.:]*[\dolis|]{2,4}(?:\s\d{1,2}\b)?|.{0,5})"
)
_DATE_LOOSE = re.compile(
    r"\bn\s?g[a-z0-9]{1,2}[yv](?P<day>.{0,9}?)(?:\bth?[a-z]{1,2}n?g(?P<month>.{0,7}?))?"
    r"(?:\bn[a-z]{1,2}m)?(?P<year>\s*(?:19|20)\d\d)\s*$"
)
DATE_IN_FIGURES = re.compile(
    r"\b(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4})\s*\.?$"
)
_LEFT_OPENING = re.compile(r"^\W*(?:s\w?\W{0,3}[\d./…]|s\w{0,2}\W{1,3}\S{0,12}/|v\s?/|\d{1,5}\s?/)")
_MIN_UPPER_ISSUER = 0.9
_MAX_ISSUER_WORDS = 10
_MAX_AFTER_DATE = 14  # characters of scratches
_MAX_HEAD_LINES = 60
_MAX_LINE_WORDS = 120  # no line of a head is longer, not even a subject that was never wrapped
_COLUMN_GAP = 0.06  # of the page width; wider than any blank of a justified line
_LEFT_REGIONS = (Region.HEADER_LEFT, Region.NUMBER)
_RIGHT_REGIONS = (Region.HEADER_RIGHT, Region.PLACE_DATE)
_NOISE_REGIONS = (Region.PAGE_NUMBER, Region.FOOTER)


def head_spans(doc: Doc, page: int) -> list[HeadSpan]:
    """Return the spans of the first lines of `page` in reading order."""
    lines = doc._.vnocr_lines
    width = next((item.width for item in doc._.vnocr_pages if item.number == page), None)
    found: list[HeadSpan] = []
    named: int | None = None  # the line of the national name
    chosen = [i for i, line in enumerate(lines) if line.page == page]
    for index in chosen[:_MAX_HEAD_LINES]:
        if lines[index].region not in _NOISE_REGIONS:
            expected = named is not None and named < index <= named + 2
            span = line_span(doc, index).part(0, _MAX_LINE_WORDS)
            found.extend(_cut(span, width, expected=expected))
            if named is None and found and found[-1].role is Role.MOTTO:
                named = index
    return found


def date_match(key: str) -> re.Match[str] | None:
    """Return the place-and-date wording in folded text, or None."""
    return DATE.search(key) or _DATE_LOOSE.search(key)


def _cut(span: LineSpan, width: int | None, *, expected: bool) -> Iterator[HeadSpan]:
    if not span.words or _RULE.fullmatch(span.text):
        yield HeadSpan(span, Column.WIDE, Role.RULE)
        return
    cut, role = _right_column(span, expected=expected)
    if role is Role.TEXT and span.region is Region.STAMP:
        yield HeadSpan(span, Column.WIDE, Role.STAMP)
        return
    if role is Role.TEXT:
        for piece in span.pieces(_COLUMN_GAP * width) if width else (span,):
            if any(map(str.isalnum, piece.text)):
                yield HeadSpan(piece, _column(piece, width), Role.TEXT)
        return
    if cut:
        yield HeadSpan(_without_scratches(span.part(0, cut)), Column.LEFT, Role.TEXT)
    yield HeadSpan(span.part(cut), Column.RIGHT, role)


def _without_scratches(span: LineSpan) -> LineSpan:
    """Drop what the rule between the columns left at the end of `span`."""
    last = len(span.words)
    while last > 1 and not any(map(str.isalnum, span.words[last - 1].text)):
        last -= 1
    return span.part(0, last)


def _right_column(span: LineSpan, *, expected: bool) -> tuple[int, Role]:
    """Return the first word of the right column and its role, TEXT if there is none.

    `expected` says that the motto should stand here.
    """
    for motto, enough in MOTTOES.items():
        if len(span.key) < 0.7 * len(motto):
            continue
        loose = expected and "phuc" in motto
        cutoff = _MOTTO_CUTOFF_EXPECTED if loose else enough
        hit = fuzz.partial_ratio_alignment(motto, span.key, score_cutoff=cutoff)
        if hit is not None and span.upper_share > (0.1 if "phuc" in motto else 0.7):
            start = span.nearest_start(hit.dest_start)
            damaged = hit.score < enough  # then the match does not tell where the motto starts
            return (_widest_gap(span) or start) if damaged else start, Role.MOTTO
    match = date_match(span.key)
    if match is not None:
        first = span.word_at(match.start())
        cut = _place_start(span, first)
        ended = len(span.key) - match.end() <= _MAX_AFTER_DATE
        # In running text words precede the place; in the head only the left column does.
        if ended and (cut == 0 or _looks_cut(span, cut)):
            return cut, Role.DATE
    return 0, Role.TEXT


def _widest_gap(span: LineSpan) -> int:
    """Return the word after the widest white of the line; 0 if none is wider than its height."""
    best, widest = 0, 0
    for place, (before, after) in enumerate(pairwise(span.words), start=1):
        if before.box and after.box:
            gap = after.box.left - before.box.right
            if gap > max(widest, after.box.height):
                best, widest = place, gap
    return best


def _place_start(span: LineSpan, first: int) -> int:
    """Return the first word of the place before word `first`, "ngày"."""
    cut = first
    while cut > 0 and first - cut < 7:
        word = span.words[cut - 1].text.strip(",.;:")
        if not word or not (word[0].isupper() or word in "-–") or "/" in word or _code(word):
            break
        cut -= 1
    return cut


def _code(word: str) -> bool:
    return any(letter.isdigit() for letter in word) or (
        len(word) > 1 and word.isupper() and fold(word) != "tp"
    )


def _looks_cut(span: LineSpan, cut: int) -> bool:
    before, after = span.words[cut - 1], span.words[cut]
    left = span.part(0, cut)
    issuer = left.upper_share > _MIN_UPPER_ISSUER and cut <= _MAX_ISSUER_WORDS
    opened = issuer or _LEFT_OPENING.match(span.key) is not None
    if before.box is None or after.box is None:
        return opened
    return opened or after.box.left - before.box.right > 1.2 * after.box.height


def _column(span: LineSpan, width: int | None) -> Column:
    if span.region in _LEFT_REGIONS:
        return Column.LEFT
    if span.region in _RIGHT_REGIONS:
        return Column.RIGHT
    if width is None or span.box is None:
        return Column.WIDE
    centre = (span.box.left + span.box.right) / 2
    if centre < 0.44 * width and span.box.right < 0.60 * width:
        return Column.LEFT
    if centre > 0.58 * width and span.box.left > 0.42 * width:
        return Column.RIGHT
    return Column.WIDE


def letterhead_page(doc: Doc) -> int | None:
    """Return the first page that shows a national name or motto, else the first with text."""
    seen: Sequence[int] = sorted({line.page for line in doc._.vnocr_lines if line.text})
    for page in seen[:3]:
        if any(item.role is Role.MOTTO for item in head_spans(doc, page)):
            return page
    return seen[0] if seen else None
