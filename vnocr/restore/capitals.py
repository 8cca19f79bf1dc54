"""Deciding the case of words whose glyphs do not tell it.

In `BO` the O may be a small one: only B is surely a capital. The neighbours decide whether
the word stands in a heading of capitals.
"""

from __future__ import annotations

from collections.abc import Sequence

from vnocr.vietnamese.casing import Case, capitalise, case_of
from vnocr.vietnamese.unicode import strip_marks

# Letters that look alike large and small.
ALIKE = frozenset("COSUVWXZPK")


def settle(seen: str, text: str, neighbours: Sequence[str]) -> str:
    """Return `text` in the case that its neighbours suggest, if `seen` leaves it open."""
    if text == seen or case_of(text) is not Case.UPPER or not is_open(seen):
        return text
    telling = [case_of(word) for word in neighbours if not is_open(word) and len(word) > 1]
    if Case.UPPER in telling or not any(case in (Case.LOWER, Case.TITLE) for case in telling):
        return text
    return capitalise(text)


def is_open(seen: str) -> bool:
    """Whether the letters after the first could be small ones as well."""
    letters = [letter for letter in strip_marks(seen) if letter.isalpha()]
    return len(letters) > 1 and all(letter in ALIKE for letter in letters[1:])
