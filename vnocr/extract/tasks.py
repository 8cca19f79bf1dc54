"""Whether an item is a task: by its wording, and by what stands above it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vnocr.extract.clauses import Clause, Mood, read_clause
from vnocr.extract.deadlines import find_deadline
from vnocr.extract.markers import Kind
from vnocr.extract.phrases import Phrases
from vnocr.extract.purposes import (
    Section,
    is_basis,
    is_ceremony,
    leaves_decision,
    reports_past,
)
from vnocr.extract.scopes import Context, Scope
from vnocr.extract.structure import Node

_SENDS = ("gửi", "báo cáo", "nộp", "đăng ký", "hoàn thành", "trả lời", "cung cấp", "liên hệ")
# What a body is set up for, in the paper that sets it up.
_DESCRIBES = ("có nhiệm vụ", "có chức năng")
# How a body works is set down in articles as well, but no task.
_WORKS = re.compile(r"(?:làm việc|hoạt động|họp|sử dụng|tự giải thể|được|là|gồm)\b")
_DUTY = re.compile(r"\b(?:có|chịu) trách nhiệm\b|\bphải\b")
_OPENING = 80
_AUTHORITY = re.compile(
    r"(?:Phó )?(?:Chủ tịch|Giám đốc|Bộ|Thủ tướng|Chính phủ|Ủy ban nhân dân|UBND|HĐND|Lãnh đạo"
    r"|Hội đồng nhân dân|Thường trực|Thường vụ|Ban Thường vụ|Ban Bí thư|Tỉnh ủy|Thành ủy|Huyện ủy"
    r"|Đảng ủy)\b"
)
# A sentence without a known verb is believed to be a task from this length on.
_SENTENCE_WORDS = 12


@dataclass(frozen=True, slots=True)
class TaskRules:
    """Decides on items of one dispatch."""

    phrases: Phrases
    context: Context

    def is_task(
        self, node: Node, clause: Clause, scope: Scope, *, addressed: bool, given: bool
    ) -> bool:
        """Whether `node`, read as `clause`, is a task in `scope`.

        `addressed`: an order before it has already named somebody; `given`: tasks stand before.
        """
        if clause.mood is Mood.NAMED or is_ceremony(node.content):
            return False
        if scope.section is Section.FACTS:
            # A proposal may ask somebody to act by a day; what a section reports is past.
            asks = clause.mood is Mood.ORDER and not scope.sure
            return asks and self.has_limit(node.content)
        if clause.mood is Mood.ORDER:
            return self._order_stands(node, clause, scope)
        return not self._only_tells(node, clause, scope) and (
            self.has_limit(node.content)
            or self._asks(node, clause, scope, addressed=addressed, given=given)
        )

    def _asks(
        self, node: Node, clause: Clause, scope: Scope, *, addressed: bool, given: bool
    ) -> bool:
        if scope.section is Section.TASKS:
            known = clause.mood is not Mood.STATEMENT
            return known or self._statement_asks(node.content, scope)
        return self._prose_asks(node, clause, addressed=addressed, given=given)

    def may_order(self, name: str) -> bool:
        """Whether `name` orders in a dispatch: its issuer, or a body or person of authority."""
        return self.context.issues(name) or bool(_AUTHORITY.match(name))

    def looks_like_task(self, text: str) -> bool:
        """Whether `text` is a task by its wording alone, not a bare phrase."""
        clause = read_clause(text, self.phrases)
        return clause.mood is not Mood.STATEMENT or self.has_limit(text)

    def has_limit(self, text: str) -> bool:
        """Whether something is to be sent or finished by a deadline."""
        lowered = text.casefold()
        sends = any(word in lowered for word in _SENDS)
        return sends and find_deadline(text, self.context.issued) is not None

    def _order_stands(self, node: Node, clause: Clause, scope: Scope) -> bool:
        if node.paragraph.marker is None and leaves_decision(clause.predicate):
            return False
        return bool(clause.assignee) or scope.section is Section.TASKS

    def _only_tells(self, node: Node, clause: Clause, scope: Scope) -> bool:
        text = node.content
        subject = clause.mood is Mood.SUBJECT
        rests = clause.cites or clause.mood is Mood.STATEMENT
        if reports_past(text) or (is_basis(text) and rests and not subject):
            return True
        if not subject or not self.context.issues(clause.assignee):
            return False
        # What the issuer takes on itself is a task where it stands in a list of duties.
        duty = scope.sure or _DUTY.search(clause.predicate[:_OPENING])
        return not (duty and scope.section is Section.TASKS and node.paragraph.marker)

    def _statement_asks(self, text: str, scope: Scope) -> bool:
        told = scope.sure and scope.assignee is not None
        sentence = len(text.split()) > _SENTENCE_WORDS and " là " not in text
        return (told and sentence and not self._names_a_thing(text)) or "đề nghị" in text.casefold()

    def _names_a_thing(self, text: str) -> bool:
        """Whether `text` opens like a description: `Hồ sơ gồm ...`, `Thời gian: ...`."""
        opens = self.phrases.tokens(text)[0].opens
        return "nominal" in opens

    def _prose_asks(self, node: Node, clause: Clause, *, addressed: bool, given: bool) -> bool:
        if clause.cites or clause.mood is Mood.STATEMENT:
            return False
        # Once somebody has been addressed, paragraphs of prose go on telling him what to do.
        if addressed and node.parent is None and node.paragraph.marker is None:
            return True
        if clause.mood is not Mood.SUBJECT:
            return False
        marker = node.paragraph.marker
        if given and node.parent is None and marker is None:
            return not clause.predicate.startswith(_DESCRIBES)
        article = marker is not None and marker.kind is Kind.ARTICLE
        if article and not _WORKS.match(clause.predicate):
            return not clause.predicate.startswith(_DESCRIBES)
        return self._commands(clause.predicate)

    def _commands(self, predicate: str) -> bool:
        if predicate.startswith(_DESCRIBES):
            return False
        tokens = self.phrases.tokens(predicate)
        if not tokens:
            return False
        leads = "modal" in tokens[0].opens or tokens[0].lower in ("chủ", "phối")
        return leads or bool(_DUTY.search(predicate[:_OPENING]))
