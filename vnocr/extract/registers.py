"""The order of a register as a witness: within issuer, year and register numbers grow with dates.

The heaviest consistent chain of the documents of a register is taken for true; what stands
before and after a document on it bounds the document's number and date. Minima and maxima over
all would let one wrong neighbour poison the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import prod

from vnocr.extract.chain import Bounds, Chain, Place, heaviest_chain
from vnocr.extract.heeding import SOURCE, Heard, heard, heard_before, number_of
from vnocr.extract.heeding import figures as figures_of
from vnocr.extract.ledger import STAGE
from vnocr.extract.review import review
from vnocr.model import Candidate, Dispatch, Evidence, Problem
from vnocr.vietnamese.unicode import fold

_LEAST = 4  # documents on a chain before it is a witness
_DISORDER = 0.25  # with more of the sure ones beside the chain, the register is no register
_SURE = 0.9
_STATED = 0.6  # a date or number less sure bounds nothing and is no ground for a bound
_TRIED_PLACES, _TRIED_DAYS = 4, 3
_CHANCE = 0.05  # of another kind's numbers to fall into a register that is not theirs
_TRIED = 20  # documents that a register is thought to have had, one of them out of turn
_DOUBT = 0.05  # of a difference of confidence worth a new record


def heed_registers(
    dispatches: Mapping[str, Dispatch], review_below: float = 0.9
) -> dict[str, Dispatch]:
    """Return those of `dispatches` that the order of their registers changes, by their key.

    It picks among the values that the readers thought possible, and makes what stands surer
    or less sure; a number that breaks the order is reported. What a person has corrected bounds
    the others and stays. To hear the same witness again changes nothing.
    """
    changed: dict[str, Dispatch] = {}
    for group in _joined(_registers(dispatches), dispatches):
        if len(group) <= _LEAST:
            continue
        chain = _chain(group, dispatches)
        beside, known = chain.beside(_SURE)
        if len(chain.places) < _LEAST or beside > _DISORDER * known:
            continue
        for key in group:
            if dispatches[key].corrected is not None:
                continue
            found = _heed(key, dispatches[key], chain, review_below)
            if found != dispatches[key]:
                changed[key] = found
    return changed


def _registers(dispatches: Mapping[str, Dispatch]) -> dict[tuple[str, ...], list[str]]:
    """Return the keys of the documents of each register: one issuer, year and kind of symbol."""
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, dispatch in dispatches.items():
        fields = dispatch.fields
        if not (fields.issuer and fields.issue_date and fields.symbol):
            continue
        if not all(_thought(dispatch, name) for name in ("serial", "issue_date")):
            continue
        names = fold(f"{fields.issuer_parent or ''} {fields.issuer}")
        kind = fields.type_code or "letter"  # letters are registered together
        groups[names, fields.issue_date[:4], fold(kind)].append(key)
    return groups


def _joined(
    groups: Mapping[tuple[str, ...], list[str]], dispatches: Mapping[str, Dispatch]
) -> Iterator[list[str]]:
    """Yield the documents of each register; kinds whose numbers run on together share one.

    Offices choose which kinds they number together: many keep one register for letters,
    reports and plans, and others for decisions and for invitations.
    """
    years: dict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    for (*office, _), group in groups.items():
        years[tuple(office)].append(group)
    for kinds in years.values():
        largest, *others = sorted(kinds, key=len, reverse=True)
        chain = _chain(largest, dispatches) if others else None
        for other in others:
            if chain and _runs_on(chain, [_stated(key, dispatches[key]) for key in other]):
                largest = largest + other
                chain = _chain(largest, dispatches)
            else:
                yield other
        yield largest


def _runs_on(chain: Chain, others: Sequence[Sequence[Place]]) -> bool:
    """Whether the surest of `others` stand where `chain` has room for them, and not by chance."""
    known = [stated[0] for stated in others if stated[0].sure >= _STATED]
    bounds = [chain.numbers_around(place) for place in known]
    fitting = [b.share for place, b in zip(known, bounds, strict=True) if b.hold(place.number)]
    misfits = len(known) - len(fitting)
    return prod(fitting) < _CHANCE and misfits <= _DISORDER * len(known)


def _chain(group: Sequence[str], dispatches: Mapping[str, Dispatch]) -> Chain:
    return heaviest_chain([_stated(key, dispatches[key]) for key in group])


def _thought(dispatch: Dispatch, name: str) -> tuple[Candidate, ...]:
    """Return what the field `name` may be, as thought before its register was heard."""
    found, value = dispatch.evidence.get(name), getattr(dispatch.fields, name)
    if heard_before(found):
        return heard_before(found)
    return (Candidate(value, found.confidence if found else 1.0),) if value else ()


def _stated(key: str, dispatch: Dispatch) -> list[Place]:
    """Return where a document may stand in its register, as first read before all others."""
    return [
        Place(key, figures_of(day.value), number_of(one.value), one.probability, day.probability)
        for day in _thought(dispatch, "issue_date")[:_TRIED_DAYS]
        for one in _thought(dispatch, "serial")[:_TRIED_PLACES]
    ]


def _heed(key: str, dispatch: Dispatch, chain: Chain, review_below: float) -> Dispatch:
    own = chain.own(key)
    found = dispatch
    if own.day_sure >= _STATED:
        bounds = chain.numbers_around(own)
        found = _with(found, "serial", _told(found.evidence.get("serial"), bounds, chain))
    if own.number_sure >= _STATED:
        bounds = chain.days_around(own)
        found = _with(found, "issue_date", _told(found.evidence.get("issue_date"), bounds, chain))
    if found == dispatch:
        return dispatch
    problems = tuple(problem for problem in found.problems if problem.kind != "needs-review")
    doubts = tuple(review(found.fields, found.evidence, review_below))
    return replace(found, problems=problems + doubts)


def _told(found: Evidence | None, bounds: Bounds, chain: Chain) -> Heard | None:
    if found is None or bounds.empty or not heard_before(found):
        return None
    beside, known = chain.beside(_SURE)
    told = heard(found, bounds, (1 + beside) / (_TRIED + known))
    again = any(vote.source == SOURCE for vote in found.votes)
    same = told.value == _value(found) and abs(told.confidence - found.confidence) < _DOUBT
    return None if same and not again and not told.against else told


def _value(found: Evidence) -> str | None:
    return found.candidates[0].value if found.candidates else None


def _with(dispatch: Dispatch, name: str, told: Heard | None) -> Dispatch:
    """Return `dispatch` with its field `name` as decided after the register was heard."""
    if told is None:
        return dispatch
    before = dispatch.evidence[name]
    evidence = {**dispatch.evidence, name: told.evidence}
    if name == "serial":
        joined, evidence["number"] = _number(dispatch, before, told)
        fields = replace(dispatch.fields, serial=told.value, number=joined)
    else:
        fields = replace(dispatch.fields, issue_date=told.value)
    problems = tuple(one for one in dispatch.problems if not _of_register(one, name))
    if told.against or told.value != heard_before(before)[0].value:
        message = f"{name} {told.value}: {told.reason}"
        problems += (Problem(STAGE, "register-order", message, before.page),)
    return replace(dispatch, fields=fields, evidence=evidence, problems=problems)


def _of_register(problem: Problem, name: str) -> bool:
    return problem.kind == "register-order" and problem.message.startswith(f"{name} ")


def _number(dispatch: Dispatch, before: Evidence, told: Heard) -> tuple[str | None, Evidence]:
    """Return the number that goes with the serial `told`, and its evidence."""
    symbol = dispatch.fields.symbol or ""
    sure = dispatch.evidence["symbol"].confidence if "symbol" in dispatch.evidence else 1.0
    former = dispatch.fields.number or ""
    joint = "-" if former.endswith(f"-{symbol}") else "/"
    whole = dispatch.evidence.get("number", before)
    candidates = tuple(
        replace(one, value=f"{one.value}{joint}{symbol}", probability=one.probability * sure)
        for one in told.evidence.candidates
    )
    confidence = round(told.confidence * sure, 3)
    number = replace(whole, confidence=confidence, candidates=candidates)
    return (f"{told.value}{joint}{symbol}" if told.value and symbol else None), number
