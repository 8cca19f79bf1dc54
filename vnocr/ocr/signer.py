"""The signer's name, read again where a seal and a pen's strokes cross it.

The name stands alone under the signature. Where no line there reads like a name without doubt,
the paper below the position is read in renderings, each of which hides something else: colours
(seal and ink), light ink and, where no name is read without doubt in these, coloured strokes
beside a coloured stamp of the name. In all of them strokes much larger than letters are gone.
The surest line of print that has the shape of a name takes the place of what was read there;
where none is without doubt, the readings vote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vnocr.model import Box, Line, Page, PageImage, Region, Word
from vnocr.ocr import wording
from vnocr.ocr.engine import Engine
from vnocr.ocr.geometry import beside, box_of, letter_height, make_line
from vnocr.ocr.lost_ink import lost_lines
from vnocr.ocr.name_vote import EDGES, SYLLABLES, voted_name
from vnocr.ocr.renderings import signature_renderings
from vnocr.ocr.strips import make_sheet, words_of_strips
from vnocr.vietnamese.syllable import is_syllable

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MM_PER_INCH = 25.4
_DPI = 200  # of a page that does not say
# The name stands at most this far below the position, or below "Nơi nhận" where no position
# was legible, and no farther aside of the column's middle.
_DOWN_MM, _DOWN_UNPLACED_MM, _ASIDE_MM = 48.0, 70.0, 48.0
_RIGHT_COLUMN = 0.7  # the middle of the signature's column as a share of the width
_NARROWEST = 3.0  # of a name, in letter heights
_MOST_STRIPS = 4  # of a stack of renderings
_SURE, _BELIEVED = 0.92, 0.6


def read_signer(
    page: Page,
    colour_of: Callable[[Box], NDArray[np.uint8]],
    engine: Engine,
    families: Collection[str] = (),
) -> Page:
    """Return `page` with the name of the signer read again if it was in doubt.

    `colour_of` gives the part of the page in a box, in colour or grey, upright as the boxes of
    `page` lie in it; `families` are the family names there are. Raises RecogniserError.
    """
    anchor, area = _place(page)
    if anchor is None:
        return page
    old = [line for line in page.lines if _is_in(line, area)]
    if any(_is_sure_name(line) for line in old):
        return page
    letter = letter_height(page.lines)
    if min(area.height, area.width) < 2 * letter:
        return page
    read: list[Line] = []
    pictures: list[NDArray[np.uint8]] = []
    for renderings in signature_renderings(colour_of(area), letter):
        pictures += renderings
        stack = PageImage(page.number, np.vstack(renderings), page.dpi or _DPI)
        read += [_on_page(words, area) for words in _read(stack, area, letter, engine)]
        if any(map(_is_sure_name, read)):
            break
    name = _surest([*old, *read], read)
    if name is None or not _is_sure_name(name):
        stack = PageImage(page.number, np.vstack(pictures), page.dpi or _DPI)
        name = voted_name(read, stack, area, engine, families) or name
    return page if name is None or name in old else _with_name(page, name, old, anchor)


def _surest(lines: Sequence[Line], read: Sequence[Line]) -> Line | None:
    """Return the name among `lines` that lost no word beside what was `read` and is surest."""
    whole = _whole([line for line in lines if _is_name(line.words)], read)
    whole = whole or [line for line in read if _is_torn_name(line.words)]
    texts: dict[str, float] = defaultdict(float)
    for name in whole:  # renderings that agree bear each other out
        texts[_bare(name)] += _weakest(name)
    return max(whole, key=lambda name: (texts[_bare(name)], _weakest(name)), default=None)


def _place(page: Page) -> tuple[Line | None, Box]:
    """Return the line above the name, and the paper in which the name is looked for."""
    height, width = page.height or 0, page.width or 0
    millimetre = (page.dpi or _DPI) / _MM_PER_INCH
    positions = [
        line
        for line in page.lines
        if line.region is Region.SIGNATURE and line.box and wording.is_signing(line)
    ]
    copies = [line for line in page.lines if line.box and wording.is_recipients(line)]
    if positions:
        anchor = max(positions, key=lambda line: box_of(line).top)
        box, down = box_of(anchor), _DOWN_MM
        top, centre = box.bottom, (box.left + box.right) / 2
    elif copies:
        anchor, down = copies[-1], _DOWN_UNPLACED_MM
        top, centre = box_of(anchor).top, _RIGHT_COLUMN * width
    else:
        return None, Box(0, 0, 0, 0)
    left, right = centre - _ASIDE_MM * millimetre, centre + _ASIDE_MM * millimetre
    bottom = min(height, round(top + down * millimetre))
    return anchor, Box(max(0, round(left)), top, min(width, round(right)), bottom)


def _is_in(line: Line, area: Box) -> bool:
    box = box_of(line)
    across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    inside = area.left < across < area.right and area.top < down < area.bottom
    return line.region is Region.SIGNATURE and inside


def _is_name(words: Sequence[Word]) -> bool:
    """Whether the words are two to five capitalised syllables, read with some confidence."""
    texts = [text for word in words if (text := word.seen.strip(EDGES))]
    return (
        len(texts) in SYLLABLES
        and all(text == text.capitalize() and is_syllable(text) for text in texts)
        and min(word.confidence for word in words) >= _BELIEVED
    )


def _is_torn_name(words: Sequence[Word]) -> bool:
    """Whether the words are a name but for letters that the first has lost under a seal."""
    first = words[0].seen.strip(EDGES)
    torn = len(first) > 1 and first.isalpha() and first.islower()
    return torn and words[0].confidence >= _BELIEVED and _is_name(words[1:])


def _whole(names: Sequence[Line], read: Sequence[Line]) -> list[Line]:
    """Return those of `names` of which no other reading shows that their first word is lost."""
    return [name for name in names if not any(_begins_earlier(line, name) for line in read)]


def _bare(line: Line) -> str:
    return " ".join(word.seen.strip(EDGES) for word in line.words)


def _weakest(line: Line) -> float:
    return min(word.confidence for word in line.words)


def _begins_earlier(line: Line, name: Line) -> bool:
    """Whether `line` shows that `name` lost its first word."""
    lost = box_of(name).left - box_of(line).left > box_of(name).height
    return lost and beside(line, name) and box_of(line).right > box_of(name).left


def _is_sure_name(line: Line) -> bool:
    return _is_name(line.words) and _weakest(line) >= _SURE


def _read(stack: PageImage, area: Box, letter: float, engine: Engine) -> list[list[Word]]:
    """Return the words of each line of print on a `stack` of renderings of `area`."""
    boxes = [box for box in lost_lines(stack, (), letter) if box.width > _NARROWEST * letter]
    # Each alone: the arched writing of a seal beside it would spoil the row of a name.
    lowest = sorted(boxes, key=lambda box: box.top % area.height, reverse=True)[:_MOST_STRIPS]
    sheets = [make_sheet(stack, [box]) for box in lowest]
    strips = [words_of_strips(sheet, engine.recognise(sheet.image, block=True)) for sheet in sheets]
    return [words for (words,) in strips if words]


def _on_page(words: Sequence[Word], area: Box) -> Line:
    """Return the words, read on renderings of `area` under each other, with boxes on the page."""
    placed = []
    for word in words:
        box = box_of(word)
        left, top = area.left, area.top - (box.top + box.bottom) // 2 // area.height * area.height
        moved = Box(box.left + left, box.top + top, box.right + left, box.bottom + top)
        placed.append(replace(word, box=moved))
    return replace(make_line(placed), region=Region.SIGNATURE)


def _with_name(page: Page, name: Line, old: Sequence[Line], anchor: Line) -> Page:
    """Put the name where something else was read on its row, else at the block's end."""
    lines = [line for line in page.lines if not (line in old and beside(line, name))]
    above = [
        at
        for at, line in enumerate(lines)
        if line is anchor or (line in old and box_of(line).top < box_of(name).top)
    ]
    at = max(above) + 1
    return replace(page, lines=(*lines[:at], name, *lines[at:]))
