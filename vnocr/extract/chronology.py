"""A witness against a date: a dispatch cannot rest on documents that are younger than it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from vnocr.extract.document import DocLine
from vnocr.extract.ledger import STAGE
from vnocr.model import Candidate, Evidence, Problem
from vnocr.vietnamese.unicode import fold

_BASIS = re.compile(r"^\W*(?:can cu|thuc hien|theo|xet)\b")
_CITED = re.compile(
    r"ngay\s+(\d{1,2})\s?(?:[/.-]\s?|\s+thang\s+)(\d{1,2})\s?(?:[/.-]\s?|\s+nam\s+)(\d{4})\b"
)
_MAX_LINES = 40
# A date further ahead is a misread year of the citation, not a misread day of the dispatch.
_REACH = timedelta(days=366)
# How often a younger citation is met: beside a right date (then the citation is misread),
# and beside a wrong one.
_BESIDE_RIGHT = 0.04
_BESIDE_WRONG = 0.30


def check_against_citations(
    found: Evidence, lines: Sequence[DocLine]
) -> tuple[Evidence, Problem | None]:
    """Return the evidence of the date of issue, and a problem if `lines` cite a younger document.

    The candidates are weighed anew, and the likeliest may be another than before; `lines` are
    those below the letterhead.
    """
    cited = list(_cited(lines))
    if not found.candidates or not (younger := _younger(found.candidates[0].value, cited)):
        return found, None
    issued = found.candidates[0].value
    weights = {
        one.value: one.probability
        * (_BESIDE_RIGHT if _younger(one.value, cited) else 1 - _BESIDE_RIGHT)
        for one in found.candidates
    }
    left = max(0.0, 1 - sum(one.probability for one in found.candidates))
    total = sum(weights.values()) + left * _BESIDE_WRONG
    ranked = sorted(weights, key=lambda value: -weights[value])
    candidates = tuple(Candidate(value, round(weights[value] / total, 4)) for value in ranked)
    message = f"issue_date {issued}: the text rests on a document of {max(younger).isoformat()}"
    sure = round(candidates[0].probability, 3)
    return (
        replace(found, confidence=sure, candidates=candidates),
        Problem(STAGE, "younger-citation", message, found.page),
    )


def _younger(issued: str, cited: Iterable[date]) -> list[date]:
    day = date.fromisoformat(issued)
    return [one for one in cited if day < one <= day + _REACH]


def _cited(lines: Sequence[DocLine]) -> Iterator[date]:
    """Yield the dates of the documents that the opening of the body rests on."""
    basis = ""
    for line in lines[:_MAX_LINES]:
        key = fold(line.text)
        basis = f"{basis} {key}" if basis and not _BASIS.match(key) else key
        if not _BASIS.match(basis):
            basis = ""
        elif line.text.endswith((";", ".", ":")):
            yield from _dates(basis)
            basis = ""
    yield from _dates(basis)


def _dates(text: str) -> Iterator[date]:
    for match in _CITED.finditer(text):
        day, month, year = map(int, match.groups())
        try:
            yield date(year, month, day)
        except ValueError:
            continue  # misread: no such day
