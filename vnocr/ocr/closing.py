"""The foot of a dispatch: recipients on the left, the signature on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vnocr.model import Line, Region
from vnocr.ocr import wording
from vnocr.ocr.geometry import box_of, letter_height, make_line, middle, part_at, widest_blank

# The signature's column starts right of this share of the width.
_BORDER = 0.4
# A line this wide that starts on the left is text again: another document or a copy's block.
_WIDE = 0.66


def part_closing(
    lines: Sequence[Line], width: int, height: int
) -> tuple[list[Line], list[Line], list[Line]]:
    """Return (lines above the foot, the foot in reading order, lines below it).

    `lines` are sorted from top to bottom. The foot starts at "Nơi nhận" or at the signer's
    authority or position, whichever is higher, where the two stand near each other.
    """
    usual = letter_height(lines)
    parted = [part for line in lines for part in _parted(line, width, usual)]
    first = _first(parted, width, height)
    if first is None:
        return list(lines), [], []
    top = box_of(parted[first]).top - 0.5 * usual
    above = [line for line in lines if box_of(line).top < top]
    inside = [line for line in parted if box_of(line).top >= top]
    last = _last(inside, width)
    left, right = [], []
    for line in inside[:last]:
        if _is_right(line, width):
            right.append(replace(line, region=_right_region(line)))
        elif line.region is None:
            left.append(replace(line, region=Region.RECIPIENTS))
        else:
            left.append(line)
    return above, [*left, *right], inside[last:]


def _parted(line: Line, width: int, usual: float) -> list[Line]:
    """Part a line that holds words of both columns."""
    for index in range(1, len(line.words)):
        left, right = box_of(line.words[index - 1]).right, box_of(line.words[index]).left
        apart = right - left > 0.8 * usual and right > _BORDER * width
        if apart and wording.is_signing(make_line(line.words[index:])):
            return part_at(line, index)
    index, blank = widest_blank(line, 0.36 * width, 0.62 * width)
    return part_at(line, index if blank > 1.5 * usual else 0)


def _first(lines: Sequence[Line], width: int, height: int) -> int | None:
    copies = [index for index, line in enumerate(lines) if wording.is_recipients(line)]
    signing = [
        index
        for index, line in enumerate(lines)
        if wording.is_signing(line) and _is_right(line, width)
    ]
    if not copies:
        return signing[0] if signing and _nothing_wide(lines[signing[0] + 1 :], width) else None
    first = copies[-1] if _nothing_wide(lines[copies[-1] + 1 :], width) else copies[0]
    near = [
        index
        for index in signing
        if abs(box_of(lines[index]).top - box_of(lines[first]).top) < 0.12 * height
    ]
    earliest = min([first, *near])
    return earliest if _nothing_wide(lines[earliest:first], width) else first


def _nothing_wide(lines: Sequence[Line], width: int) -> bool:
    return not any(_is_wide(line, width) for line in lines)


def _is_wide(line: Line, width: int) -> bool:
    box = box_of(line)
    return box.width > _WIDE * width and box.left < 0.3 * width and not wording.is_footer(line)


def _last(lines: Sequence[Line], width: int) -> int:
    """Return the index of the first line that is text over the full width again."""
    wide = (index for index, line in enumerate(lines) if _is_wide(line, width))
    return next(wide, len(lines))


def _is_right(line: Line, width: int) -> bool:
    return box_of(line).left > _BORDER * width or middle(line) > 0.6 * width


def _right_region(line: Line) -> Region:
    if line.region is not None:
        return line.region
    stamped = wording.is_digital_signature(line) or wording.is_rubber_stamp(line)
    return Region.STAMP if stamped else Region.SIGNATURE
