"""Reading order and regions: which line belongs to which part of a dispatch.

The official layout (Nghị định 30/2020/NĐ-CP, phụ lục I) fixes the parts: two columns at the
head, title and body over the full width, two columns at the foot. Lines are placed by their
boxes and by the printed words that every dispatch carries.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from vnocr.model import Box, Line, Page, Region, Word
from vnocr.vietnamese.unicode import fold

# A blank of this many letter heights inside a line of the head or foot parts two columns.
_COLUMN_GAP = 2.2
# The head ends here at the latest, as a share of the page's height.
_HEAD_SHARE = 0.35
_DASHES = "-–—+"

_STATE_HEAD = re.compile(r"c[o0]ng\s*h[oe]a\s*xa|x[aä]\s*h[o0qe]i\s*chu|dang\s*cong\s*san")
_MOTTO = re.compile(r"d[o0]c\s*l[aăâ]p|hanh\s*phuc|tu\s*do\b")
_NUMBER = re.compile(r"^\W*(s[o06]\s*[:.;,]|s[o06]\s+\d+\s*[-/])|^\W*so\b.*/")
_DATE = re.compile(r"ng[aà]y\b.*th[aá]ng|th[aá]ng\b.*n[aă]m\s*\d")
_ABOUT = re.compile(r"^\W*v\s*/\s*v\b|^\W*v[/iv]v\b")
_TO = re.compile(r"^\W*k[ií]nh\s*g[uự]i\b")
_COPIES = re.compile(r"^\W*n[oơ]i\s*nh[aâ]n\b")
_SIGNED = re.compile(
    r"^\W*(tm|kt|tl|tuq|t/m|k/t|t/l)\s*[.,/]|^\W*(chu tich|giam doc|bo truong|bi thu)\W*$"
)
_STAMP = re.compile(
    r"ky boi|nguoi ky|thoi gian ky|@\S+\.gov|\d{1,2}[./]\d{1,2}[./]\d{4}\s+\d{1,2}:\d\d|[+]07:?00"
)
_PAGE_NUMBER = re.compile(r"^\W*\d{1,3}\W*$")
_TYPES = re.compile(
    r"nghi quyet|quyet dinh|chi thi|quy che|quy dinh|thong cao|thong bao|huong dan|chuong trinh"
    r"|ke hoach|phuong an|de an|du an|bao cao|bien ban|to trinh|hop dong|cong dien|giay moi"
    r"|giay gioi thieu|giay uy quyen|phieu gui|phieu chuyen|phieu bao|thong tri|ket luan"
)


def arrange(page: Page) -> Page:
    """Return `page` with its lines in reading order, each with its region.

    Lines without boxes keep their order and get no region. Words are never changed, lost or
    moved between lines, but a line that runs across two columns is parted.
    """
    if page.height is None or page.width is None or not page.lines:
        return page
    if any(line.box is None for line in page.lines):
        return page
    lines = [part for line in page.lines for part in _part_columns(line, page.width)]
    lines.sort(key=_top)
    head, rest = _head(lines, page)
    body, foot = _foot(rest, page)
    arranged = [*head, *_middle(body, head_found=bool(head), page=page), *foot]
    return replace(page, lines=tuple(arranged))


def _part_columns(line: Line, width: int) -> list[Line]:
    """Part a line at one wide blank that lies near the middle of the page."""
    height = median(_height(word) for word in line.words)
    for index in range(1, len(line.words)):
        left, right = line.words[index - 1].box, line.words[index].box
        if left is None or right is None:
            continue
        gap, middle = right.left - left.right, (right.left + left.right) / 2 / width
        if gap > _COLUMN_GAP * height and 0.3 < middle < 0.65:
            return [_line(line.words[:index]), _line(line.words[index:])]
    return [line]


def _line(words: Sequence[Word]) -> Line:
    return Line(tuple(words), Box.around(word.box for word in words))


def _head(lines: list[Line], page: Page) -> tuple[list[Line], list[Line]]:
    """Split off the letterhead: left column, then right column, each from top to bottom."""
    limit = _HEAD_SHARE * (page.height or 0)
    right = [
        index
        for index, line in enumerate(lines)
        if _top(line) < limit and _is_right_head(fold(line.text))
    ]
    if not right:
        return [], lines
    last = _bottom(lines[right[-1]])
    centre = min(_left(lines[index]) for index in right)
    ends = next(
        (
            index
            for index, line in enumerate(lines)
            if _top(line) > last and (_starts_body(line) or _middle_of(line) > centre)
        ),
        len(lines),
    )
    inside = [(line, _is_right(line, centre)) for line in lines[:ends]]
    left_side = [replace(line, region=_left_region(line)) for line, right in inside if not right]
    right_side = [replace(line, region=_right_region(line)) for line, right in inside if right]
    return _follow_subject(left_side) + right_side, lines[ends:]


def _is_right_head(text: str) -> bool:
    return bool(_STATE_HEAD.search(text) or _MOTTO.search(text) or _DATE.search(text))


def _starts_body(line: Line) -> bool:
    text = fold(line.text).strip(" .:*-_")
    return bool(_TO.search(text) or _TYPES.fullmatch(text))


def _is_right(line: Line, centre: int) -> bool:
    return _middle_of(line) >= centre


def _left_region(line: Line) -> Region:
    text = fold(line.text)
    if _STAMP.search(text):
        return Region.STAMP
    if _NUMBER.search(text):
        return Region.NUMBER
    return Region.SUBJECT if _ABOUT.search(text) else Region.HEADER_LEFT


def _right_region(line: Line) -> Region:
    text = fold(line.text)
    if _STAMP.search(text):
        return Region.STAMP
    return Region.PLACE_DATE if _DATE.search(text) else Region.HEADER_RIGHT


def _follow_subject(lines: list[Line]) -> list[Line]:
    """What stands under a "V/v" in the left column goes on with it."""
    inside, followed = False, []
    for line in lines:
        inside = inside or line.region is Region.SUBJECT
        goes_on = inside and line.region is Region.HEADER_LEFT
        followed.append(replace(line, region=Region.SUBJECT) if goes_on else line)
    return followed


def _foot(lines: list[Line], page: Page) -> tuple[list[Line], list[Line]]:
    """Split off recipients (left) and signature (right), which stand beside each other."""
    start = next((i for i, line in enumerate(lines) if _COPIES.search(fold(line.text))), None)
    signed = next(
        (
            index
            for index, line in enumerate(lines)
            if _SIGNED.search(fold(line.text)) and _is_half_right(line, page)
        ),
        None,
    )
    marks = [index for index in (start, signed) if index is not None]
    if not marks:
        return lines, []
    first = min(marks)
    if start is not None and abs(_top(lines[first]) - _top(lines[start])) < 0.08 * (
        page.height or 0
    ):
        first = min(first, start)
    left, right, below = [], [], []
    for line in lines[first:]:
        if _is_page_number(line, page):
            below.append(replace(line, region=Region.PAGE_NUMBER))
        elif _STAMP.search(fold(line.text)):
            right.append(replace(line, region=Region.STAMP))
        elif _is_half_right(line, page):
            right.append(replace(line, region=Region.SIGNATURE))
        else:
            left.append(replace(line, region=Region.RECIPIENTS))
    return lines[:first], left + right + below


def _is_half_right(line: Line, page: Page) -> bool:
    return _left(line) > 0.4 * (page.width or 0) or _middle_of(line) > 0.58 * (page.width or 0)


def _middle(lines: list[Line], *, head_found: bool, page: Page) -> list[Line]:
    """Give title, subject, addressee and body lines their regions, in that order of parts."""
    arranged: list[Line] = []
    part = Region.TYPE if head_found else Region.BODY
    for line in lines:
        beside = _beside_the_text(line, page)
        if not beside:
            part = _next_part(line, part, page)
        arranged.append(replace(line, region=beside or part))
    return arranged


def _beside_the_text(line: Line, page: Page) -> Region | None:
    if _is_page_number(line, page):
        return Region.PAGE_NUMBER
    return Region.STAMP if _STAMP.search(fold(line.text)) else None


def _next_part(line: Line, part: Region, page: Page) -> Region:
    """Return the part that `line` belongs to when the line before it belonged to `part`."""
    text = fold(line.text).strip(" .:*-_")
    if part is Region.BODY:
        return Region.BODY
    if part is Region.TYPE and _TYPES.fullmatch(text):
        return Region.TYPE
    if _TO.search(text):
        return Region.ADDRESSEE
    if part in {Region.TYPE, Region.SUBJECT} and _is_centred(line, page):
        return Region.SUBJECT
    if part is Region.ADDRESSEE and line.text[:1] in _DASHES:
        return Region.ADDRESSEE
    return Region.BODY


def _is_centred(line: Line, page: Page) -> bool:
    width = page.width or 1
    assert line.box is not None
    narrow = line.box.width < 0.72 * width
    return narrow and abs(_middle_of(line) / width - 0.53) < 0.08


def _is_page_number(line: Line, page: Page) -> bool:
    height = page.height or 1
    at_edge = _bottom(line) < 0.09 * height or _top(line) > 0.92 * height
    return at_edge and bool(_PAGE_NUMBER.match(line.text))


def _height(word: Word) -> int:
    return word.box.height if word.box else 0


def _top(line: Line) -> int:
    return line.box.top if line.box else 0


def _bottom(line: Line) -> int:
    return line.box.bottom if line.box else 0


def _left(line: Line) -> int:
    return line.box.left if line.box else 0


def _middle_of(line: Line) -> float:
    return (line.box.left + line.box.right) / 2 if line.box else 0.0
