"""Telling from the text itself how damaged it is, and so which channel explains it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from vnocr.vietnamese.unicode import strip_marks


class Damage(StrEnum):
    """What became of a text: nothing much, its marks are off, or letters were misread too."""

    MARKED = "marked"  # Vietnamese recognised as such, or typed: errors are rare
    STRIPPED = "stripped"  # every mark is off, the letters can be trusted
    MISREAD = "misread"  # recognised by a model without Vietnamese


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one token says: how many words it has, how many are marked and how many odd."""

    words: int
    marked: int
    odd: int


# é and a few more are what a model without Vietnamese makes of ế, ệ, ô...: no evidence.
_BORROWED = frozenset("éèëêâôîïûüöäåçñøÉÈËÊÂÔÖÜÄÅ")
_ENOUGH_MARKED = 0.2
_ENOUGH_ODD = 0.03  # degrees, minutes and formulae make good text odd, too


def evidence(cores: Iterable[str]) -> Evidence:
    """Return what the words of a token say about the damage of its text."""
    words = marked = odd = 0
    for core in cores:
        words += 1
        if is_marked(core):
            marked += 1
        elif not core.isascii() or not core.isalnum() or _mixed(core):
            odd += 1
    return Evidence(words, marked, odd)


def judge(tokens: Iterable[Evidence]) -> Damage | None:
    """Return the damage of a text given its tokens; None if there are no words to judge by.

    Intact Vietnamese carries a mark that no other language has on more than half its
    words, stripped text on none, and a model without Vietnamese leaves odd glyphs
    (`é`, `S&`, `1ap`) behind.
    """
    words = marked = odd = 0
    for token in tokens:
        words += token.words
        marked += token.marked
        odd += token.odd
    if not words:
        return None
    if marked >= _ENOUGH_MARKED * words:
        return Damage.MARKED
    return Damage.MISREAD if odd + marked > _ENOUGH_ODD * words else Damage.STRIPPED


def is_marked(core: str) -> bool:
    """Whether a word has a mark that no other language has."""
    return any(_vietnamese(letter) for letter in core)


def _vietnamese(letter: str) -> bool:
    return not letter.isascii() and letter not in _BORROWED and strip_marks(letter).isascii()


def _mixed(core: str) -> bool:
    """Whether small letters and digits stand in one word."""
    return any(sign.isdigit() for sign in core) and any(sign.islower() for sign in core)
