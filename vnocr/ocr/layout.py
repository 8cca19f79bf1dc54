"""Reading order and regions: which line belongs to which part of a dispatch.

The official layout (Nghị định 30/2020/NĐ-CP, phụ lục I) fixes the parts: two columns at the
head, title and body over the full width, two columns at the foot. Lines are placed by their
boxes and by the printed words that every dispatch carries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vnocr.model import Box, Line, Page, Region
from vnocr.ocr import wording
from vnocr.ocr.closing import part_closing
from vnocr.ocr.geometry import box_of, joined, letter_height, middle
from vnocr.ocr.letterhead import part_letterhead
from vnocr.ocr.tables import insert_tables, part_tables

# Fragments of a row of running text are at most this many letter heights apart.
_JOIN_WITHIN = 1.6
_EDGE_SHARE = 0.09
_DASHES = "-–—+•*"
# A title stands apart from the text by more than this many letter heights.
_TITLE_GAP = 2.2


def arrange(page: Page, cells: Sequence[Box] = ()) -> Page:
    """Return `page` with its lines in reading order, each with its region.

    Order: top page number, left letterhead, right letterhead, title, body, recipients,
    signature, footer. Words are never changed or lost; a line that runs across two columns
    is parted and fragments of one row are joined. Words in `cells` of tables make lines of
    their own, row by row, before what stands under them. Lines without boxes keep their order and
    get no region.
    """
    if page.height is None or page.width is None or not page.lines:
        return page
    if any(line.box is None for line in page.lines):
        return page
    lines, table = part_tables([line for line in page.lines if line.words], cells)
    top, inner, bottom = _margins(lines, page.height)
    inner = joined(inner, _JOIN_WITHIN * letter_height(inner))
    head, rest = part_letterhead(inner, page.width, page.height)
    above, foot, below = part_closing(rest, page.width, page.height)
    body = _middle(above, page.width, has_head=bool(head))
    tail = [replace(line, region=line.region or Region.BODY) for line in below]
    inside = insert_tables([*head, *body, *foot, *tail], table)
    return replace(page, lines=(*top, *inside, *bottom))


def _margins(lines: Sequence[Line], height: int) -> tuple[list[Line], list[Line], list[Line]]:
    """Take page numbers and the office's address out of the text: (top, inner, bottom)."""
    top: list[Line] = []
    inner: list[Line] = []
    bottom: list[Line] = []
    for line in lines:
        box = box_of(line)
        high, low = box.bottom < _EDGE_SHARE * height, box.top > (1 - _EDGE_SHARE) * height
        if (high or low) and wording.is_page_number(line):
            (top if high else bottom).append(replace(line, region=Region.PAGE_NUMBER))
        elif low and (wording.is_footer(line) or _continues_footer(line, bottom)):
            bottom.append(replace(line, region=Region.FOOTER))
        else:
            inner.append(line)
    return top, inner, sorted(bottom, key=lambda line: box_of(line).top)


def _continues_footer(line: Line, bottom: Sequence[Line]) -> bool:
    """Whether `line` stands directly under the office's address, as its site and e-mail do."""
    if not bottom or bottom[-1].region is not Region.FOOTER:
        return False
    above, box = box_of(bottom[-1]), box_of(line)
    return 0 <= box.top - above.top < 2 * above.height


@dataclass(frozen=True, slots=True)
class _Block:
    """The edges of the running text and its usual letter height, in pixels."""

    left: float
    right: float
    letter: float

    @property
    def width(self) -> float:
        return max(1.0, self.right - self.left)

    def is_centred(self, line: Line) -> bool:
        """Whether the line's middle is the block's, and its left edge is not the block's."""
        off = abs(middle(line) - (self.left + self.right) / 2)
        return off < 0.02 * self.width and box_of(line).left > self.left + 0.01 * self.width


def _middle(lines: list[Line], width: int, *, has_head: bool) -> list[Line]:
    """Give title, subject, addressee and body lines their regions, in that order of parts."""
    block = _text_block(lines, width)
    arranged: list[Line] = []
    part, before = (Region.TYPE if has_head else Region.BODY), None
    for line in lines:
        if line.region is None and _is_stamped(line):
            arranged.append(replace(line, region=Region.STAMP))
            continue
        part = _next_part(line, before, part, block)
        arranged.append(replace(line, region=line.region or part))
        before = line
    return arranged


def _is_stamped(line: Line) -> bool:
    return wording.is_digital_signature(line) or wording.is_rubber_stamp(line)


def _text_block(lines: Sequence[Line], width: int) -> _Block:
    long = [box_of(line) for line in lines if box_of(line).width > 0.5 * width]
    if len(long) < 3:
        return _Block(0.13 * width, 0.93 * width, letter_height(lines))
    left = float(np.percentile([box.left for box in long], 20))
    right = float(np.percentile([box.right for box in long], 80))
    return _Block(left, right, letter_height(lines))


def _next_part(line: Line, before: Line | None, part: Region, block: _Block) -> Region:
    """Return the part that `line` belongs to when `before` belonged to `part`."""
    if part is Region.BODY:
        return Region.BODY
    if wording.is_addressee(line):
        return Region.ADDRESSEE
    if part is Region.TYPE and (before is None or not wording.is_type(before)):
        if wording.is_type(line):
            return Region.TYPE
        return Region.TYPE if before is None and _is_short_heading(line, block) else Region.BODY
    if part in {Region.TYPE, Region.SUBJECT}:
        return Region.SUBJECT if _goes_on_with_subject(line, before, part, block) else Region.BODY
    deep = box_of(line).left > block.left + 0.12 * block.width
    listed = line.text[:1] in _DASHES and box_of(line).left > block.left + 0.05 * block.width
    return Region.ADDRESSEE if deep or listed else Region.BODY


def _is_short_heading(line: Line, block: _Block) -> bool:
    narrow = box_of(line).width < 0.4 * block.width
    return narrow and wording.is_heading(line) and block.is_centred(line)


def _goes_on_with_subject(line: Line, before: Line | None, part: Region, block: _Block) -> bool:
    if before is None or not block.is_centred(line):
        return False
    gap = box_of(line).top - box_of(before).bottom
    apart = gap > _TITLE_GAP * block.letter or wording.is_heading(line)
    return part is Region.TYPE or not apart
