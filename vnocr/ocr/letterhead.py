"""The letterhead: issuer, number and subject on the left, state, motto and date on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from vnocr.model import Line, Region
from vnocr.ocr import wording
from vnocr.ocr.geometry import beside, box_of, letter_height, middle, part_at, widest_blank

# The name of the state stands in this share of the page, if the page has a letterhead.
_TOP_SHARE = 0.45
# Text this much smaller than the page's belongs to the picture of a digital signature.
_SMALL = 0.66


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns are: `border` is the left edge of the right one, `centre` its middle."""

    border: float
    centre: float
    top: int
    bottom: int


def part_letterhead(
    lines: Sequence[Line], width: int, height: int
) -> tuple[list[Line], list[Line]]:
    """Return (letterhead, the rest) of lines sorted from top to bottom.

    The letterhead comes left column first, each line with its region. It is empty where
    neither the name of the state or party nor the motto is found.
    """
    lines = _parted_at_phrases(lines, _TOP_SHARE * height)
    columns = _find_columns(lines, width, _TOP_SHARE * height)
    if columns is None:
        return [], list(lines)
    lines = _parted_at_border(lines, columns, width, height)
    end = _end(lines, columns, width)
    usual = letter_height(lines[end:] or lines)
    inside = [_as_stamp_if_small(line, usual) for line in lines[:end]]
    left = [line for line in inside if _in_left(line, columns)]
    right = [line for line in inside if not _in_left(line, columns)]
    dates = [line for line in right if wording.is_date(line)]
    return [*_left_regions(left, dates), *_right_regions(right, columns)], list(lines[end:])


def _parted_at_phrases(lines: Sequence[Line], limit: float) -> list[Line]:
    """Part lines in which the set phrases of the right column follow words of the left one."""
    parted: list[Line] = []
    for line in lines:
        index = None
        if box_of(line).top < limit:
            index = wording.state_heading(line.words)
            index = wording.motto(line.words) if index is None else index
        parted.extend(part_at(line, index or 0))
    return sorted(parted, key=lambda line: box_of(line).top)


def _find_columns(lines: Sequence[Line], width: int, limit: float) -> _Columns | None:
    top = [line for line in lines if box_of(line).top < limit]
    state = [line for line in top if wording.state_heading(line.words) == 0]
    mottoes = [line for line in top if wording.motto(line.words) is not None]
    anchors = [*state[:1], *mottoes[:1]]
    if not anchors or middle(anchors[0]) < 0.45 * width:
        return None
    boxes = [box_of(line) for line in anchors]
    # The motto is narrower than the name of the state; by itself it hides the column's edge.
    border = min(box.left for box in boxes) - (0 if state else 0.06 * width)
    centre = sum(map(middle, anchors)) / len(anchors)
    return _Columns(border, centre, min(box.top for box in boxes), max(box.bottom for box in boxes))


def _parted_at_border(
    lines: Sequence[Line], columns: _Columns, width: int, height: int
) -> list[Line]:
    """Part lines that run through both columns at the blank between them."""
    parted: list[Line] = []
    for line in lines:
        box, index = box_of(line), 0
        near = columns.top - box.height < box.top < columns.bottom + 0.08 * height
        if near and columns.border - box.left > 0.1 * width < box.right - columns.border:
            low, high = columns.border - 0.15 * width, columns.border + 0.12 * width
            index, blank = widest_blank(line, low, high)
            if blank < 0.9 * box.height or not _second_half_fits(line, index):
                index = 0
        parted.extend(part_at(line, index))
    return sorted(parted, key=lambda line: box_of(line).top)


def _second_half_fits(line: Line, index: int) -> bool:
    """A line of the body may have a wide blank too: only a date stands right of a number."""
    left, right = part_at(line, index) if index else (line, line)
    return wording.is_date(right) or wording.is_number(left) or wording.is_heading(left)


def _end(lines: Sequence[Line], columns: _Columns, width: int) -> int:
    """Return the index of the first line under the letterhead."""
    for index, line in enumerate(lines):
        box = box_of(line)
        if box.top < columns.bottom:
            continue
        if wording.is_addressee(line) or wording.is_type(line):
            return index
        if wording.is_recipients(line) or _runs_across(line, columns, width):
            return index
        if box.top > columns.bottom + 12 * box.height and not _in_left(line, columns):
            return index
    return len(lines)


def _runs_across(line: Line, columns: _Columns, width: int) -> bool:
    box = box_of(line)
    return (
        box.left < columns.border - 0.06 * width
        and box.right > columns.border + 0.1 * width
        and not wording.is_date(line)
    ) or (wording.is_date(line) and box.width > 0.6 * width)


def _in_left(line: Line, columns: _Columns) -> bool:
    return middle(line) < columns.border and box_of(line).right < columns.centre


def _as_stamp_if_small(line: Line, usual: float) -> Line:
    small = letter_height([line]) < _SMALL * usual and len(line.words) > 1
    if small or wording.is_digital_signature(line) or wording.is_rubber_stamp(line):
        return replace(line, region=Region.STAMP)
    return line


def _left_regions(lines: list[Line], dates: list[Line]) -> list[Line]:
    """Issuer, then number, then what the letter is about, as they follow each other."""
    is_number = _number_test(lines, dates)
    done: list[Line] = []
    part = Region.HEADER_LEFT
    for line in lines:
        if line.region is Region.STAMP:
            done.append(line)
            continue
        if part is Region.HEADER_LEFT and is_number(line):
            done.append(replace(line, region=Region.NUMBER))
            part = Region.SUBJECT
            continue
        if part is Region.HEADER_LEFT and wording.is_about(line):
            part = Region.SUBJECT
        done.append(replace(line, region=part))
    return done


def _number_test(lines: list[Line], dates: list[Line]) -> Callable[[Line], bool]:
    """A number is known by its words or, where a pen spoilt them, by the date beside it."""
    if any(wording.is_number(line) for line in lines):
        return wording.is_number
    return lambda line: any(beside(line, date) for date in dates)


def _right_regions(lines: list[Line], columns: _Columns) -> list[Line]:
    """State and motto, then the place and date; what else stands here was stamped on."""
    done, dated = [], False
    for line in lines:
        region = line.region
        if region is None and wording.is_date(line) and not dated:
            region, dated = Region.PLACE_DATE, True
        elif region is None:
            above = box_of(line).bottom <= columns.top
            outside = dated or (above and not wording.is_heading(line))
            region = Region.STAMP if outside else Region.HEADER_RIGHT
        done.append(replace(line, region=region))
    return done
