"""What the digital signatures of a file say about its date, its issuer and its signer.

A document is dated before it is signed, as a rule by no more than some weeks. Files signed
much later were digitised or copied, and say nothing. A signature that is not intact is no
witness, and no chain of trust is claimed for those that are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from vnocr.extract.persons import Persons
from vnocr.model import Signature, Vote
from vnocr.vietnamese.unicode import fold

SIGNATURE = "digital signature"
_VIETNAM = timezone(timedelta(hours=7))
_WEEKS = 31  # days within which a signature follows the date
# How much likelier such a lag is if the date was read right than if it was misread.
_FOLLOWS, _PRECEDES = 2.5, 0.02
_SAME_OFFICE = 0.9
_SAME_PERSON, _PERSON_ALONE = 0.9, 0.75  # others sign a draft before it goes to the signer


def first_signed(signatures: Iterable[Signature]) -> date | None:
    """Return the day in Vietnam of the earliest intact signature, or None."""
    days = []
    for signature in signatures:
        if signature.intact and signature.signed_at:
            try:
                time = datetime.fromisoformat(signature.signed_at)
            except ValueError:
                continue
            days.append((time.astimezone(_VIETNAM) if time.tzinfo else time).date())
    return min(days, default=None)


def weigh_lag(votes: Sequence[Vote], signatures: Sequence[Signature]) -> list[Vote]:
    """Return votes for a date, surer where the first signature follows it, less before it."""
    signed = first_signed(signatures)
    if signed is None:
        return list(votes)
    return [_weighed(vote, signed) for vote in votes]


def _weighed(vote: Vote, signed: date) -> Vote:
    if vote.value is None:
        return vote
    lag = (signed - date.fromisoformat(vote.value)).days
    ratio = _PRECEDES if lag < 0 else _FOLLOWS if lag <= _WEEKS else 1.0
    odds = vote.confidence * ratio
    return replace(vote, confidence=odds / (odds + 1 - vote.confidence))


def office_vote(name: str, signatures: Iterable[Signature], page: int) -> list[Vote]:
    """Return a vote for the issuer `name` if an intact signature is that office's own.

    Another office's signature (the gazette, the office that copied) does not vote against.
    """
    for signature in signatures:
        if signature.intact and signature.signer and fold(signature.signer) == fold(name):
            return [Vote(name, _SAME_OFFICE, signature.signer, page, None, SIGNATURE)]
    return []


def person_vote(
    printed: str | None, signatures: Iterable[Signature], persons: Persons, page: int
) -> list[Vote]:
    """Return a vote for who signed by the certificate of a person.

    It bears out the printed name, whose marks it knows better. Where none could be read, the
    one person whose certificate signed is thought to be the signer.
    """
    names = {
        found.text: signature.signer
        for signature in signatures
        if signature.intact and signature.signer
        and (found := persons.find(signature.signer)) and found.alone and found.spelled
    }  # fmt: skip
    same = [name for name in names if printed and fold(name) == fold(printed)]
    if not same and (printed or len(names) != 1):
        return []
    (name,) = same[:1] or names
    sure = _SAME_PERSON if same else _PERSON_ALONE
    return [Vote(name, sure, names[name], page, None, SIGNATURE)]
