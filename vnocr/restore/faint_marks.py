"""Marks that the print of a letterhead loses: small over capitals and bold, and not missed.

A recogniser is as sure of TE as of TẾ there, so what it says of itself counts for less; in
return nothing but a lost mark may be put back where it was sure. No more may be put back in the
name of a signer: what a seal left of it is no other word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from vnocr.model import Line, Region
from vnocr.restore.decisions import Decision
from vnocr.restore.lattice import UNSURE
from vnocr.vietnamese.syllable import parse
from vnocr.vietnamese.unicode import fold

_SET_SMALL = (Region.HEADER_LEFT, Region.HEADER_RIGHT, Region.TYPE, Region.SUBJECT)
_DOUBTED = 0.6
_NAME_LENGTHS = range(2, 6)
# After these, to the end of a line, stands the name of a place, a school or a firm.
_BEFORE_NAMES = frozenset(
    {"tinh", "huyen", "xa", "phuong", "quan", "tran", "pho", "thon", "ap", "khu", "cum"}
    | {"truong", "ty", "vien", "ban", "dan"}
)


def heard(line: Line) -> list[float]:
    """Return how far each word of `line` is believed: less where a tone mark may be lost."""
    doubted = _doubted(line)
    return [
        min(word.confidence, _DOUBTED) if doubt else word.confidence
        for word, doubt in zip(line.words, doubted, strict=True)
    ]


def kept(line: Line, decision: Decision) -> str:
    """Return the text of `decision`, or the word as it was if that was sure and lost no mark.

    In a signer's name it is the word as it was, sure or not, if it lost no mark.
    """
    word = line.words[decision.first]
    single = decision.first == decision.last
    sure = word.confidence >= UNSURE and _doubted(line)[decision.first]
    if single and (sure or is_signer(line)) and not _adds_marks(word.text, decision.text):
        return word.text
    return decision.text


def is_signer(line: Line) -> bool:
    """Whether `line` has the shape of a signer's name; a seal may hide how it begins."""
    if line.region is not Region.SIGNATURE or len(line.words) not in _NAME_LENGTHS:
        return False
    first, *others = (word.text for word in line.words)
    torn = len(others) > 1 and first.isalpha() and first.islower()
    return (torn or _is_capitalised(first)) and all(map(_is_capitalised, others))


def _is_capitalised(text: str) -> bool:
    return text.isalpha() and text == text.capitalize()


def _doubted(line: Line) -> list[bool]:
    """Return which words may have lost a mark; what may be a name is believed as read."""
    if line.region not in _SET_SMALL:
        return [False] * len(line.words)
    capitals = line.text.isupper()
    doubted, named = [], False
    for word in line.words:
        name = named or (word.text[:1].isupper() and not capitals)
        doubted.append(not name and _is_level(word.text))
        named = named or fold(word.text) in _BEFORE_NAMES
    return doubted


def _is_level(text: str) -> bool:
    syllable = parse(text)
    return syllable is not None and not syllable.tone


def _adds_marks(old: str, new: str) -> bool:
    """Whether `new` is `old` with marks added to its letters, none taken away."""
    before, after = _letters(old), _letters(new)
    return len(before) == len(after) and all(
        one[0] == other[0] and set(one[1:]) <= set(other[1:])
        for one, other in zip(before, after, strict=True)
    )


def _letters(text: str) -> Sequence[str]:
    """Return the letters of `text`, each followed by its marks."""
    letters: list[str] = []
    for sign in unicodedata.normalize("NFD", text):
        if unicodedata.combining(sign) and letters:
            letters[-1] += sign
        else:
            letters.append(sign)
    return letters
