"""Which of the pages that hold the words of a query answers it best.

Pages with the words as they were typed, marks and all, come first. Among them counts how
often the words stand there, saturated and set against the length of the page as in BM25
(Robertson and Walker, SIGIR 1994), and more so in the heading.
"""

from __future__ import annotations

from vnocr.catalog.candidates import Candidate, Found

_HEADING_WEIGHT = 4
_SATURATION, _LENGTH_WEIGHT = 1.2, 0.75
_USUAL_LENGTH = 2000  # letters of a full page


def rank(found: Found, phrases: list[str]) -> list[Candidate]:
    """Return the pages of `found`, the best first, by the folded `phrases` asked for.

    Pages that lack one are left out: PostgreSQL finds a phrase that begins in the heading
    and ends in the text, too.
    """
    scored = [
        (page.id in found.exact, score, page.id, page)
        for page in found.pages
        if (score := _score(page, phrases))
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
