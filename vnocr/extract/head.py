"""Everything that is read in the head of the first page, before votes are weighed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from vnocr.extract.columns import HeadSpan, head_spans
from vnocr.extract.dates import DateReading, find_date
from vnocr.extract.issuers import Body, find_bodies
from vnocr.extract.marks import Mark, find_marks
from vnocr.extract.naming import Naming
from vnocr.extract.number import NumberReading, find_number
from vnocr.extract.spans import LineSpan
from vnocr.extract.subjects import find_letter_subject, find_title_subject, opens_body
from vnocr.extract.titles import DocumentType, TypeReading, find_type
from vnocr.model import Reading, Signature

_CAPITALS = 0.85  # share of capitals in a line of capitals, misreadings allowed for


@dataclass(frozen=True, slots=True)
class Head:
    """The readings of one page's head; what was not found is None or empty."""

    page: int
    recognised: bool  # from an image, so that misreadings must be expected
    number: NumberReading | None
    date: DateReading | None
    bodies: tuple[Body, ...]
    type: TypeReading | None
    subject: tuple[LineSpan, ...]
    marks: tuple[Mark, ...]
    end: int  # index of the last line of the head, -1 if there is none
    readings: tuple[Reading, ...]  # of ink in the number and the date
    signatures: tuple[Signature, ...]
    file_name: str = ""


def read_head(doc: Doc, page: int, naming: Naming, types: Sequence[DocumentType]) -> Head:
    """Return what stands in the head of `page`."""
    spans = head_spans(doc, page)
    origin = next((p.origin for p in doc._.vnocr_pages if p.number == page), "text")
    number = find_number(spans, as_seen=origin != "legacy-text-layer")
    date = find_date(spans)
    below = _place(spans, number.span if number else date.span if date else None)
    kind = find_type(spans, below or 0, types)
    if kind is not None:
        title = kind.title(spans[kind.place].span)
        subject = find_title_subject(spans, kind.place, title, kind.rest)
    else:
        subject = find_letter_subject(spans, below or 0)
    stops = [place for place in (below, kind.place if kind else None) if place is not None]
    end_of_issuer = min(stops) if stops else _body_start(spans)
    bodies = find_bodies(spans, end_of_issuer, naming)
    subject = _without_authority(subject, bodies)
    known = [number.span if number else None, date.span if date else None, *subject]
    known.append(spans[kind.place].span if kind else None)
    return Head(
        page=page,
        recognised=origin == "ocr",
        number=number,
        date=date,
        bodies=tuple(bodies),
        type=kind,
        subject=tuple(subject),
        marks=tuple(find_marks(spans)),
        end=max((span.line for span in known if span is not None), default=-1),
        readings=tuple(item for item in doc._.vnocr_readings if item.page == page),
        signatures=doc._.vnocr_signatures,
        file_name=doc._.vnocr_file_name,
    )


def _without_authority(subject: Sequence[LineSpan], bodies: Sequence[Body]) -> list[LineSpan]:
    """Drop the deciding body that stands in capitals under a subject in capitals."""
    lines = list(subject)
    names = {re.sub(r"\W", "", span.key) for body in bodies for span in body.spans}
    while len(lines) > 1 and lines[-1].upper_share > _CAPITALS:
        if re.sub(r"\W", "", lines[-1].key) not in names:
            break
        lines.pop()
    return lines


def _place(spans: Sequence[HeadSpan], span: LineSpan | None) -> int | None:
    for place, item in enumerate(spans):
        if item.span is span:
            return place
    return None


def _body_start(spans: Sequence[HeadSpan]) -> int:
    for place, item in enumerate(spans):
        if opens_body(item.span):
            return place
    return min(len(spans), 4)
