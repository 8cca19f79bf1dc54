"""Which of the pages that hold the words of a query answers it best.

Pages with the words as they were typed, marks and all, come first. Among them counts how
often the words stand there, saturated and set against the length of the page as in BM25
(Robertson and Walker, SIGIR 1994), and more so in the heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from vnocr.catalog.candidates import Candidate
from vnocr.vietnamese.unicode import nfc

_BETWEEN = r"[\W_]+"
_HEADING_WEIGHT = 4
_SATURATION, _LENGTH_WEIGHT = 1.2, 0.75
_USUAL_LENGTH = 2000  # letters of a full page


def rank(pages: Iterable[Candidate], exact: list[str], folded: list[str]) -> list[Candidate]:
    """Return those of `pages` that hold all phrases `folded`, the best first.

    `exact` are the same phrases with their marks, in lower case.
    """
    marked = [_pattern(phrase) for phrase in exact] if exact != folded else []
    scored = [
        (bool(marked) and _holds_exactly(page, marked), score, page.id, page)
        for page in pages
        if (score := _score(page, folded))
    ]
    scored.sort(key=lambda entry: entry[:3], reverse=True)
    return [page for *_, page in scored]


def _score(page: Candidate, phrases: list[str]) -> float:
    """Return how well `page` answers; 0 if it lacks one of `phrases`."""
    text, heading = f" {page.folded} ", f" {page.heading} "
    usual = 1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * len(page.folded) / _USUAL_LENGTH
    total = 0.0
    for phrase in phrases:
        wanted = f" {phrase} "
        count = text.count(wanted) + _HEADING_WEIGHT * heading.count(wanted)
        if not count:
            return 0.0
        total += count / (count + _SATURATION * usual)
    return total


def _pattern(phrase: str) -> re.Pattern[str]:
    """Return what finds `phrase` between words.

    It begins with letters, which `re` looks for many times quicker than for a place
    between words; that there is such a place before them is asked afterwards.
    """
    first, *others = phrase.split()
    words = [f"{first}(?<![^\\W_]{first})", *others]
    return re.compile(rf"{_BETWEEN.join(words)}(?![^\W_])")


def _holds_exactly(page: Candidate, patterns: list[re.Pattern[str]]) -> bool:
    text = nfc(page.text).lower()
    return all(pattern.search(text) for pattern in patterns)
