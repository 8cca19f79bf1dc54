"""From a dispatch to the rows that the catalog keeps of it; needs no database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from vnocr.catalog.bodies import body_rows
from vnocr.catalog.letterhead import letterhead_words
from vnocr.extract.review import REVIEWED
from vnocr.extract.symbols import number_key
from vnocr.model import Correction, Dispatch, Evidence, Fields
from vnocr.vietnamese.unicode import fold, nfc

Row = dict[str, Any]

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """The rows of one document by table, without its path."""

    document: Row
    evidence: tuple[Row, ...]
    directives: tuple[Row, ...]
    citations: tuple[Row, ...]
    pages: tuple[Row, ...]
    bodies: tuple[Row, ...] = ()
    corrections: tuple[Row, ...] = ()


def rows_of(dispatch: Dispatch) -> DocumentRows:
    """Return what the catalog keeps of `dispatch`."""
    corrections = dispatch.corrected.corrections if dispatch.corrected else ()
    return DocumentRows(
        {
            **letterhead_row(dispatch.fields),
            **certainty_row(dispatch.fields, dispatch.evidence),
            "corrections": len(corrections),
        },
        _evidence_rows(dispatch),
        _directive_rows(dispatch),
        _citation_rows(dispatch),
        _page_rows(dispatch),
        body_rows(dispatch),
        tuple(correction_rows(dispatch.source.sha256, corrections)),
    )


def correction_rows(sha256: str, corrections: Iterable[Correction]) -> list[Row]:
    """Return the rows of `corrections` of the document of content `sha256`."""
    return [
        {
            "uid": one.uid,
            "sha256": sha256,
            "made_at": one.at,
            "author": one.author,
            "kind": one.kind,
            "target": one.target,
            "place": one.place
            and {
                "page": one.place.page,
                "box": one.place.box and one.place.box.corners,
                "seen": one.place.seen,
                "line": one.place.line,
                "position": one.place.position,
            },
            "before": one.before,
            "after": one.after,
        }
        for one in corrections
    ]


def letterhead_row(fields: Fields) -> Row:
    """Return the columns of the letterhead; None where a field is unknown."""
    issuers = (fields.issuer_parent, fields.issuer)
    return {
        "number": fields.number,
        "number_key": number_key(fields.number) if fields.number else None,
        "issue_date": fields.issue_date,
        "type": fields.type,
        "type_key": folded_words(fields.type or ""),
        "issuer": fields.issuer,
        "issuer_key": folded_words(" ".join(name for name in issuers if name)),
        "province": fields.province,
        "subject": fields.subject,
    }


def certainty_row(fields: Fields, evidence: Mapping[str, Evidence]) -> Row:
    """Return the columns that say how much a person must look at the document."""
    sure = [evidence[name].confidence for name in REVIEWED if name in evidence]
    known = sum(getattr(fields, name) is not None for name in REVIEWED)
    return {"known": known, "certainty": min(sure, default=1.0)}


def folded_words(text: str) -> str:
    """Return the words of `text` without marks and case, parted by single blanks."""
    return " ".join(_WORD.findall(fold(text)))


def _evidence_rows(dispatch: Dispatch) -> tuple[Row, ...]:
    return tuple(
        {
            "field": field,
            "page": evidence.page,
            "box": evidence.box and evidence.box.corners,
            "raw": evidence.raw,
            "confidence": evidence.confidence,
            "source": evidence.source,
        }
        for field, evidence in dispatch.evidence.items()
    )


def _directive_rows(dispatch: Dispatch) -> tuple[Row, ...]:
    return tuple(
        {
            "position": position,
            "label": directive.label,
            "text": directive.text,
            "assignee": directive.assignee,
            "cooperating": list(directive.cooperating),
            "deadline": directive.deadline,
            "deadline_text": directive.deadline_text,
            "recurring": directive.recurring,
            "page": directive.page,
            "confidence": directive.confidence,
        }
        for position, directive in enumerate(dispatch.directives)
    )


def _citation_rows(dispatch: Dispatch) -> tuple[Row, ...]:
    return tuple(
        {
            "position": position,
            "text": reference.text,
            "type": reference.type,
            "number": reference.number,
            "number_key": number_key(reference.number) if reference.number else None,
            "date": reference.date,
            "issuer": reference.issuer,
            "page": reference.page,
            "relation": reference.relation,
        }
        for position, reference in enumerate(dispatch.references)
    )


def _page_rows(dispatch: Dispatch) -> tuple[Row, ...]:
    fields = dispatch.fields
    letterhead = letterhead_row(fields)
    names = (fields.number, fields.type, fields.subject, fields.issuer)
    heading = folded_words(" ".join(name for name in names if name))
    return tuple(
        {
            "number": page.number,
            "origin": page.origin,
            # Databases compare marks as they are written: composed.
            "text": nfc(page.text),
            "folded": folded_words(page.text),
            "heading": "" if index else heading,
            "letterhead": letterhead_words(letterhead, "" if index else heading),
        }
        for index, page in enumerate(dispatch.pages)
    )
