"""The case of words: its shape, and giving one word the case of another."""

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
    letters = [letter for letter in text if letter.isalpha()]
    if not letters:
        return Case.NONE
    if all(letter.islower() for letter in letters):
        return Case.LOWER
    if letters[0].isupper() and all(letter.islower() for letter in letters[1:]):
        return Case.TITLE
    if all(letter.isupper() for letter in letters):
        return Case.UPPER
    return Case.MIXED


def with_case(text: str, case: Case) -> str:
    """Return `text` in `case`; MIXED and NONE leave it as it is."""
    if case is Case.LOWER:
        return text.lower()
    if case is Case.UPPER:
        return text.upper()
    if case is Case.TITLE:
        return capitalise(text)
    return text


def capitalise(text: str) -> str:
    """Return `text` with its first letter as a capital and the others small."""
    for place, letter in enumerate(text):
        if letter.isalpha():
            return text[:place] + letter.upper() + text[place + 1 :].lower()
    return text


def transfer_case(pattern: str, text: str) -> str:
    """Return `text` in the case of `pattern`.

    A pattern of mixed case gives its capitals place by place when both are equally long,
    else the case of its first letter.
    """
    case = case_of(pattern)
    if case is not Case.MIXED:
        return with_case(text, case)
    if len(pattern) == len(text):
        return "".join(
            letter.upper() if model.isupper() else letter.lower()
            for model, letter in zip(pattern, text, strict=True)
        )
    return capitalise(text) if pattern[:1].isupper() else text.lower()
