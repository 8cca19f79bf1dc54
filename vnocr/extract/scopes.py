"""What an item inherits from the headings and lead sentences above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vnocr.extract.clauses import Clause, Mood
from vnocr.extract.days import parse_iso
from vnocr.extract.purposes import (
    Section,
    announces,
    document_section,
    is_bare_order,
    lead_section,
    reports_past,
    section_of,
)
from vnocr.extract.structure import Node
from vnocr.model import Fields
from vnocr.vietnamese.unicode import fold

# Longer headings are sentences, whose first words say nothing of what follows.
_TITLE_WORDS = 16
_NAMING = (Mood.ORDER, Mood.SUBJECT, Mood.NAMED)


@dataclass(frozen=True, slots=True)
class Context:
    """What the rest of the dispatch says: its day, type, addressees and issuer."""

    issued: date | None = None
    kind: str | None = None
    addressees: tuple[str, ...] = ()
    issuer: str | None = None

    @classmethod
    def of(cls, fields: Fields) -> Context:
        """Return the context given by the letterhead."""
        issuer = " ".join(filter(None, (fields.issuer_parent, fields.issuer, fields.province)))
        day = parse_iso(fields.issue_date)
        return cls(day, fields.type, fields.recipients_to, issuer or None)

    def issues(self, name: str | None) -> bool:
        """Whether `name` is the body that issues the dispatch."""
        own = set(_words(self.issuer or ""))
        words = _words(name or "")
        return bool(own and words) and all(word in own for word in words)


def _words(name: str) -> list[str]:
    return fold(name.replace("UBND", "Ủy ban nhân dân")).split()


@dataclass(frozen=True, slots=True)
class Scope:
    """What an item inherits: the section it stands in and who is addressed.

    `sure`: an order or a heading of tasks stands above, not only a hint.
    """

    section: Section
    assignee: str | None = None
    sure: bool = False


def first_scope(context: Context) -> Scope:
    """Return the scope of what stands under no heading."""
    return Scope(document_section(context.kind))


def scope_below(node: Node, clause: Clause, scope: Scope, context: Context) -> Scope:
    """Return the scope of the items under `node`, itself read as `clause` in `scope`."""
    titled = node.leads and len(node.content.split()) <= _TITLE_WORDS
    own = section_of(node.content, context.kind) if titled else None
    if own is Section.FACTS and clause.mood is not Mood.ORDER:
        return Scope(Section.FACTS, scope.assignee, sure=True)
    if clause.mood in _NAMING and _binds(node, clause, scope, context):
        return Scope(Section.TASKS, clause.assignee or scope.assignee, sure=True)
    if own is not None:
        return Scope(own, scope.assignee, sure=True)
    return _hinted(node, scope) if scope.section is Section.OPEN else scope


def _hinted(node: Node, scope: Scope) -> Scope:
    if is_bare_order(node.content):
        return Scope(Section.TASKS, scope.assignee, sure=True)
    hinted = lead_section(node.content) if node.paragraph.marker is None else None
    return Scope(hinted, scope.assignee) if hinted is not None else scope


def _binds(node: Node, clause: Clause, scope: Scope, context: Context) -> bool:
    """Whether a lead binds the body it names: not where the issuer tells of itself."""
    if scope.section is Section.FACTS:
        return False
    if clause.mood is not Mood.SUBJECT:
        return True
    tells = reports_past(node.content) or announces(clause.predicate)
    return not tells and not context.issues(clause.assignee)
