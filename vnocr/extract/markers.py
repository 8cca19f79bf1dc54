"""Item markers of official documents: `Điều 1.`, `I.`, `1.1.`, `a)`, `(1)`, `-`, `+` ...

Order of levels: decree 30/2020/NĐ-CP, annex I, part II.6; party papers write `I-`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from vnocr.extract.letters import UPPER


class Kind(Enum):
    """Kinds of markers: the value is the usual level, the outermost first."""

    PART = 0
    CHAPTER = 1
    SECTION = 2
    ARTICLE = 3
    UPPER = 4
    ROMAN = 5
    NUMBER = 6
    NUMBER_2 = 7
    NUMBER_3 = 8
    WORD = 9
    BRACKETED = 10
    LETTER = 11
    LETTER_2 = 12
    DASH = 13
    PLUS = 14
    STAR = 15

    @property
    def certain(self) -> bool:
        """Whether such a marker at the start of a line is hardly ever running text."""
        return self in (Kind.PART, Kind.CHAPTER, Kind.ARTICLE)

    @property
    def bullet(self) -> bool:
        """Whether the items bear no number of their own."""
        return self in (Kind.DASH, Kind.PLUS, Kind.STAR)


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker: its kind, its label without stops (`1`, `a`, `Điều 3`), its length in signs."""

    kind: Kind
    label: str
    length: int

    @property
    def ordinal(self) -> int | None:
        """The place in its list, from 1, where the label tells it."""
        if self.kind.bullet:
            return None
        if self.kind is Kind.WORD:
            return next(_COUNT[word] for word in self.label.lower().split() if word in _COUNT)
        last = re.split(r"[\s.(]", self.label.rstrip(")"))[-1]
        if last.isdigit():
            return int(last)
        if self.kind in (Kind.LETTER, Kind.UPPER):
            letter = last[:1].casefold()
            return _LETTERS.index(letter) + 1 if letter in _LETTERS else None
        return _roman(last)


# `Thứ nhất, ...` and `Một là, ...`
_WORDS = ("nhất một", "hai", "ba", "tư bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_COUNT = {word: place for place, words in enumerate(_WORDS, 1) for word in words.split()}
_COUNTED = "|".join(_COUNT)
# Points run through the Vietnamese alphabet without the marked vowels.
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_NEXT = r"(?=[^\W\d_]|[\"“'‘(\d*])"
_UPPER_NEXT = rf"(?=[\"“'‘(]*[{UPPER}0-9])"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (Kind.PART, r"((?:Phần|PHẦN)\s+(?:[Tt]hứ\s+\w+|THỨ\s+\w+|[IVX]+|\d{1,2}))\b\s*[.:]?\s*"),
        (Kind.CHAPTER, r"((?:Chương|CHƯƠNG)\s+(?:[IVXL]+|\d{1,2}))\b\s*[.:]?\s*"),
        (Kind.SECTION, r"((?:Mục|MỤC|Tiểu mục)\s+\d{1,2})\b\s*[.:]?\s*(?=[A-ZĐ]|$)"),
        (Kind.ARTICLE, r"((?:Điều|ĐIỀU)\s+\d{1,3}[a-zđ]?)\s*[.:]\s*"),
        (Kind.ROMAN, r"([IVX][IVXHl|]{0,4}|[|l](?=\.))\s*[.)/–-]\s*" + _UPPER_NEXT),
        (Kind.ROMAN, r"(I{2,3}|IV|VI{1,3}|IX)\s+" + _UPPER_NEXT),
        (Kind.UPPER, r"([A-HĐ])\s*[./–-]\s+" + _UPPER_NEXT),
        (Kind.NUMBER_3, r"(\d{1,2}\.\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\s*[.)/:]?\s+" + _UPPER_NEXT),
        (Kind.NUMBER_2, r"(\d{1,2}\.\d{1,2})\s*[.)/:]?\s+" + _UPPER_NEXT),
        (Kind.NUMBER, r"(\d{1,2})\s*(?:[.)]\s*|/\s+|-\s+)" + _NEXT + r"(?!\d)"),
        (Kind.WORD, rf"((?i:thứ (?:{_COUNTED})|(?:{_COUNTED}) là))\s*[,:]\s*" + _NEXT),
        (Kind.BRACKETED, r"(\((?:\d{1,2}|[ivx]{1,4})\))\s*" + _NEXT),
        (Kind.LETTER_2, r"([a-zđ]\d)\s*[).]\s*" + _NEXT),
        (Kind.LETTER, r"([a-zđøA-EĐ])\s*\)\s*" + _NEXT),
        (Kind.LETTER, r"([a-eđ])\s*[./]\s*" + _UPPER_NEXT),
        (Kind.DASH, r"([-–—•▪■●])\s*" + _NEXT),
        (Kind.PLUS, r"(\+)\s*" + _NEXT),
        (Kind.STAR, r"(\*{1,3})\s*" + _NEXT),
    )
)


def read_marker(text: str) -> Marker | None:
    """Return the marker that opens `text`, or None."""
    for kind, pattern in _PATTERNS:
        match = pattern.match(text)
        if match:
            return Marker(kind, _label(kind, match[1]), match.end())
    return None


def _label(kind: Kind, raw: str) -> str:
    if kind.bullet:
        return {Kind.DASH: "-", Kind.PLUS: "+"}.get(kind, "*")
    if kind in (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE):
        word, _, rest = raw.partition(" ")
        return f"{word.capitalize()} {rest.strip()}"
    if kind is Kind.ROMAN:
        return re.sub("[|lH]", "I", raw)
    return raw.casefold() if kind in (Kind.LETTER, Kind.LETTER_2) else raw


def _roman(text: str) -> int | None:
    values = {"i": 1, "v": 5, "x": 10, "l": 50}
    digits = [values.get(sign, 0) for sign in text.casefold()]
    if not digits or 0 in digits:
        return None
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
