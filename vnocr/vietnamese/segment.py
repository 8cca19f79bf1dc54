"""Compound words by underthesea, loaded when first needed (about 0.6 s)."""

from __future__ import annotations


def compounds(text: str) -> list[str]:
    """Return the words of `text`; the syllables of a compound are joined by blanks."""
    from underthesea import word_tokenize

    words: list[str] = word_tokenize(text)
    return words
