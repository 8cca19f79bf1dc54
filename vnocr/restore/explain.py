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
    tests = (
        (Reason.ENCODING, readable == text),
        (Reason.MERGED, " " in readable and " " not in text),
        (Reason.SPLIT, " " in text and " " not in readable),
        (Reason.TONE, place_tones(readable, "old") == place_tones(text, "old")),
        (Reason.CODE, _is_code(text)),
        (Reason.MARKS, strip_marks(readable) == strip_marks(text)),
    )
    return next((reason for reason, holds in tests if holds), Reason.LETTERS)


def _is_code(text: str) -> bool:
    inner = text.strip("-/")
    return any(sign.isdigit() for sign in inner) or "-" in inner or "/" in inner
