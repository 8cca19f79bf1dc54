"""From a dispatch to the rows that the catalog keeps of it."""

from __future__ import annotations

from typing import Any

from vnocr.model import Dispatch, Fields
from vnocr.vietnamese.unicode import fold


def document_row(dispatch: Dispatch | None) -> dict[str, Any]:
    """Return the letterhead columns; all None for a document that could not be read."""
    fields = dispatch.fields if dispatch else Fields()
    return {
        "number": fields.number,
        "number_key": number_key(fields.number),
        "issue_date": fields.issue_date,
        "type": fields.type,
        "issuer": fields.issuer,
        "province": fields.province,
        "subject": fields.subject,
    }


def directive_rows(path: str, dispatch: Dispatch) -> list[dict[str, Any]]:
    """Return a row for each directive, in the order of the text."""
    return [
        {
            "path": path,
            "position": position,
            "label": directive.label,
            "text": directive.text,
            "assignee": directive.assignee,
            "assignee_key": fold(directive.assignee or ""),
            "cooperating": list(directive.cooperating),
            "deadline": directive.deadline,
            "deadline_text": directive.deadline_text,
            "recurring": directive.recurring,
            "page": directive.page,
            "confidence": directive.confidence,
        }
        for position, directive in enumerate(dispatch.directives)
    ]


def citation_rows(path: str, dispatch: Dispatch) -> list[dict[str, Any]]:
    """Return a row for each reference, in the order of the text."""
    return [
        {
            "path": path,
            "position": position,
            "text": reference.text,
            "type": reference.type,
            "number": reference.number,
            "number_key": number_key(reference.number),
            "date": reference.date,
            "issuer": reference.issuer,
            "page": reference.page,
        }
        for position, reference in enumerate(dispatch.references)
    ]


def number_key(number: str | None) -> str | None:
    """Return the form under which a number and its citations meet: no blanks, marks or case."""
    return "".join(fold(number).split()) if number else None
