"""From the readings of the head to its fields, with evidence and problems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vnocr.extract.chronology import check_against_issuer
from vnocr.extract.head import Head
from vnocr.extract.identity import decide_date, decide_number, decide_type
from vnocr.extract.ledger import Ledger, candidate, prior, trust
from vnocr.extract.naming import Naming
from vnocr.extract.origin import decide_issuer, decide_place, decide_province
from vnocr.extract.subjects import subject_text
from vnocr.extract.titles import DocumentType
from vnocr.extract.votes import weigh
from vnocr.model import Evidence, Fields, Problem


@dataclass(frozen=True, slots=True)
class HeadFields:
    """The decided fields of the head with their evidence, and what went wrong."""

    fields: Fields
    evidence: dict[str, Evidence]
    problems: tuple[Problem, ...]


def decide_head(head: Head, naming: Naming, types: Sequence[DocumentType]) -> HeadFields:
    """Return the fields of the head. Fields that belong to the foot stay unset."""
    ledger = Ledger()
    kind, code = decide_type(head, naming, types, ledger)
    issuer, parent = decide_issuer(head, naming, ledger)
    number = decide_number(head, naming, code, ledger)
    date = _date_in_force(head, naming, decide_date(head, ledger), ledger)
    place = decide_place(head, naming, date, ledger)
    marks = _decide_marks(head, ledger)
    fields = Fields(
        number=number.number,
        serial=number.serial,
        symbol=number.symbol,
        type=kind,
        type_code=code,
        subject=_decide_subject(head, ledger),
        place=place,
        issue_date=date,
        issuer=issuer,
        issuer_parent=parent,
        province=decide_province(head, naming, place, date, ledger),
        security=marks.get("security"),
        urgency=marks.get("urgency"),
    )
    return HeadFields(fields, ledger.evidence, tuple(ledger.problems))


def _date_in_force(head: Head, naming: Naming, date: str | None, ledger: Ledger) -> str | None:
    """Return the date after the years in which the issuer's province bore its name were heard."""
    if date is None:
        return None
    provinces = (naming.province_in(body.name, None) for body in head.bodies)
    named = next((province for province in provinces if province), None)
    names = naming.gazetteer.names_of(named) if named else ()
    found, problem = check_against_issuer(ledger.evidence["issue_date"], names)
    ledger.evidence["issue_date"] = found
    ledger.problems.extend([problem] if problem else [])
    return found.candidates[0].value if found.candidates else date


def _decide_subject(head: Head, ledger: Ledger) -> str | None:
    text = subject_text(head.subject) if head.subject else None
    if text is None:
        return None
    words = [word for span in head.subject for word in span.words]
    # Every word must be right, so the mean of their confidences counts in full.
    sure = prior(head, "subject") * trust(words) ** 3
    return ledger.settle("subject", weigh([candidate(text, sure, head, words)]))


def _decide_marks(head: Head, ledger: Ledger) -> dict[str, str]:
    values: dict[str, str] = {}
    for mark in head.marks:
        words = mark.span.words
        sure = prior(head, "mark") * trust(words)
        ledger.settle(mark.field, weigh([candidate(mark.value, sure, head, words)]))
        values[mark.field] = mark.value
    return values
