"""A dispatch as a small table of HTML, for notebooks."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vnocr.model import Dispatch

_ROWS = 8


def dispatch_html(dispatch: Dispatch) -> str:
    """Return the letterhead of `dispatch`, its first directives and what is to be checked."""
    rows = "".join(
        f"<tr><th style='text-align:left'>{escape(name)}</th>"
        f"<td style='text-align:left'>{escape(value)}</td></tr>"
        for name, value in _rows(dispatch)
    )
    return f"<table>{rows}</table>"


def _rows(dispatch: Dispatch) -> Iterator[tuple[str, str]]:
    fields, signer = dispatch.fields, dispatch.fields.signer
    for name, value in (
        ("number", fields.number),
        ("issue_date", fields.issue_date),
        ("type", fields.type),
        ("subject", fields.subject),
        ("issuer", fields.issuer),
        ("issuer_parent", fields.issuer_parent),
        ("recipients_to", "; ".join(fields.recipients_to)),
        ("signer", ", ".join(part for part in (signer.name, signer.position) if part)),
    ):
        evidence = dispatch.evidence.get(name)
        sure = f" ({evidence.confidence:.0%})" if value and evidence else ""
        yield name, f"{value or '-'}{sure}"
    for one in dispatch.directives[:_ROWS]:
        who = f"{one.assignee}: " if one.assignee else ""
        due = f" ({one.deadline})" if one.deadline else ""
        yield f"directive {one.label or ''}".strip(), f"{who}{one.text}{due}"
    if len(dispatch.directives) > _ROWS:
        yield "", f"... and {len(dispatch.directives) - _ROWS} more directives"
    for problem in dispatch.problems[:_ROWS]:
        yield "to check", problem.message
    yield "pages", str(dispatch.source.pages)
