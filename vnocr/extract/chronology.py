"""A witness against a date: a dispatch cannot rest on documents that are younger than it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from vnocr.extract.document import DocLine
from vnocr.extract.ledger import STAGE
from vnocr.model import Evidence, Problem
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
    issued: str, found: Evidence, lines: Sequence[DocLine]
) -> tuple[Evidence, Problem | None]:
    """Return the evidence of the date of issue, and a problem if `lines` cite a younger document.

    `issued` is ISO 8601; `lines` are those below the letterhead.
    """
    day = date.fromisoformat(issued)
    younger = [cited for cited in _cited(lines) if day < cited <= day + _REACH]
    if not younger:
        return found, None
    right = found.confidence * _BESIDE_RIGHT
    wrong = (1 - found.confidence) * _BESIDE_WRONG
    sure = round(right / (right + wrong), 3) if right + wrong else 0.0
    message = f"issue_date {issued}: the text rests on a document of {max(younger).isoformat()}"
    return replace(found, confidence=sure), Problem(STAGE, "younger-citation", message, found.page)


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
