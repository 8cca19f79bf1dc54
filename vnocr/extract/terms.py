"""The lines under a task of a plan: `Đơn vị chủ trì: ...`, `Thời gian hoàn thành: ...`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from vnocr.extract.bodies import split_bodies
from vnocr.extract.deadlines import read_term
from vnocr.extract.phrases import Phrases
from vnocr.extract.recurrence import find_recurrence
from vnocr.model import Directive

_BODY = r"(?:(?:Các\s+)?(?:Cơ quan|Đơn vị|Bộ phận|Phòng|Tổ chức)(?:,\s*đơn vị)?\s+)?"
_TERM = re.compile(
    rf"(?:(?P<lead>{_BODY}(?:chủ trì|đầu mối|thực hiện|tham mưu"
    rf"|chịu trách nhiệm)(?:\s+(?:thực hiện|chính))?)"
    rf"|(?P<partner>{_BODY}phối hợp(?:\s+thực hiện)?)"
    r"|(?P<time>(?:Thời gian|Thời hạn|Tiến độ)(?:\s+(?:thực hiện|hoàn thành|triển khai|báo cáo))*))"
    r"\s*:\s*(?P<value>[^.;]+(?:\.(?=\d)[^.;]+)*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """One such line: what it tells (`lead`, `partner` or `time`) and its words."""

    kind: str
    value: str


def read_term_line(text: str) -> Term | None:
    """Return the term that the whole of `text` states, or None."""
    match = _TERM.match(text)
    if match is None or len(text) - match.end() > 3:
        return None
    return _term(match)


def terms_within(text: str) -> list[Term]:
    """Return the terms stated inside a task, each after a stop or a bracket."""
    found = [
        match for match in _TERM.finditer(text) if text[: match.start()].rstrip()[-1:] in ".;("
    ]
    return [_term(match) for match in found]


def apply_term(
    directive: Directive, term: Term, phrases: Phrases, issued: date | None
) -> Directive:
    """Return `directive` with what `term` tells."""
    if term.kind == "lead":
        return replace(directive, assignee=term.value, assignee_inherited=False)
    if term.kind == "partner":
        tokens = phrases.tokens(term.value)
        names = [
            term.value[tokens[first].start : tokens[last - 1].end]
            for first, last in split_bodies(tokens)
        ]
        fresh = tuple(name for name in names if name not in directive.cooperating)
        return replace(directive, cooperating=directive.cooperating + fresh)
    limit = read_term(term.value, issued)
    recurring = directive.recurring or find_recurrence(term.value)
    if limit is None:
        return replace(directive, recurring=recurring)
    day = limit.day.isoformat() if limit.day else None
    return replace(directive, deadline=day, deadline_text=limit.text, recurring=recurring)


def _term(match: re.Match[str]) -> Term:
    kind = next(kind for kind in ("lead", "partner", "time") if match[kind])
    return Term(kind, match["value"].strip(" ,)"))
