"""Who must do what, with whom, by when: the tasks that a dispatch gives.

One Directive for each task-bearing item or paragraph. An item without a subject of its
own takes the body named in the heading above it, else the one addressed by the lead
sentence, else the addressees of the letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from vnocr.extract.clauses import Clause, Mood, partners, read_clause
from vnocr.extract.days import parse_iso
from vnocr.extract.deadlines import find_deadline, find_recurrence
from vnocr.extract.phrases import Phrases
from vnocr.extract.purposes import (
    Section,
    document_section,
    is_bare_order,
    is_basis,
    is_ceremony,
    is_execution,
    is_generic,
    lead_section,
    leaves_decision,
    lists_addressees,
    reports_past,
    section_of,
)
from vnocr.extract.structure import Node, outline_of
from vnocr.extract.terms import apply_term, read_term_line, terms_within
from vnocr.model import Directive, Fields
from vnocr.vietnamese.unicode import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc

# How often a task of each kind was one, as far as the wording goes; recognition lowers it.
_TRUST = {Mood.ORDER: 0.95, Mood.SUBJECT: 0.92, Mood.IMPERATIVE: 0.9, Mood.STATEMENT: 0.75}
_SENDS = ("gửi", "báo cáo", "nộp", "đăng ký", "hoàn thành", "trả lời", "cung cấp", "liên hệ")


@dataclass(frozen=True, slots=True)
class Context:
    """What the rest of the dispatch says: its day, its type, whom it is addressed to."""

    issued: date | None = None
    kind: str | None = None
    addressees: tuple[str, ...] = ()
    issuer: str | None = None

    @classmethod
    def of(cls, fields: Fields) -> Context:
        """Return the context given by the letterhead."""
        issuer = " ".join(filter(None, (fields.issuer_parent, fields.issuer, fields.province)))
        return cls(parse_iso(fields.issue_date), fields.type, fields.recipients_to, issuer or None)

    def issues(self, name: str) -> bool:
        """Whether `name` is the body that issues the dispatch."""
        own = {
            fold(word) for word in (self.issuer or "").replace("UBND", "Ủy ban nhân dân").split()
        }
        words = fold(name.replace("UBND", "Ủy ban nhân dân")).split()
        return bool(own) and all(word in own for word in words)


@dataclass(frozen=True, slots=True)
class _Scope:
    """What an item inherits: the section it stands in and who is addressed."""

    section: Section
    assignee: str | None = None
    sure: bool = False  # an order or a task section stands above, not only a hint


@dataclass(slots=True)
class _Reader:
    nodes: Sequence[Node]
    context: Context
    phrases: Phrases
    scopes: dict[int, _Scope] = field(default_factory=dict)
    addressed: str | None = None
    merged: set[int] = field(default_factory=set)

    def read(self) -> list[Directive]:
        """Return the directives of all nodes, in order."""
        found: list[Directive] = []
        executions: list[Directive] = []
        for index, node in enumerate(self.nodes):
            if node.paragraph.table or index in self.merged:
                continue
            term = read_term_line(node.content)
            if term is not None:
                if found:
                    found[-1] = apply_term(found[-1], term, self.phrases, self.context.issued)
                continue
            scope = self._scope_above(node)
            clause = read_clause(node.content, self.phrases, anywhere=node.paragraph.marker is None)
            if is_execution(node.content):
                executions.append(self._directive(node, clause, scope))
                self.scopes[index] = scope
            elif any(not self._is_term(child) for child in node.children):
                self._read_branch(index, clause, scope, found)
            elif self._is_task(node, clause, scope):
                found.append(self._directive(node, clause, scope))
                self._remember(node, clause)
        # Who executes a decision as such is worth telling only where nobody else is named.
        return found or executions[-1:]

    def _is_term(self, index: int) -> bool:
        return read_term_line(self.nodes[index].content) is not None

    def _scope_above(self, node: Node) -> _Scope:
        if node.parent is not None and node.parent in self.scopes:
            return self.scopes[node.parent]
        return _Scope(document_section(self.context.kind))

    def _read_branch(
        self, index: int, clause: Clause, scope: _Scope, found: list[Directive]
    ) -> None:
        node = self.nodes[index]
        below = self._scope_below(node, clause, scope)
        self.scopes[index] = below
        self._remember(node, clause)
        if self._absorbs_child(node, clause):
            self._read_absorbed(node, clause, scope, below, found)
        elif not node.leads and not is_generic(clause.predicate):
            if self._is_task(node, clause, scope):
                found.append(self._directive(node, clause, scope))
        elif self._orders_itself(clause, scope):
            tasks = [self._looks_like_task(self.nodes[child]) for child in node.children]
            if 2 * sum(tasks) <= len(tasks):
                found.append(self._directive(node, clause, scope))
                self.scopes[index] = replace(below, sure=False)

    def _orders_itself(self, clause: Clause, scope: _Scope) -> bool:
        """Whether a lead is a task, whose items only say what belongs to it."""
        if scope.section is Section.FACTS or is_generic(clause.predicate):
            return False
        told = scope.section is Section.TASKS and clause.mood is not Mood.STATEMENT
        return clause.mood is Mood.ORDER or (told and clause.predicate.endswith(":"))

    def _absorbs_child(self, node: Node, clause: Clause) -> bool:
        """Whether a heading and its only paragraph, both without more below, are one item."""
        if len(node.children) != 1 or node.paragraph.marker is None or not node.leads:
            return False
        child = self.nodes[node.children[0]]
        bare = clause.mood is not Mood.ORDER or len(clause.predicate.split()) < 2
        return bare and child.paragraph.marker is None and not child.children

    def _read_absorbed(
        self, node: Node, clause: Clause, scope: _Scope, below: _Scope, found: list[Directive]
    ) -> None:
        place = node.children[0]
        child = self.nodes[place]
        self.merged.add(place)
        inner = read_clause(child.content, self.phrases, anywhere=True)
        if not self._is_task(child, inner, below):
            return
        named = clause.mood in (Mood.NAMED, Mood.ORDER) and clause.assignee
        whole = f"{node.paragraph.text} {child.paragraph.text}"
        found.append(self._directive(node, clause if named else inner, below, whole))

    def _scope_below(self, node: Node, clause: Clause, scope: _Scope) -> _Scope:
        if lists_addressees(node.content):
            names = [self.nodes[child].content.strip(" ;.,") for child in node.children]
            self.addressed = "; ".join(names)
            return _Scope(Section.FACTS)
        own = section_of(node.content, self.context.kind) if node.leads else None
        if own is Section.FACTS and clause.mood is not Mood.ORDER:
            return _Scope(Section.FACTS, scope.assignee)
        if clause.mood in (Mood.ORDER, Mood.SUBJECT, Mood.NAMED) and self._binding(
            node, clause, scope
        ):
            named = clause.assignee if clause.assignee else scope.assignee
            return _Scope(Section.TASKS, named, sure=True)
        if own is not None:
            return _Scope(own, scope.assignee, sure=True)
        if scope.section is Section.OPEN and is_bare_order(node.content):
            return _Scope(Section.TASKS, scope.assignee, sure=True)
        hinted = lead_section(node.content)
        if hinted is not None and node.paragraph.marker is None and scope.section is Section.OPEN:
            return _Scope(hinted, scope.assignee)
        return scope

    def _binding(self, node: Node, clause: Clause, scope: _Scope) -> bool:
        """Whether a lead binds the body it names: not where the issuer tells of itself."""
        if scope.section is Section.FACTS:
            return False
        if clause.mood is not Mood.SUBJECT:
            return True
        return not reports_past(node.content) and not self.context.issues(clause.assignee or "")

    def _remember(self, node: Node, clause: Clause) -> None:
        if clause.mood is Mood.ORDER and clause.assignee and node.parent is None:
            self.addressed = clause.assignee

    def _looks_like_task(self, node: Node) -> bool:
        clause = read_clause(node.content, self.phrases)
        return clause.mood is not Mood.STATEMENT or self._has_limit(node.content)

    def _has_limit(self, text: str) -> bool:
        lowered = text.casefold()
        return any(word in lowered for word in _SENDS) and (
            find_deadline(text, self.context.issued) is not None
        )

    def _is_task(self, node: Node, clause: Clause, scope: _Scope) -> bool:
        text = node.content
        if is_ceremony(text) or scope.section is Section.FACTS or clause.mood is Mood.NAMED:
            return False
        if clause.mood is Mood.ORDER:
            if node.paragraph.marker is None and leaves_decision(clause.predicate):
                return False
            return bool(clause.assignee) or scope.section is Section.TASKS
        subject = clause.mood is Mood.SUBJECT
        if reports_past(text) or (is_basis(text) and not subject):
            return False
        if subject and self.context.issues(clause.assignee or ""):
            return False
        if self._has_limit(text):
            return True
        if scope.section is Section.TASKS:
            if clause.mood is Mood.STATEMENT:
                return "đề nghị" in text.casefold() or (scope.sure and self._speaks(text))
            return True
        if clause.cites or clause.mood is Mood.STATEMENT:
            return False
        # Once somebody has been addressed, paragraphs of prose go on telling him what to do.
        if self.addressed and node.parent is None and node.paragraph.marker is None:
            return True
        return subject and self._commands(clause.predicate)

    def _speaks(self, text: str) -> bool:
        """Whether a sentence without a known verb can be a task at all: not a bare phrase."""
        return len(text.split()) > 12 and " là " not in text

    def _commands(self, predicate: str) -> bool:
        tokens = self.phrases.tokens(predicate)
        if not tokens:
            return False
        first = tokens[0]
        return "modal" in first.opens or first.lower in ("chủ", "phối")

    def _directive(
        self, node: Node, clause: Clause, scope: _Scope, text: str | None = None
    ) -> Directive:
        paragraph = node.paragraph
        text = text or self._order_text(node, clause)
        own = clause.assignee
        fallback = self.addressed or "; ".join(self.context.addressees) or None
        assignee = own or scope.assignee or fallback
        limit = find_deadline(text, self.context.issued)
        terms = terms_within(text)
        trust = _TRUST.get(clause.mood, 0.8) * (1.0 if own or scope.assignee else 0.9)
        directive = Directive(
            label=node.label,
            text=text,
            assignee=assignee,
            assignee_inherited=own is None and assignee is not None,
            cooperating=partners(text, self.phrases),
            deadline=limit.day.isoformat() if limit and limit.day else None,
            deadline_text=limit.text if limit else None,
            recurring=find_recurrence(text),
            page=paragraph.page,
            box=paragraph.box,
            confidence=round(trust * (0.5 + 0.5 * paragraph.confidence), 4),
        )
        for term in terms:
            directive = apply_term(directive, term, self.phrases, self.context.issued)
        return directive

    def _order_text(self, node: Node, clause: Clause) -> str:
        """Return the text of a task; what it carries out or rests on is not part of it."""
        if node.paragraph.marker is None and clause.mood is Mood.ORDER and clause.cites:
            return node.content[clause.start :]
        return node.paragraph.text


def find_directives(
    nodes: Sequence[Node], phrases: Phrases, context: Context | None = None
) -> tuple[Directive, ...]:
    """Return the tasks in the outline `nodes` of a body, in the order of the text."""
    return tuple(_Reader(nodes, context or Context(), phrases).read())


@Language.factory(
    "vnocr_directives",
    default_config={"dictionaries": ""},
    assigns=["doc._.vnocr_directives"],
)
def make_directives(nlp: Language, name: str, dictionaries: str) -> Any:
    """Return the component that fills `doc._.vnocr_directives`.

    Raises DictionaryError if the phrases of orders are missing from `dictionaries`.
    """
    from pathlib import Path

    phrases = Phrases.load(Path(dictionaries) / "directive_phrases.tsv")

    def find(doc: Doc) -> Doc:
        context = Context.of(doc._.vnocr_fields)
        doc._.vnocr_directives = find_directives(outline_of(doc), phrases, context)
        return doc

    return find
