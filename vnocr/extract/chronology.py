"""Witnesses against a date: younger documents that it rests on, an issuer not in force then."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from vnocr.extract.document import DocLine
from vnocr.extract.ledger import STAGE
from vnocr.extract.places import Place
from vnocr.model import Candidate, Evidence, Problem
from vnocr.vietnamese.unicode import fold

_BASIS = re.compile(r"^\W*(?:can cu|thuc hien|theo|xet)\b")
_CITED = re.compile(
    r"ngay\s+(\d{1,2})\s?(?:[/.-]\s?|\s+thang\s+)(\d{1,2})\s?(?:[/.-]\s?|\s+nam\s+)(\d{4})\b"
)
_MAX_LINES = 40
# A date further ahead is a misread year of the citation, not a misread day of the dispatch.
_REACH = timedelta(days=366)
# How often such a witness is met: beside a right date (then the witness is misread), and
# beside a wrong one.
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
    message = f"the text rests on a document of {max(younger).isoformat()}"
    return _weighed_anew(
        found, lambda day: bool(_younger(day, cited)), ("younger-citation", message)
    )


def check_against_issuer(
    found: Evidence, names: Sequence[Place]
) -> tuple[Evidence, Problem | None]:
    """Return the evidence of the date of issue, and a problem if its province was not in force.

    `names` are the spans of time in which the province of the issuer bore its name. The
    candidates are weighed anew as in `check_against_citations`.
    """

    def outside(day: str) -> bool:
        return not any(place.valid_on(day) for place in names)

    if not names or not found.candidates or not outside(found.candidates[0].value):
        return found, None
    years = ", ".join(f"{place.since or '...'} to {place.until or 'today'}" for place in names)
    message = f"{names[0].name} was the name of a province from {years}"
    return _weighed_anew(found, outside, ("issuer-not-in-force", message))


def _weighed_anew(
    found: Evidence, against: Callable[[str], bool], reason: tuple[str, str]
) -> tuple[Evidence, Problem]:
    issued = found.candidates[0].value
    weights = {
        one.value: one.probability * (_BESIDE_RIGHT if against(one.value) else 1 - _BESIDE_RIGHT)
        for one in found.candidates
    }
    left = max(0.0, 1 - sum(one.probability for one in found.candidates))
    total = sum(weights.values()) + left * _BESIDE_WRONG
    ranked = sorted(weights, key=lambda value: -weights[value])
    candidates = tuple(Candidate(value, round(weights[value] / total, 4)) for value in ranked)
    kind, message = reason
    sure = round(candidates[0].probability, 3)
    return (
        replace(found, confidence=sure, candidates=candidates),
        Problem(STAGE, kind, f"issue_date {issued}: {message}", found.page),
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
