"""What of a document a person should decide, and between which values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from vnocr.extract.review import REVIEWED
from vnocr.model import Box, Dispatch, Evidence, Fields

# Keys 1 to 9 pick one.
_MOST_CHOICES = 9
# Asked for only where they were read and are unsure.
_SIGNER = "signer.name"
_ALSO = ("subject", _SIGNER)
# A seal is 36 mm across; the name stands below it.
_SIGNATURE_INCHES = 1.8


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field that is missing or unsure: where it stands, and what it may be.

    `start` is what a person goes on from who writes another value.
    """

    field: str
    value: str | None
    raw: str
    confidence: float
    page: int
    box: Box | None
    choices: tuple[str, ...]
    start: str


def find_doubts(dispatch: Dispatch, below: float) -> tuple[Doubt, ...]:
    """Return the doubts of `dispatch`: the fields an archive is searched by, then others."""
    missing = [name for name in REVIEWED if _is_open(dispatch, name, below)]
    unsure = [
        name
        for name in _ALSO
        if (found := evidence_of(dispatch, name)) and found.confidence < below
    ]
    return tuple(_doubt(dispatch, name) for name in (*missing, *unsure))


def evidence_of(dispatch: Dispatch, name: str) -> Evidence | None:
    """Return the evidence of field `name`; the parts of the signer share theirs."""
    return dispatch.evidence.get(name.partition(".")[0])


def _is_open(dispatch: Dispatch, name: str, below: float) -> bool:
    """Whether a reviewed field must be decided; one a person left empty is decided."""
    found = dispatch.evidence.get(name)
    if getattr(dispatch.fields, name) is None or found is None:
        return not (dispatch.corrected and name in _decided(dispatch))
    return found.confidence < below


def _decided(dispatch: Dispatch) -> set[str]:
    corrections = dispatch.corrected.corrections if dispatch.corrected else ()
    undone = {one.target for one in corrections if one.kind == "undo"}
    names: set[str] = set()
    for one in corrections:
        if one.uid not in undone:
            names |= {one.target} if one.kind == "field" else set()
            names |= set(one.after) if one.kind == "approval" else set()
    return names


def _doubt(dispatch: Dispatch, name: str) -> Doubt:
    read = evidence_of(dispatch, name)
    found = read or _place_of(dispatch, name)
    value = shown_value(dispatch.fields, name)
    choices = tuple(dict.fromkeys(_choices(dispatch, name, value)))[:_MOST_CHOICES]
    return Doubt(
        field=name,
        value=value,
        raw=found.raw,
        confidence=found.confidence if read else 0.0,
        page=found.page,
        box=_down_to_the_name(dispatch, found) if name == _SIGNER and not value else found.box,
        choices=choices,
        start=value or _begun(dispatch.fields, name),
    )


def shown_value(fields: Fields, name: str) -> str | None:
    """Return the value of field `name` as one text, None if it is unknown."""
    whole, _, part = name.partition(".")
    value = getattr(fields, whole)
    if whole == "signer":
        value = getattr(value, part)
    if isinstance(value, tuple):
        return "; ".join(value) or None
    return value or None


def _begun(fields: Fields, name: str) -> str:
    return f"/{fields.symbol}" if name == "number" and fields.symbol else ""


def _down_to_the_name(dispatch: Dispatch, found: Evidence) -> Box | None:
    """Return the box of the signer's title with what stands below: signature, seal and name."""
    page = next((page for page in dispatch.pages if page.number == found.page), None)
    if found.box is None or page is None or not page.dpi:
        return found.box
    bottom = found.box.bottom + round(_SIGNATURE_INCHES * page.dpi)
    return replace(found.box, bottom=min(bottom, page.height or bottom))


def _place_of(dispatch: Dispatch, name: str) -> Evidence:
    """Where a field that was not read may stand: a serial is left of its symbol."""
    near = dispatch.evidence.get("symbol") if name == "number" else None
    if near is None or near.box is None:
        return near or Evidence(1, None, "", 0.0, "")
    box = near.box
    return replace(near, box=replace(box, left=max(0, box.left - 2 * box.width)))


def _choices(dispatch: Dispatch, name: str, value: str | None) -> Iterator[str]:
    if value:
        yield value
    found = evidence_of(dispatch, name)
    yield from (one.value for one in found.candidates) if found else ()
    if name != "number":
        return
    serial, symbol = dispatch.evidence.get("serial"), dispatch.fields.symbol
    joint = "-" if value and "-" in value.split("/")[0] else "/"
    if serial and symbol:
        yield from (
            f"{one.value}{joint}{ending}"
            for ending in (symbol, *_by_type(symbol, dispatch.fields.type_code))
            for one in serial.candidates
        )


def _by_type(symbol: str, code: str | None) -> Iterator[str]:
    """Yield `symbol` as a document of its type has it: Đ-UBND is QĐ-UBND on a Quyết định."""
    opening, dash, rest = symbol.partition("-")
    if code and opening != code and dash and set(opening.upper()) & set(code):
        yield f"{code}-{rest}"
