"""The motto under the name of the state, whose every sign is fixed by law.

Its dashes are short strokes between wide blanks: recognisers drop, double or glue them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vnocr.model import Box, Line, Region, Word
from vnocr.vietnamese.unicode import fold

_MOTTO = ("Độc", "lập", "Tự", "do", "Hạnh", "phúc")
_KEYS = tuple(map(fold, _MOTTO))
_BEFORE_DASH = (1, 3)
_DASHES = "-–—_=~ "


def with_motto(line: Line) -> Line:
    """Return `line` with its dashes in place if it is the motto of a letterhead, else as it is.

    All six words must stand there, whatever their marks, and nothing but dashes between them.
    What was seen is kept: a lost dash is written after the word before it.
    """
    if line.region is not Region.HEADER_RIGHT:
        return line
    groups = _groups(line.words)
    if tuple(fold(group[0].text).strip(_DASHES) for group in groups) != _KEYS:
        return line
    words: list[Word] = []
    for place, (word, *dashes) in enumerate(groups):
        text = word.text.strip(_DASHES)
        if place not in _BEFORE_DASH:
            if dashes:
                return line
            words.append(replace(word, text=text))
        elif dashes:
            words += [replace(word, text=text), _one_dash(dashes)]
        else:
            words.append(replace(word, text=f"{text} -"))
    return replace(line, words=tuple(words))


def _groups(words: Sequence[Word]) -> list[list[Word]]:
    """Return each word with the dashes that stand after it."""
    groups: list[list[Word]] = []
    for word in words:
        if groups and not word.text.strip(_DASHES):
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _one_dash(dashes: Sequence[Word]) -> Word:
    seen = " ".join(word.seen for word in dashes)
    box = Box.around(word.box for word in dashes)
    return Word(seen, "-", box, min(word.confidence for word in dashes))
