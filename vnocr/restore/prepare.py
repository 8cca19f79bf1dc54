"""Making lines ready to be decided: stretches of bounded size, labels in order, whole codes.

Tokens that are one are joined: the first becomes the whole, the others are left as "", so that
tokens keep their places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from itertools import pairwise

from vnocr.restore.codes import CodeRepairer
from vnocr.restore.flow import paragraphs
from vnocr.restore.labels import relabel

_STRETCH = 10_000  # tokens
_CODE_HEAD = re.compile(r"\W*\d{1,5}/(?:\d{4}/)?(?:[A-ZĐ][\wĐđ]*[-–/])?$")
_CODE_TAIL = re.compile(r"[A-ZĐ]{2,}[a-z]?\d{0,2}(?:[-–/][A-ZĐ]\w*)*\W*$")
_CAPITALS = re.compile(r"[A-ZĐ]{1,5}$")
_CAPITALS_FIRST = re.compile(r"([A-ZĐ]{1,5})(\W*)$")
_NUMBER_LABEL = re.compile(r"[S5]\S{0,2}[:;]$")
_NUMBER = re.compile(r"\d*/[A-ZĐ]|\d{1,5}$")


def stretches(lines: Sequence[Sequence[str]]) -> Iterator[range]:
    """Cut long text into stretches, between paragraphs, to bound the memory it takes."""
    start = size = 0
    for run in paragraphs(lines):
        size += sum(len(lines[number]) for number in run)
        if size >= _STRETCH:
            yield range(start, run.stop)
            start, size = run.stop, 0
    if start < len(lines):
        yield range(start, len(lines))


def relabelled(lines: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Return the lines with the labels of list items put in order."""
    better = relabel([line[0] if line else "" for line in lines])
    return [
        [better[number], *line[1:]] if number in better else line
        for number, line in enumerate(lines)
    ]


def rejoined(lines: Sequence[Sequence[str]], codes: CodeRepairer) -> list[Sequence[str]]:
    """Return the lines with the codes repaired that are broken over a line end."""
    mended = list(lines)
    for number in range(len(mended) - 1):
        above, below = mended[number], mended[number + 1]
        if above and below and (halves := codes.repair_broken(above[-1], below[0])):
            mended[number] = [*above[:-1], halves[0]]
            mended[number + 1] = [halves[1], *below[1:]]
    return mended


def joined(
    lines: Sequence[Sequence[str]],
    abbreviations: Container[str],
    follows: Callable[[str, str], bool],
) -> list[Sequence[str]]:
    """Return the lines with the codes (`968/ SNV-VP`) and abbreviations (`TT HC`) joined
    that a blank parts.

    Where one abbreviation often `follows` another (`TNHH MTV`), both stay.
    """
    return [_joined(line, abbreviations, follows) for line in lines]


def _joined(
    line: Sequence[str], abbreviations: Container[str], follows: Callable[[str, str], bool]
) -> Sequence[str]:
    places = [
        place
        for place, (left, right) in enumerate(pairwise(line))
        if right[:1].isupper() and _are_one(left, right, abbreviations, follows)
    ]
    if not places:
        return line
    whole = list(line)
    for place in places:
        if whole[place]:
            whole[place : place + 2] = [whole[place] + whole[place + 1], ""]
    return whole


def _are_one(
    left: str, right: str, abbreviations: Container[str], follows: Callable[[str, str], bool]
) -> bool:
    """Whether `right`, which starts with a capital, goes on with the code or letters of `left`."""
    if not (left[-1:] in "/-–" or left[-1:].isupper()):
        return False
    if _CODE_HEAD.match(left):
        return _CODE_TAIL.match(right) is not None
    found = _CAPITALS_FIRST.match(right)
    if not found or not _CAPITALS.match(left):
        return False
    if left + found[1] not in abbreviations:
        return False
    apart = left in abbreviations and found[1] in abbreviations
    return not apart and not follows(left, found[1])


def numbered(lines: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Return the lines with the label put right that stands before a document's own number.

    Only a letterhead begins a line so: `S4: 599 /SCT-VP`.
    """
    return [
        ["Số:", *line[1:]]
        if len(line) > 1 and _NUMBER_LABEL.match(line[0]) and _NUMBER.match(line[1])
        else line
        for line in lines
    ]
