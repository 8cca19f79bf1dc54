"""The text that an earlier recognition left in the file, heard where ours is in doubt.

Such layers were mostly made without Vietnamese: their marks are lost, their figures and plain
letters often right. Two recognisers seldom make the same mistake, so what both read is surer; and
where ours gave no word at all, a proper one of the layer is taken. What we saw stays in `seen`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vnocr.model import Line, Page, Word
from vnocr.ocr.geometry import box_of
from vnocr.vietnamese.syllable import is_syllable
from vnocr.vietnamese.unicode import strip_marks

_DOUBTFUL = 0.8
# Of the doubt that one reading leaves, this much stays once another agrees.
_DOUBT_LEFT = 0.3
# What the layer alone says is worth no more than this.
_HEARSAY = 0.6
# Boxes of one word share this much of each.
_SAME_PLACE = 0.6
_EDGES = ".,:;!?()[]\"'“”"


def heed_witness(page: Page, witness: Page) -> Page:
    """Return `page` with its doubtful words borne out or replaced by those of `witness`.

    The boxes of both lie in the same picture. Words with figures are borne out, never replaced.
    """
    told = [word for line in witness.lines for word in line.words if word.box]
    return replace(page, lines=tuple(_heard(line, told) for line in page.lines)) if told else page


def _heard(line: Line, told: Sequence[Word]) -> Line:
    if line.box is None or all(word.confidence >= _DOUBTFUL for word in line.words):
        return line
    near = [word for word in told if _share(word, line) > 0]
    return replace(line, words=tuple(_borne_out(word, near) for word in line.words))


def _borne_out(word: Word, near: Sequence[Word]) -> Word:
    if word.confidence >= _DOUBTFUL or word.box is None:
        return word
    there = [one for one in near if min(_share(word, one), _share(one, word)) >= _SAME_PLACE]
    if len(there) != 1:
        return word
    other = there[0].text
    if other == word.text:
        return replace(word, confidence=1 - _DOUBT_LEFT * (1 - word.confidence))
    if word.confidence < _HEARSAY and not _is_word(word.text) and _is_word(other):
        return replace(word, text=other, confidence=_HEARSAY)
    return word


def _is_word(text: str) -> bool:
    """Whether `text` is a syllable, with marks or stripped of them, or holds a figure."""
    return any(map(str.isdigit, text)) or is_syllable(strip_marks(text.strip(_EDGES)).lower())


def _share(item: Word | Line, other: Word | Line) -> float:
    """Return the share of `item`'s box that lies in the box of `other`."""
    one, two = box_of(item), box_of(other)
    across = min(one.right, two.right) - max(one.left, two.left)
    down = min(one.bottom, two.bottom) - max(one.top, two.top)
    return max(0, across) * max(0, down) / max(1, one.width * one.height)
