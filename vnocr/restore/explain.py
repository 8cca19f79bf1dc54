"""Saying in a few words why a token was changed."""

from __future__ import annotations

from enum import StrEnum

from vnocr.vietnamese.tones import place_tones
from vnocr.vietnamese.unicode import strip_marks


class Reason(StrEnum):
    """Why a token was changed."""

    MARKS = "marks were missing or wrong"
    LETTERS = "letters were misread"
    MERGED = "tokens were one word"
    SPLIT = "words had run together"
    CODE = "letters of a document symbol were misread"
    TONE = "tone placement"
    ENCODING = "legacy encoding"


def reason_for(seen: str, readable: str, text: str) -> Reason | None:
    """Return why `seen` became `text`; None if it did not change.

    `readable` is what was seen after conversion from a legacy encoding.
    """
    if seen == text:
        return None
    if readable == text:
        return Reason.ENCODING
    if (" " in readable) != (" " in text):
        return Reason.SPLIT if " " in text else Reason.MERGED
    if _is_code(text):
        return Reason.CODE
    if strip_marks(readable) != strip_marks(text):
        return Reason.LETTERS
    moved = place_tones(readable, "old") == place_tones(text, "old")
    return Reason.TONE if moved else Reason.MARKS


def _is_code(text: str) -> bool:
    inner = text.strip("-/")
    return any(sign.isdigit() for sign in inner) or "-" in inner or "/" in inner
