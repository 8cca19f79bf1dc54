"""The case of words: its shape, and capitals."""

from __future__ import annotations

from enum import StrEnum


class Case(StrEnum):
    """The shape of a word's capitals; a single capital counts as TITLE."""

    NONE = "none"
    LOWER = "lower"
    TITLE = "title"
    UPPER = "upper"
    MIXED = "mixed"


def case_of(text: str) -> Case:
    """Return the case of the letters in `text`."""
    letters = text if text.isalpha() else "".join(filter(str.isalpha, text))
    if not letters:
        return Case.NONE
    if letters.islower():
        return Case.LOWER
    if letters[0].isupper() and (len(letters) == 1 or letters[1:].islower()):
        return Case.TITLE
    return Case.UPPER if letters.isupper() else Case.MIXED


def capitalise(text: str) -> str:
    """Return `text` with its first letter as a capital and the others small."""
    for place, letter in enumerate(text):
        if letter.isalpha():
            return text[:place] + letter.upper() + text[place + 1 :].lower()
    return text
