"""Telling from the text itself how damaged it is, and so which channel explains it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from vnocr.vietnamese.unicode import strip_marks


class Damage(StrEnum):
    """What became of a text: nothing much, its marks are off, or letters were misread too."""

    MARKED = "marked"  # Vietnamese recognised as such, or typed: errors are rare
    STRIPPED = "stripped"  # every mark is off, the letters can be trusted
    MISREAD = "misread"  # recognised by a model without Vietnamese


# é and a few more are what a model without Vietnamese makes of ế, ệ, ô...: no evidence.
_BORROWED = frozenset("éèëêâôîïûüöäåçñøÉÈËÊÂÔÖÜÄÅ")
_ENOUGH_MARKED = 0.2
_ENOUGH_ODD = 0.01


def judge(cores: Iterable[str]) -> Damage | None:
    """Return the damage of a text given its words; None if there are no words to judge by.

    Intact Vietnamese carries a mark that no other language has on more than half its
    words, stripped text on none, and a model without Vietnamese leaves odd glyphs
    (`é`, `S&`, `1ap`) behind.
    """
    words = marked = odd = 0
    for core in cores:
        if not any(letter.isalpha() for letter in core) and not core in "&@¢¥§":
            continue
        words += 1
        vietnamese = any(
            letter not in _BORROWED and not letter.isascii() and strip_marks(letter).isascii()
            for letter in core
        )
        marked += vietnamese
        odd += not vietnamese and not core.isascii() or not core.isalnum() or _mixed(core)
    if not words:
        return None
    if marked >= _ENOUGH_MARKED * words:
        return Damage.MARKED
    return Damage.MISREAD if odd + marked > _ENOUGH_ODD * words else Damage.STRIPPED


def _mixed(core: str) -> bool:
    """Whether small letters and digits stand in one word."""
    return any(sign.isdigit() for sign in core) and any(sign.islower() for sign in core)
