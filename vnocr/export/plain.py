"""A dispatch for reading: plain text and Markdown."""

from __future__ import annotations

from vnocr.model import Directive, Dispatch, Fields


def to_text(dispatch: Dispatch) -> str:
    """Return the restored text, a line a row, pages parted by a form feed."""
    return dispatch.text + "\n"


def to_markdown(dispatch: Dispatch) -> str:
    """Return fields, directives, problems and text as one Markdown document."""
    parts = [f"# {_title(dispatch.fields)}", _field_table(dispatch)]
    if dispatch.directives:
        parts.append("## Directives\n\n" + "\n".join(map(_directive, dispatch.directives)))
    if dispatch.references:
        rows = "\n".join(f"- {_escape(reference.text)}" for reference in dispatch.references)
        parts.append("## References\n\n" + rows)
    if dispatch.problems:
        rows = "\n".join(f"- {_escape(problem.message)}" for problem in dispatch.problems)
        parts.append("## To check\n\n" + rows)
    for page in dispatch.pages:
        text = "  \n".join(_escape(line.text) for line in page.lines)
        parts.append(f"## Page {page.number}\n\n{text}")
    return "\n\n".join(parts) + "\n"


def _title(fields: Fields) -> str:
    names = [fields.type or "Dispatch", fields.number or "(no number)"]
    return _escape(" ".join(names))


def _field_table(dispatch: Dispatch) -> str:
    fields, rows = dispatch.fields, []
    signer = fields.signer
    values = {
        "issue_date": fields.issue_date,
        "place": fields.place,
        "issuer": fields.issuer,
        "issuer_parent": fields.issuer_parent,
        "province": fields.province,
        "subject": fields.subject,
        "recipients_to": "; ".join(fields.recipients_to),
        "signer": ", ".join(filter(None, (signer.name, signer.authority, signer.position))),
        "security": fields.security,
        "urgency": fields.urgency,
        "drafting_code": fields.drafting_code,
    }
    for name, value in values.items():
        if value:
            evidence = dispatch.evidence.get(name)
            sure = f"{evidence.confidence:.0%}" if evidence else ""
            rows.append(f"| {name} | {_escape(value)} | {sure} |")
    return "\n".join(["| field | value | confidence |", "|---|---|---|", *rows])


def _directive(directive: Directive) -> str:
    who = f"**{_escape(directive.assignee)}**: " if directive.assignee else ""
    when = directive.deadline or directive.deadline_text
    due = f" (due: {_escape(when)})" if when else ""
    return f"- {who}{_escape(directive.text)}{due}"


def _escape(text: str) -> str:
    for mark in "\\`*_<>|#[]":
        text = text.replace(mark, "\\" + mark)
    return text
