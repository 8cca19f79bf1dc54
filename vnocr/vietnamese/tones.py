"""Tone marks: taking them off, putting them back, and the two styles of placing them.

The styles differ only in the open rimes oa, oe and uy: old `hòa, khỏe, thủy`, new
`hoà, khoẻ, thuỷ`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from vnocr.vietnamese.unicode import nfc

Style = Literal["old", "new", "keep"]
Tone = Literal["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]

TONES: tuple[Tone, ...] = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_VOWELS = "aăâeêioôơuưy"
_TONE_MARKS = frozenset(TONES[1:])


def _toned(vowels: str) -> str:
    lower = "".join(add_tone(vowel, tone) for vowel in vowels for tone in TONES[1:])
    return lower + lower.upper()


def add_tone(vowel: str, tone: str) -> str:
    """Return one vowel letter carrying `tone` (a combining mark or "")."""
    return unicodedata.normalize("NFC", vowel + tone)


def split_tone(text: str) -> tuple[str, str]:
    """Return `text` without tone marks, and the last tone mark it had ("" if none)."""
    tone = ""
    letters = []
    for letter in unicodedata.normalize("NFD", text):
        if letter in _TONE_MARKS:
            tone = letter
        else:
            letters.append(letter)
    return unicodedata.normalize("NFC", "".join(letters)), tone


# "qu" is an onset, so the tone of quý, quỳ... stands on y in both styles.
_NEW_STYLE = re.compile(
    rf"([oO])([{_toned('ae')}])(?![^\W\d_])|(?<![qQ])([uU])([{_toned('y')}])(?![^\W\d_])"
)
_OLD_STYLE = re.compile(
    rf"([{_toned('o')}])([aAeE])(?![^\W\d_])|(?<![qQ])([{_toned('u')}])([yY])(?![^\W\d_])"
)


def place_tones(text: str, style: Style) -> str:
    """Return `text` with tones placed in the old or new style; "keep" returns it unchanged.

    The result of "old" and "new" is NFC. Only the open rimes oa, oe and uy differ.
    """
    if style == "keep" or text.isascii():
        return text
    text = nfc(text)
    if style == "old":
        return _NEW_STYLE.sub(lambda found: _move(found, to_first=True), text)
    return _OLD_STYLE.sub(lambda found: _move(found, to_first=False), text)


def _move(found: re.Match[str], *, to_first: bool) -> str:
    first, second = (group for group in found.groups() if group is not None)
    source, target = (second, first) if to_first else (first, second)
    bare, tone = split_tone(source)
    toned = add_tone(target, tone)
    return toned + bare if to_first else bare + toned
