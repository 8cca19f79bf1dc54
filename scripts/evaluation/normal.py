"""How texts are made comparable before they are scored.

Written apart from vnocr on purpose: a slip in the product must not hide itself by
being repeated in what judges it.
"""

from __future__ import annotations

import re
import unicodedata

_QUOTES = str.maketrans(
    dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛′", "'") | dict.fromkeys("‐‑‒–—―−", "-")
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below
_SYLLABLE = re.compile(r"[^\W\d_]+")
_EDGES = " \t-+•*;:,./"


def _tone_table() -> dict[str, str]:
    """Map "oà", "oè", "uỳ" and their kin to "òa", "òe", "ùy", in both cases."""
    table = {}
    for first, second in ("oa", "oe", "uy", "OA", "OE", "UY", "Oa", "Oe", "Uy"):
        for tone in _TONES:
            new = first + unicodedata.normalize("NFC", second + tone)
            table[new] = unicodedata.normalize("NFC", first + tone) + second
    return table


_OLD_STYLE = _tone_table()
# Only open syllables differ between the styles, and the u of "quý" belongs to its consonant.
_NEW_STYLE = re.compile(rf"(?<![qQ])({'|'.join(_OLD_STYLE)})(?![^\W\d_])")


def comparable(text: str) -> str:
    """Return `text` in NFC, tones the old way, quotes straight, hyphens plain, blanks folded.

    >>> comparable("“Hoà  bình” – thuý")
    '"Hòa bình" - thúy'
    """
    composed = unicodedata.normalize("NFC", text).translate(_QUOTES)
    return " ".join(_NEW_STYLE.sub(lambda found: _OLD_STYLE[found[0]], composed).split())


def tokens(text: str) -> list[str]:
    """Return the words of `text` as WER counts them: comparable, parted by blanks, case kept."""
    return comparable(text).split()


def syllables(text: str) -> list[str]:
    """Return the runs of letters of `text`, comparable, case kept."""
    return _SYLLABLE.findall(comparable(text))


def strip_marks(text: str) -> str:
    """Return `text` without any Vietnamese mark, đ as d."""
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare).translate(str.maketrans("Đđ", "Dd"))


def folded(text: str | None) -> str:
    """Return `text` comparable and without case; empty for None."""
    return comparable(text or "").casefold()


def entry(text: str | None) -> str:
    """Return a list entry (recipient, body) without case, bullet and closing punctuation."""
    return folded(text).strip(_EDGES)
