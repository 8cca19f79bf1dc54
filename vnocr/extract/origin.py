"""Deciding where a document comes from: issuer, the body above it, place and province."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vnocr.extract.head import Head
from vnocr.extract.issuers import Body
from vnocr.extract.ledger import Ledger, candidate, prior, trust
from vnocr.extract.naming import Naming
from vnocr.extract.signing import office_vote
from vnocr.extract.votes import weigh
from vnocr.model import Word
from vnocr.vietnamese.unicode import fold

_UNKNOWN_BODY = 0.6  # the name opens with no word that bodies are called by
_NOT_IN_SYMBOL = 0.85  # the symbol does not name the issuer: a line may be missing
_UNKNOWN_PLACE = 0.8
_PROVINCE_OF_BODY = 0.95
_PROVINCE_OF_PLACE = 0.9


def decide_issuer(head: Head, naming: Naming, ledger: Ledger) -> tuple[str | None, str | None]:
    """Return the issuer and the body above it."""
    agreement = 1.0 if _symbol_agrees(head, naming) else _NOT_IN_SYMBOL
    issuer = _settle_body(head, head.bodies[-1:], "issuer", agreement, ledger)
    parent = _settle_body(head, head.bodies[-2:-1], "issuer_parent", agreement, ledger)
    return issuer, parent


def _symbol_agrees(head: Head, naming: Naming) -> bool:
    """Whether the symbol names the issuer; True if there is no symbol to ask."""
    if head.number is None or head.number.symbol is None or not head.bodies:
        return True
    groups = [fold(group) for group in re.split(r"[-/]", head.number.symbol)]
    codes = {fold(code) for code in naming.codes(head.bodies[-1].name) if len(code) > 1}
    return any(group.startswith(code) for group in groups for code in codes)


def _settle_body(
    head: Head, bodies: Sequence[Body], name: str, agreement: float, ledger: Ledger
) -> str | None:
    if not bodies:
        return None
    body = bodies[0]
    words = _words(body)
    sure = prior(head, "issuer") * (1.0 if body.known else _UNKNOWN_BODY) * trust(words)
    sure *= agreement
    signed = office_vote(body.name, head.signatures, head.page)
    return ledger.settle(name, weigh([candidate(body.name, sure, head, words), *signed]))


def decide_place(head: Head, naming: Naming, date: str | None, ledger: Ledger) -> str | None:
    """Return the place of issue, spelled as on `date` if it is known."""
    if head.date is None or head.date.place is None:
        return None
    place, exact = naming.place(head.date.place, date)
    sure = prior(head, "place") * (1.0 if exact else _UNKNOWN_PLACE)
    return ledger.settle("place", weigh([candidate(place, sure, head, head.date.place_words)]))


def decide_province(
    head: Head, naming: Naming, place: str | None, date: str | None, ledger: Ledger
) -> str | None:
    """Return the province that the bodies name, or that the place of issue lies in."""
    votes = []
    for body in head.bodies:
        found = naming.province_in(body.name, date)
        if found is not None:
            votes.append(candidate(found, _PROVINCE_OF_BODY, head, _words(body)))
    if place is not None and head.date is not None:
        found = naming.province_in(place, date)
        if found is not None:
            votes.append(candidate(found, _PROVINCE_OF_PLACE, head, head.date.place_words))
    return ledger.settle("province", weigh(votes)) if votes else None


def _words(body: Body) -> list[Word]:
    return [word for span in body.spans for word in span.words]
