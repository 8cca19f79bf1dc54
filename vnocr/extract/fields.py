"""From the readings of the head to its fields: votes, evidence and problems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vnocr.extract.head import Head
from vnocr.extract.naming import Naming
from vnocr.extract.symbol_check import CheckedSymbol, check_symbol
from vnocr.extract.titles import LETTER, DocumentType, subject_text
from vnocr.extract.votes import Candidate, Decision, weigh
from vnocr.model import Box, Evidence, Fields, Problem, Word
from vnocr.vietnamese.unicode import fold

STAGE = "extract"
PRINTED = "printed text"
Ballots = dict[str, list[Candidate]]

# How often a reading is right when nothing speaks against it: from clean text, and from a
# recogniser, where ink in the slots is often misread as print.
_PRIOR = {
    "serial": (0.99, 0.75),
    "symbol": (0.98, 0.94),
    "issue_date": (0.99, 0.80),
    "type": (0.995, 0.985),
    "issuer": (0.98, 0.96),
    "place": (0.98, 0.96),
    "subject": (0.96, 0.92),
    "mark": (0.95, 0.92),
}


@dataclass(frozen=True, slots=True)
class HeadFields:
    """The decided fields of the head with their evidence, and what went wrong."""

    fields: Fields
    evidence: dict[str, Evidence]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Ledger:
    """Collects decisions while the fields are decided one after the other."""

    evidence: dict[str, Evidence] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def settle(self, name: str, decision: Decision) -> str | None:
        """Note the evidence of a decision; return its value."""
        evidence = decision.evidence()
        if evidence is not None:
            self.evidence[name] = evidence
        if decision.contested:
            values = ", ".join(sorted({v.value for v in decision.votes if v.value is not None}))
            page = decision.votes[0].page
            self.problem("conflict", f"{name}: readings disagree ({values})", page)
        return decision.value

    def problem(self, kind: str, message: str, page: int) -> None:
        """Note a problem."""
        self.problems.append(Problem(STAGE, kind, message, page))


def decide_head(head: Head, naming: Naming, types: Sequence[DocumentType]) -> HeadFields:
    """Return the fields of the head. Fields that belong to the signature stay unset."""
    ledger = _Ledger()
    kind = _decide_type(head, types, ledger)
    issuer, parent = _decide_issuer(head, ledger)
    number = _decide_number(head, naming, kind, ledger)
    date = _decide_date(head, ledger)
    place = _decide_place(head, naming, date, ledger)
    province = _decide_province(head, naming, (parent, issuer, place, date), ledger)
    marks = _decide_marks(head, ledger)
    fields = Fields(
        number=number[0],
        serial=number[1],
        symbol=number[2],
        type=kind.name if kind else None,
        type_code=kind.code if kind and kind.name != LETTER else None,
        subject=_decide_subject(head, ledger),
        place=place,
        issue_date=date,
        issuer=issuer,
        issuer_parent=parent,
        province=province,
        security=marks.get("security"),
        urgency=marks.get("urgency"),
    )
    return HeadFields(fields, ledger.evidence, tuple(ledger.problems))


def _prior(head: Head, name: str) -> float:
    clean, printed = _PRIOR[name]
    return printed if head.printed else clean


def _trust(words: Iterable[Word]) -> float:
    """How far the recogniser trusted itself over `words`."""
    scores = [word.confidence for word in words]
    return sum(scores) / len(scores) if scores else 1.0


def _candidate(
    value: str | None, confidence: float, head: Head, words: Sequence[Word]
) -> Candidate:
    raw = " ".join(word.seen for word in words)
    box = Box.around(word.box for word in words)
    return Candidate(value, confidence, raw, head.page, box, PRINTED)


def _decide_type(head: Head, types: Sequence[DocumentType], ledger: _Ledger) -> DocumentType | None:
    by_name = {kind.name: kind for kind in types}
    votes = []
    if head.type is not None:
        confidence = _prior(head, "type") * head.type.score**0.1
        votes.append(_candidate(head.type.type.name, confidence, head, head.type.words))
    votes.extend(_symbol_votes(head, types))
    if head.type is None and head.subject:
        words = head.subject[0].words
        votes.append(_candidate(LETTER, 0.95, head, words))
    decision = weigh(votes)
    value = ledger.settle("type", decision)
    if "type" in ledger.evidence and head.type is not None:
        ledger.evidence["type_code"] = ledger.evidence["type"]
    return by_name.get(value) if value else None


def _symbol_votes(head: Head, types: Sequence[DocumentType]) -> list[Candidate]:
    """Return what the symbol says about the type."""
    if head.number is None or head.number.symbol is None:
        return []
    groups = [g for g in head.number.symbol.replace("/", "-").split("-") if not g.isdigit()]
    if not groups:
        return []
    printed = head.type.type if head.type else None
    kinds = [kind for kind in types if any(fold(groups[0]) == fold(c) for c in kind.codes)]
    words = head.number.symbol_words
    if printed in kinds:
        return [_candidate(printed.name, 0.95, head, words)] if printed else []
    if len(kinds) == 1:
        # A letter's symbol opens with its issuer, which may look like the code of a type.
        confidence = 0.6 if head.subject and printed is None else 0.8
        return [_candidate(kinds[0].name, confidence, head, words)]
    if printed is None and len(groups) > 1:
        return [_candidate(LETTER, 0.9, head, words)]
    return []


def _decide_issuer(head: Head, ledger: _Ledger) -> tuple[str | None, str | None]:
    names: list[str | None] = [None, None]
    for place, name in ((-1, "issuer"), (-2, "issuer_parent")):
        if len(head.bodies) < -place:
            continue
        body = head.bodies[place]
        words = [word for span in body.spans for word in span.words]
        sure = _prior(head, "issuer") * (1.0 if body.known else 0.6) * _trust(words) ** 0.3
        names[place] = ledger.settle(name, weigh([_candidate(body.name, sure, head, words)]))
    return names[-1], names[-2]


def _decide_number(
    head: Head, naming: Naming, kind: DocumentType | None, ledger: _Ledger
) -> tuple[str | None, str | None, str | None]:
    reading = head.number
    if reading is None or reading.symbol is None:
        ledger.problem("number-not-found", "no number line in the letterhead", head.page)
        return None, None, None
    checked = _check(head, naming, kind, reading.symbol)
    sure = _prior(head, "symbol") * _trust(reading.symbol_words) ** 0.3
    sure *= 1.0 if checked.expected else 0.85
    symbol = weigh([_candidate(checked.text, sure, head, reading.symbol_words)])
    ledger.settle("symbol", symbol)
    words = reading.serial_words or reading.span.words[:1]
    sure = _prior(head, "serial") * _trust(reading.serial_words)
    serial = weigh([_candidate(reading.serial, sure, head, words)])
    ledger.settle("serial", serial)
    joined = f"{serial.value}{reading.joint}{symbol.value}" if serial.value else None
    both = serial.confidence * symbol.confidence
    everything = (*reading.serial_words, *reading.symbol_words)
    ledger.settle("number", weigh([_candidate(joined, both, head, everything)]))
    if serial.value is None:
        ledger.problems.append(_missing_serial(head, blank=reading.blank))
    return joined, serial.value, symbol.value


def _missing_serial(head: Head, *, blank: bool) -> Problem:
    if blank and not head.printed:
        message = "the number is blank: nothing stands between 'Số' and the symbol"
        return Problem(STAGE, "number-blank", message, head.page)
    message = "the number before the symbol could not be read (blank or written by hand)"
    return Problem(STAGE, "number-unread", message, head.page)


def _check(head: Head, naming: Naming, kind: DocumentType | None, symbol: str) -> CheckedSymbol:
    bodies: set[str] = set()
    for body in head.bodies[-1:]:
        bodies |= naming.codes(body.name)
    letter = kind is None or kind.name == LETTER
    return check_symbol(symbol, bodies if letter else kind.codes if kind else (), bodies)


def _decide_date(head: Head, ledger: _Ledger) -> str | None:
    reading = head.date
    if reading is None:
        ledger.problem("date-not-found", "no place and date in the letterhead", head.page)
        return None
    sure = _prior(head, "issue_date") * min(
        (word.confidence for word in reading.figure_words), default=1.0
    )
    if not reading.padded:
        sure *= 0.7
    words = reading.figure_words or reading.span.words
    value = ledger.settle("issue_date", weigh([_candidate(reading.iso, sure, head, words)]))
    if value is None:
        parts = (("day", reading.day), ("month", reading.month), ("year", reading.year))
        lost = ", ".join(name for name, part in parts if part is None) or "day"
        message = f"the date could not be read: {lost} blank, written by hand or impossible"
        ledger.problem("date-unread", message, head.page)
    return value


def _decide_place(head: Head, naming: Naming, date: str | None, ledger: _Ledger) -> str | None:
    if head.date is None or head.date.place is None:
        return None
    place, exact = naming.place(head.date.place, date)
    sure = _prior(head, "place") * (1.0 if exact else 0.8)
    words = head.date.place_words
    return ledger.settle("place", weigh([_candidate(place, sure, head, words)]))


def _decide_province(
    head: Head,
    naming: Naming,
    known: tuple[str | None, str | None, str | None, str | None],
    ledger: _Ledger,
) -> str | None:
    parent, issuer, place, date = known
    votes = []
    for body in head.bodies:
        found = naming.province_in(body.name, date)
        if found is not None:
            words = [word for span in body.spans for word in span.words]
            votes.append(_candidate(found, 0.95, head, words))
    if place is not None and head.date is not None and not naming.is_central(parent or issuer):
        found = naming.province_in(place, date)
        if found is not None:
            votes.append(_candidate(found, 0.9, head, head.date.place_words))
    return ledger.settle("province", weigh(votes)) if votes else None


def _decide_subject(head: Head, ledger: _Ledger) -> str | None:
    text = subject_text(head.subject) if head.subject else None
    if text is None:
        return None
    words = [word for span in head.subject for word in span.words]
    sure = _prior(head, "subject") * _trust(words)
    return ledger.settle("subject", weigh([_candidate(text, sure, head, words)]))


def _decide_marks(head: Head, ledger: _Ledger) -> dict[str, str]:
    values = {}
    for mark in head.marks:
        sure = _prior(head, "mark") * _trust(mark.span.words) ** 0.3
        ledger.settle(mark.field, weigh([_candidate(mark.value, sure, head, mark.span.words)]))
        values[str(mark.field)] = mark.value
    return values
