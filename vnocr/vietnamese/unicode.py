"""Unicode forms of Vietnamese text: composition, look-alike letters, removal of marks."""

from __future__ import annotations

import unicodedata

# Eth and African D look like Đ and come from fonts and keyboards that lack it.
_LOOKALIKES = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"})
_BARE_D = str.maketrans({"Đ": "D", "đ": "d"})


def nfc(text: str) -> str:
    """Return `text` composed (NFC), with look-alikes of Đ and đ replaced by the real letters."""
    return unicodedata.normalize("NFC", text).translate(_LOOKALIKES)


def strip_marks(text: str) -> str:
    """Return `text` without tone and vowel marks, đ as d; case and length in letters are kept."""
    decomposed = unicodedata.normalize("NFD", nfc(text))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare).translate(_BARE_D)


def fold(text: str) -> str:
    """Return the key under which texts that differ in marks or case only are equal."""
    return strip_marks(text).casefold()
