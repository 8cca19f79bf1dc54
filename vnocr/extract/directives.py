"""Who must do what, with whom, by when: the tasks that a dispatch gives.

One Directive for each task-bearing item or paragraph. An item without a subject of its
own takes the body named in the heading above it, else the one addressed by the lead
sentence, else the addressees of the letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from vnocr.extract.clauses import Clause, Mood, partners, read_clause
from vnocr.extract.deadlines import Deadline, find_deadline
from vnocr.extract.phrases import Phrases
from vnocr.extract.purposes import Section, agrees, is_execution, is_generic, lists_addressees
from vnocr.extract.recurrence import find_recurrence
from vnocr.extract.scopes import Context, Scope, first_scope, scope_below
from vnocr.extract.structure import Node, outline_of
from vnocr.extract.task_tables import read_head, read_row
from vnocr.extract.tasks import TaskRules
from vnocr.extract.terms import apply_term, read_term_line, terms_within
from vnocr.model import Directive
from vnocr.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

# How often a task read in each mood was right as a whole (a task, its assignee, its deadline)
# on invented dispatches met for the first time, and what it lost where the assignee was not
# named beside it.
_TRUST = {Mood.ORDER: 0.9, Mood.SUBJECT: 0.92, Mood.IMPERATIVE: 0.95, Mood.STATEMENT: 0.85}
_FROM_HEADING, _FROM_HINT, _FROM_ADDRESS, _FROM_NOBODY = 0.93, 0.8, 0.65, 0.6
_ROW = 0.9
# Of a day without a year, or counted from the day of the dispatch.
_COMPUTED = 0.96


class _Reader:
    """Walks down an outline; a Directive for each node that is a task."""

    def __init__(self, nodes: Sequence[Node], context: Context, phrases: Phrases) -> None:
        self._nodes = nodes
        self._context = context
        self._phrases = phrases
        self._rules = TaskRules(phrases, context)
        self._scopes: dict[int, Scope] = {}
        self._addressed: str | None = None
        self._prose: Scope | None = None
        self._merged: set[int] = set()
        self._found: list[Directive] = []
        # The columns of the table that is being read, and who leads in its last row.
        self._columns: tuple[str, ...] = ()
        self._led: str | None = None

    def read(self) -> list[Directive]:
        """Return the directives of all nodes, in order."""
        executions: list[Directive] = []
        for index, node in enumerate(self._nodes):
            if node.paragraph.table:
                self._read_table_line(node)
                continue
            if index in self._merged or self._takes_term(node):
                continue
            scope = self._scope_above(node)
            clause = self._clause(node)
            if is_execution(node.content):
                executions.append(self._directive(node, clause, scope))
                self._scopes[index] = scope
            elif any(read_term_line(self._nodes[child].content) is None for child in node.children):
                self._read_branch(index, clause, scope)
            elif self._is_task(node, clause, scope):
                self._found.append(self._directive(node, clause, scope))
                self._remember(node, clause)
            else:
                self._lead_on(node, clause, scope)
        # Who executes a decision as such is worth telling only where nobody else is named.
        return self._found or executions[-1:]

    def _read_table_line(self, node: Node) -> None:
        """Take the head of a table of tasks, or one of its rows as a task."""
        head = read_head(node.paragraph.text)
        scope = self._scope_above(node)
        if head is not None:
            self._columns, self._led = head, scope.assignee
        row = None if head else read_row(node.paragraph.text, self._columns)
        if row is None or scope.section is Section.FACTS:
            return
        above = node.label.rsplit(".", 1)[0] if node.label and "." in node.label else None
        directive = Directive(
            label=".".join(filter(None, (above, row.number))) or node.label,
            text=row.task,
            # A cell that spans several rows is only printed in the first.
            assignee=self._led,
            assignee_inherited=self._led is not None,
            cooperating=(),
            deadline=None,
            deadline_text=None,
            recurring=find_recurrence(row.task),
            page=node.paragraph.page,
            box=node.paragraph.box,
            confidence=round(
                (_ROW if row.led else _ROW * _FROM_HINT) * node.paragraph.confidence, 4
            ),
        )
        for term in row.terms:
            directive = apply_term(directive, term, self._phrases, self._context.issued)
        self._led = directive.assignee
        self._found.append(directive)

    def _clause(self, node: Node) -> Clause:
        prose = node.paragraph.marker is None
        clause = read_clause(node.content, self._phrases, anywhere=prose)
        if prose or clause.issuer is None or self._rules.may_order(clause.issuer):
            return clause
        # `1. Ban Quản lý dự án yêu cầu nhà thầu ...`: a body below the issuer acts itself.
        return replace(clause, mood=Mood.SUBJECT, assignee=clause.issuer, issuer=None)

    def _is_task(self, node: Node, clause: Clause, scope: Scope) -> bool:
        return self._rules.is_task(
            node, clause, scope, addressed=self._addressed is not None, given=bool(self._found)
        )

    def _takes_term(self, node: Node) -> bool:
        """Whether `node` only states a term of the task before it (`Đơn vị chủ trì: ...`)."""
        term = read_term_line(node.content)
        if term is not None and self._found:
            before = self._found[-1]
            self._found[-1] = apply_term(before, term, self._phrases, self._context.issued)
        return term is not None

    def _scope_above(self, node: Node) -> Scope:
        if node.parent is not None and node.parent in self._scopes:
            return self._scopes[node.parent]
        if node.paragraph.marker is not None:
            self._prose = None
        return self._prose or first_scope(self._context)

    def _lead_on(self, node: Node, clause: Clause, scope: Scope) -> None:
        """Take a lead (`... Giám đốc yêu cầu:`) for that of the paragraphs of prose after it."""
        if node.paragraph.marker is None and node.content.endswith(":"):
            below = scope_below(node, clause, scope, self._context)
            self._prose = below if below.sure or below.section is Section.TASKS else None

    def _read_branch(self, index: int, clause: Clause, scope: Scope) -> None:
        node = self._nodes[index]
        if lists_addressees(node.content):
            names = [self._nodes[child].content.strip(" ;.,") for child in node.children]
            self._addressed = "; ".join(names)
            self._scopes[index] = Scope(Section.FACTS)
            return
        below = self._scopes[index] = scope_below(node, clause, scope, self._context)
        self._remember(node, clause)
        if self._absorbs_child(node, clause):
            self._read_absorbed(node, clause, below)
        elif not node.leads and not is_generic(clause.predicate):
            if self._is_task(node, clause, scope):
                self._found.append(self._directive(node, clause, scope))
        elif self._orders_itself(clause, scope):
            texts = [self._nodes[child].content for child in node.children]
            tasks = [self._rules.looks_like_task(text) for text in texts]
            if 2 * sum(tasks) <= len(tasks):
                self._found.append(self._directive(node, clause, scope))
                self._scopes[index] = replace(below, sure=False)

    def _orders_itself(self, clause: Clause, scope: Scope) -> bool:
        """Whether a lead is a task, whose items only say what belongs to it."""
        if scope.section is Section.FACTS or is_generic(clause.predicate):
            return False
        told = scope.section is Section.TASKS and clause.mood is not Mood.STATEMENT
        return clause.mood is Mood.ORDER or (told and clause.predicate.endswith(":"))

    def _absorbs_child(self, node: Node, clause: Clause) -> bool:
        """Whether a heading and its only paragraph, both without more below, are one item."""
        if len(node.children) != 1 or node.paragraph.marker is None or not node.leads:
            return False
        child = self._nodes[node.children[0]]
        bare = clause.mood is not Mood.ORDER or len(clause.predicate.split()) < 2
        return bare and child.paragraph.marker is None and not child.children

    def _read_absorbed(self, node: Node, clause: Clause, below: Scope) -> None:
        place = node.children[0]
        child = self._nodes[place]
        self._merged.add(place)
        inner = self._clause(child)
        if not self._is_task(child, inner, below):
            return
        named = clause.mood in (Mood.NAMED, Mood.ORDER) and clause.assignee
        task = self._directive(child, clause if named else inner, below)
        if node.content.endswith(":"):  # a title stands for itself, a colon goes on
            task = self._directive(node, clause if named else inner, below, _joined(node, child))
        self._found.append(replace(task, label=node.label))

    def _remember(self, node: Node, clause: Clause) -> None:
        if clause.mood is Mood.ORDER and clause.assignee and node.parent is None:
            self._addressed = clause.assignee

    def _directive(
        self, node: Node, clause: Clause, scope: Scope, text: str | None = None
    ) -> Directive:
        paragraph = node.paragraph
        text = text or self._order_text(node, clause)
        own = clause.assignee
        fallback = self._addressed or "; ".join(self._context.addressees) or None
        assignee = own or scope.assignee or fallback
        limit = find_deadline(text, self._context.issued)
        directive = Directive(
            label=node.label,
            text=text,
            assignee=assignee,
            assignee_inherited=own is None and assignee is not None,
            cooperating=partners(text, self._phrases),
            deadline=limit.day.isoformat() if limit and limit.day else None,
            deadline_text=limit.text if limit else None,
            recurring=find_recurrence(text),
            page=paragraph.page,
            box=paragraph.box,
            confidence=round(_trust(clause, scope, assignee, limit) * paragraph.confidence, 4),
        )
        for term in terms_within(text):
            directive = apply_term(directive, term, self._phrases, self._context.issued)
        return directive

    def _order_text(self, node: Node, clause: Clause) -> str:
        """Return the text of a task; what it carries out or rests on is not part of it."""
        prose = node.paragraph.marker is None and clause.mood is Mood.ORDER
        if prose and (clause.cites or agrees(node.content)):
            return node.content[clause.start :]
        return node.paragraph.text


def _joined(node: Node, child: Node) -> str:
    return f"{node.paragraph.text} {child.paragraph.text}"


def _trust(clause: Clause, scope: Scope, assignee: str | None, limit: Deadline | None) -> float:
    """Return how often a task with this evidence is right where every word was read right."""
    trust = _TRUST.get(clause.mood, 0.7)
    if assignee is None:
        trust *= _FROM_NOBODY
    elif clause.assignee is None:
        heading = _FROM_HEADING if scope.sure else _FROM_HINT
        trust *= heading if scope.assignee else _FROM_ADDRESS
    if limit and limit.day and str(limit.day.year) not in limit.text:
        trust *= _COMPUTED
    return trust


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
    folder = Settings(dictionaries=dictionaries).dictionary_folder
    phrases = Phrases.load(folder)

    def find(doc: Doc) -> Doc:
        context = Context.of(doc._.vnocr_fields)
        doc._.vnocr_directives = find_directives(outline_of(doc), phrases, context)
        return doc

    return find
