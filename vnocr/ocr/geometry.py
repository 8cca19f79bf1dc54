"""Lines as rectangles: parting them at blanks, joining what stands on one row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from vnocr.model import Box, Line, Word

_NOWHERE = Box(0, 0, 0, 0)


def box_of(item: Line | Word) -> Box:
    """Return the box; lines that take part in the layout all have one."""
    return item.box or _NOWHERE


def middle(line: Line) -> float:
    """Return the horizontal middle in pixels."""
    box = box_of(line)
    return (box.left + box.right) / 2


def make_line(words: Sequence[Word], like: Line | None = None) -> Line:
    """Return a line of `words`, with the region of `like`."""
    return Line(tuple(words), Box.around(word.box for word in words), like.region if like else None)


def letter_height(lines: Iterable[Line]) -> float:
    """Return the usual height of a word with ascenders, in pixels; at least 1."""
    heights = [box_of(word).height for line in lines for word in line.words if len(word.text) > 1]
    return max(1.0, median(heights)) if heights else 1.0


def part_at(line: Line, index: int) -> list[Line]:
    """Part `line` before word `index`; unchanged if that is its start."""
    if not 0 < index < len(line.words):
        return [line]
    return [make_line(line.words[:index], line), make_line(line.words[index:], line)]


def widest_blank(line: Line, low: float, high: float) -> tuple[int, int]:
    """Return (word index, pixels) of the widest blank whose middle lies in low..high, else (0, 0).

    The index is that of the word to the right of the blank.
    """
    best = (0, 0)
    for index in range(1, len(line.words)):
        left, right = box_of(line.words[index - 1]).right, box_of(line.words[index]).left
        if low <= (left + right) / 2 <= high and right - left > best[1]:
            best = (index, right - left)
    return best


def rows(lines: Iterable[Line]) -> list[list[Line]]:
    """Group lines that stand side by side, rows from top to bottom, each from left to right."""
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: box_of(one).top + box_of(one).bottom):
        if found and beside(found[-1][0], line):
            found[-1].append(line)
        else:
            found.append([line])
    return [sorted(row, key=lambda one: box_of(one).left) for row in found]


def beside(one: Line | Word, other: Line | Word) -> bool:
    """Whether the two share most of their height."""
    first, second = box_of(one), box_of(other)
    overlap = min(first.bottom, second.bottom) - max(first.top, second.top)
    return overlap > 0.5 * min(first.height, second.height)


def joined(lines: Iterable[Line], gap: float) -> list[Line]:
    """Return lines from top to bottom; neighbours on a row less than `gap` apart become one."""
    result: list[Line] = []
    for row in rows(lines):
        current = row[0]
        for line in row[1:]:
            blank = box_of(line).left - box_of(current).right
            if 0 <= blank < gap and current.region == line.region:
                current = make_line((*current.words, *line.words), current)
            else:
                result.append(current)
                current = line
        result.append(current)
    return result
