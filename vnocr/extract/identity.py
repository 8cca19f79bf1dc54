"""Deciding what identifies a document: its type, its number and its date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from vnocr.extract.dates import DateReading
from vnocr.extract.file_name import serial_vote
from vnocr.extract.head import Head
from vnocr.extract.ink import ink_votes
from vnocr.extract.ledger import FIGURES, Ledger, candidate, prior, trust
from vnocr.extract.naming import Naming
from vnocr.extract.printing import figure_height, look_of
from vnocr.extract.signing import weigh_lag
from vnocr.extract.symbol_check import CheckedSymbol, check_symbol, is_plausible, same_code
from vnocr.extract.titles import LETTER, DocumentType
from vnocr.extract.votes import weigh
from vnocr.model import Box, Candidate, Evidence, Vote, Word

_DOUBTFUL = 0.9  # a serial less sure than this hears the file name too
_TYPE_BY_SYMBOL = 0.95  # a code that agrees with the printed type
_TYPE_BY_SYMBOL_ALONE = 0.8
_TYPE_AGAINST_LETTER = 0.6  # a letter's symbol opens with its issuer, which may look like a type
_LETTER_BY_SYMBOL = 0.9
_LETTER_BY_UNKNOWN_SYMBOL = 0.6  # the first group stands neither for a type nor for the issuer
_LETTER_BY_SUBJECT = 0.95
_UNEXPECTED_GROUP = 0.93  # a group that type or issuer should imply is another
_REPAIRED_GROUP = 0.97
# Ink that touches print takes all trust from symbols that are read right nevertheless.
_LEAST_TRUST = 0.6
_LETTERED = 0.7  # "l6": a letter stands where a figure should
_UNPADDED_DATE = 0.9  # "ngày 5": the rules ask for 05, so a figure may have been lost
_UNPADDED_INK = 0.7


@dataclass(frozen=True, slots=True)
class NumberParts:
    """Number, serial and symbol as decided."""

    number: str | None = None
    serial: str | None = None
    symbol: str | None = None


def decide_type(
    head: Head, naming: Naming, types: Sequence[DocumentType], ledger: Ledger
) -> tuple[str | None, str | None]:
    """Return the type and its code; a letter has no code."""
    votes = []
    if head.type is not None:
        sure = prior(head, "type") * head.type.score**0.1
        votes.append(candidate(head.type.type.name, sure, head, head.type.words))
    votes.extend(_symbol_votes(head, types, _issuer_codes(head, naming)))
    if head.type is None and head.subject:
        votes.append(candidate(LETTER, _LETTER_BY_SUBJECT, head, head.subject[0].words))
    name = ledger.settle("type", weigh(votes))
    kind = next((kind for kind in types if kind.name == name), None)
    if kind is None or kind.name == LETTER:
        return name, None
    ledger.evidence["type_code"] = ledger.evidence["type"]
    groups = _groups(head)
    family = [code for other in _family(kind, types) for code in other.codes]
    return name, groups[0] if groups and groups[0] in family else kind.code


def _groups(head: Head) -> list[str]:
    symbol = head.number.symbol if head.number else None
    return [g for g in (symbol or "").replace("/", "-").split("-") if g and not g.isdigit()]


def _family(kind: DocumentType, types: Sequence[DocumentType]) -> list[DocumentType]:
    """Return `kind` and its special forms ("Hướng dẫn liên ngành" of "Hướng dẫn")."""
    return [other for other in types if f"{other.name} ".startswith(f"{kind.name} ")]


def _symbol_votes(
    head: Head, types: Sequence[DocumentType], issuer_codes: Iterable[str]
) -> list[Vote]:
    """Return what the symbol says about the type."""
    groups = _groups(head)
    if head.number is None or not groups:
        return []
    words = head.number.symbol_words
    printed = head.type.type if head.type else None
    kinds = [kind for kind in types if any(same_code(groups[0], code) for code in kind.codes)]
    if printed is not None and any(kind in kinds for kind in _family(printed, types)):
        return [candidate(printed.name, _TYPE_BY_SYMBOL, head, words)]
    if len(kinds) == 1:
        alone = printed is None and head.subject
        sure = _TYPE_AGAINST_LETTER if alone else _TYPE_BY_SYMBOL_ALONE
        return [candidate(kinds[0].name, sure, head, words)]
    if printed is None and len(groups) > 1:
        ours = any(same_code(groups[0], code) for code in issuer_codes)
        sure = _LETTER_BY_SYMBOL if ours else _LETTER_BY_UNKNOWN_SYMBOL
        return [candidate(LETTER, sure, head, words)]
    return []


def decide_number(head: Head, naming: Naming, code: str | None, ledger: Ledger) -> NumberParts:
    """Return the number; its serial is None when blank or unreadable."""
    reading = head.number
    if reading is None or reading.symbol is None:
        ledger.problem("number-not-found", "no number line in the letterhead", head.page)
        return NumberParts()
    checked = _check(head, naming, code, reading.symbol)
    if _borne_out(checked, letter=code is None):
        sure = prior(head, "symbol borne out")
    else:
        sure = prior(head, "symbol") * max(trust(reading.symbol_words), _LEAST_TRUST)
    sure *= _agreement(checked, letter=code is None) * is_plausible(checked.text)
    symbol = weigh([candidate(checked.text, sure, head, reading.symbol_words)])
    ledger.settle("symbol", symbol)
    words = reading.serial_words or reading.span.words[:1]
    figures = _figures_confidence(head, reading.serial_words)
    figures *= _LETTERED if reading.lettered else 1.0
    printed = candidate(reading.serial, figures, head, words)
    votes = [printed, *ink_votes(head.readings, "number")]
    serial = weigh(votes)
    if serial.confidence < _DOUBTFUL and symbol.value:
        serial = weigh([*votes, *serial_vote(head.file_name, symbol.value, head.page)])
    ledger.settle("serial", serial)
    # What cannot be a symbol is not given, but a person may still pick it.
    tail = f"{reading.joint}{checked.text}"
    joined = f"{serial.value}{tail}" if serial.value else None
    everything = tuple(dict.fromkeys((*reading.serial_words, *reading.symbol_words)))
    both = serial.confidence * symbol.confidence
    whole = replace(
        candidate(joined, both, head, everything),
        others=tuple(
            Candidate(f"{other.value}{tail}", other.probability * symbol.confidence)
            for other in serial.candidates
            if other.value != serial.value
        ),
    )
    ledger.settle("number", weigh([_by_same_hand(whole, ledger.evidence.get("serial"))]))
    if serial.value is None:
        _report_serial(head, ledger, blank=reading.blank)
    return NumberParts(joined if symbol.value else None, serial.value, symbol.value)


def _by_same_hand(whole: Vote, serial: Evidence | None) -> Vote:
    """Return the vote for the number under the name of whoever read its serial."""
    if serial is None or serial.source == whole.source:
        return whole
    box = Box.around((serial.box, whole.box))
    return replace(whole, raw=f"{serial.raw} | {whole.raw}", source=serial.source, box=box)


def _issuer_codes(head: Head, naming: Naming) -> frozenset[str]:
    return naming.codes(head.bodies[-1].name) if head.bodies else frozenset()


def _check(head: Head, naming: Naming, code: str | None, symbol: str) -> CheckedSymbol:
    bodies = _issuer_codes(head, naming)
    return check_symbol(symbol, (code,) if code else bodies, bodies, naming.inventory)


def _borne_out(checked: CheckedSymbol, *, letter: bool) -> bool:
    """Whether the symbol is what was to be expected, so that no misreading can have made it.

    A letter opens with its issuer and goes on with a unit, of which only the code is known.
    """
    follows = not checked.strangers if letter else checked.following_known
    return checked.opening_known and follows


def _agreement(checked: CheckedSymbol, *, letter: bool) -> float:
    """Return how far type and issuer bear the symbol out."""
    share = 1.0 if checked.opening_known else _UNEXPECTED_GROUP
    if not letter and not checked.following_known:  # a letter goes on with its drafting unit
        share *= _UNEXPECTED_GROUP
    return share * float(_REPAIRED_GROUP**checked.repaired)


def _figures_confidence(head: Head, words: Sequence[Word]) -> float:
    """Return how sure figures are that stand where offices often write by hand."""
    if not head.recognised:
        return FIGURES["clean"]
    line = head.date.span.words if head.date else ()
    look = look_of(words, figure_height(line))
    lowest = min((word.confidence for word in words), default=1.0)
    return FIGURES[look] * float(lowest ** (0.25 if look == "print" else 1.0))


def _report_serial(head: Head, ledger: Ledger, *, blank: bool) -> None:
    if blank and not head.recognised:
        message = "the number is blank: nothing stands between 'Số' and the symbol"
        ledger.problem("number-blank", message, head.page)
    else:
        message = "the number before the symbol could not be read (blank or written by hand)"
        ledger.problem("number-unread", message, head.page)


def decide_date(head: Head, ledger: Ledger) -> str | None:
    """Return the date of issue, ISO 8601, or None if a part is blank or unreadable."""
    reading, inked = head.date, ink_votes(head.readings, "date")
    if reading is None:
        if not inked:
            ledger.problem("date-not-found", "no place and date in the letterhead", head.page)
        return ledger.settle("issue_date", weigh(weigh_lag(inked, head.signatures)))
    sure = _figures_confidence(head, reading.figure_words)
    if not reading.padded:
        sure *= _UNPADDED_DATE if sure > FIGURES["unknown"] else _UNPADDED_INK
    words = reading.figure_words or reading.span.words
    printed = candidate(reading.iso, sure, head, words)
    votes = weigh_lag([printed, *inked], head.signatures)
    value = ledger.settle("issue_date", weigh(votes))
    if value is None:
        message = f"the date could not be read: {_lost(reading)} blank, by hand or impossible"
        ledger.problem("date-unread", message, head.page)
    return value


def _lost(reading: DateReading) -> str:
    parts = (("day", reading.day), ("month", reading.month), ("year", reading.year))
    return ", ".join(name for name, part in parts if part is None) or "day"
