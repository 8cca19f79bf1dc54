"""Tokens that no dictionary may touch: numbers, dates, codes, addresses of the net.

A code is repaired only as far as its own grammar allows (`123/2019/QD-TTg` is a
`QĐ-TTg`, `1SO` is `ISO`); everything else here stays as it was seen.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Kind(StrEnum):
    """What a token is, before any word is looked up."""

    WORD = "word"
    NUMBER = "number"
    CODE = "code"
    ADDRESS = "address"
    PUNCTUATION = "punctuation"


_ADDRESS = re.compile(
    r"(?:https?[:;]?/+|www\.|ftp:)\S*|\S+@\S+\.\w+|\S*\.(?:gov|com|org|edu|net)\.?(?:vn)?(?:[/:?]\S*)?\S*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[+\-−]?\d[\d.,/:;%‰°+\-–xX*]*")
_ROMAN = re.compile(r"[IVXLC]+")
# 27-NQ/TW, 12/2019/NĐ-CP, 599/SCT-VP, /SCT-VP, QĐ-UBND, 2682/UBND, TCVN:2015
_CAPITALS = r"[A-ZĐÀ-Ỹ&]"
_CODE = re.compile(
    r"[A-Za-zĐđ]/[A-Za-zĐđ]|"  # V/v
    rf"\d{{1,5}}-[A-ZĐ][A-Za-zĐđ]*/[A-ZĐ][\wĐđ]*(?:[-–][\wĐđ]+)*"
    rf"|(?:\d[\dA-Za-z]*)?/(?:\d{{2,4}}/)?[A-ZĐ][\wĐđ&]*(?:[-–/.][\wĐđ&]+)*"
    rf"|[A-ZĐ][A-ZĐ\d&b]*[-–][A-ZĐ][A-Za-zĐđ\d&]*(?:[-–][A-ZĐ][\wĐđ&]*)*"
    rf"|\d+[\w.]*/[\wĐđ&/.\-–]*[A-ZĐ]{{2}}[\wĐđ&/.\-–]*"
    rf"|{_CAPITALS}{{2,}}[:\-–]?\d[\d:.\-–]*",
)


def kind_of(core: str) -> Kind:
    """Return the kind of a token whose leading and trailing punctuation is off."""
    if not any(letter.isalnum() for letter in core):
        return Kind.WORD if core and core in _LETTERLIKE else Kind.PUNCTUATION
    if _NUMBER.fullmatch(core) or (_ROMAN.fullmatch(core) and len(core) > 1):
        return Kind.NUMBER
    if _ADDRESS.fullmatch(core):
        return Kind.ADDRESS
    return Kind.CODE if _CODE.fullmatch(core) else Kind.WORD


# Glyphs that a recogniser without Vietnamese reads for whole words: ở, à, ...
_LETTERLIKE = frozenset("&@¢¥§£€")
