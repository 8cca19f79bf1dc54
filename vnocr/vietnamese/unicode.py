"""Unicode forms of Vietnamese text: composition, look-alike letters, removal of marks."""

from __future__ import annotations

import re
import unicodedata

# Eth and African D look like Đ and come from fonts and keyboards that lack it.
_LOOKALIKES = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"})
_LOOKALIKE = re.compile("[" + "".join(map(chr, _LOOKALIKES)) + "]")


# After this many marks on one letter, which no language needs, Unicode's stream-safe form puts
# a joiner without meaning: to order a million of them takes a program for ever.
_MOST_MARKS = 30
_MARK = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_HEAP = re.compile(f"{_MARK}{{{_MOST_MARKS}}}(?={_MARK})")
_JOINER = "\u034f"


class _Bare(dict[int, str]):
    """What is left of a letter without its marks, worked out when the letter is first met."""

    def __missing__(self, letter: int) -> str:
        decomposed = unicodedata.normalize("NFD", chr(letter))
        kept = "".join(part for part in decomposed if not unicodedata.combining(part))
        self[letter] = unicodedata.normalize("NFC", kept)
        return self[letter]


_BARE = _Bare(str.maketrans({"Đ": "D", "đ": "d"}))


def nfc(text: str) -> str:
    """Return `text` composed (NFC), with look-alikes of Đ and đ replaced by the real letters."""
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", text)
    # To look for four letters takes a small part of the time that translating takes.
    if _LOOKALIKE.search(composed):
        return composed.translate(_LOOKALIKES)
    return composed


def stream_safe(text: str) -> str:
    """Return `text` in the stream-safe form of Unicode (UAX 15): no letter has endless marks."""
    return _HEAP.sub(rf"\g<0>{_JOINER}", text)


def strip_marks(text: str) -> str:
    """Return `text` without tone and vowel marks, đ as d; case and length in letters are kept."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", nfc(text).translate(_BARE))


def fold(text: str) -> str:
    """Return the key under which texts that differ in marks or case only are equal."""
    return strip_marks(text).casefold()
