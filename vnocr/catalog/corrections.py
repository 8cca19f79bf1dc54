"""Putting what people decided into a dispatch; needs no database.

A correction outlives the reading it was made on: it is found again in a new one by its
field, or by the place and the letters of its word or directive. One that is not found is
told as a problem of the document and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from vnocr.catalog.anchors import Spot, find_directive, find_word
from vnocr.catalog.field_values import reconciled, with_field, with_word
from vnocr.model import (
    MISFIT,
    AsRead,
    Corrected,
    Correction,
    Directive,
    Dispatch,
    Evidence,
    Fields,
    Page,
    Problem,
    ReadWord,
    Signer,
)

# What of a directive a person may change.
DIRECTIVE_PARTS = (
    "label",
    "text",
    "assignee",
    "cooperating",
    "deadline",
    "deadline_text",
    "recurring",
)
_REVIEW = "needs-review"
HUMAN = "human"


@dataclass(frozen=True, slots=True)
class Applied:
    """A corrected dispatch, with the corrections that found no place in it.

    `origins` tells for each directive of the dispatch where it is from: its position among
    the directives as read, or the uid of the correction that added it.
    """

    dispatch: Dispatch
    misfits: tuple[Correction, ...]
    origins: tuple[int | str, ...]


def apply(dispatch: Dispatch, corrections: Sequence[Correction]) -> Dispatch:
    """Return `dispatch` as read and then corrected; what it was corrected by before is undone.

    `corrections` are all of the document, the oldest first. `Word.seen` never changes; a
    corrected field has the evidence source "human" and confidence 1. Without corrections
    the dispatch as read is returned.
    """
    return work_in(dispatch, corrections).dispatch


def as_read(dispatch: Dispatch) -> Dispatch:
    """Return `dispatch` without its corrections."""
    if dispatch.corrected is None:
        return dispatch
    was = dispatch.corrected.as_read
    return replace(
        dispatch,
        fields=was.fields,
        evidence=was.evidence,
        directives=was.directives,
        problems=was.problems,
        pages=_with_words(dispatch.pages, was.words),
        corrected=None,
    )


def standing(corrections: Iterable[Correction]) -> list[Correction]:
    """Return the corrections that hold: those that no standing `undo` takes back."""
    kept = list(corrections)
    undone = {one.target for one in kept if one.kind == "undo"}
    return [one for one in kept if one.kind != "undo" and one.uid not in undone]


def work_in(dispatch: Dispatch, corrections: Sequence[Correction]) -> Applied:
    """Return what `apply` does, with the corrections that did not fit."""
    read = as_read(dispatch)
    work = _Work(read)
    for one in _in_order(standing(corrections)):
        if not work.take(one):
            work.misfits.append(one)
    if not corrections:
        return Applied(read, (), tuple(range(len(read.directives))))
    kept = Corrected(tuple(corrections), work.as_read(), work.approved)
    return Applied(
        replace(work.result(), corrected=kept), tuple(work.misfits), tuple(work.origins())
    )


def _in_order(corrections: list[Correction]) -> list[Correction]:
    # Words first: what a person said of a field outweighs what follows from a word in it.
    return sorted(corrections, key=lambda one: one.kind != "word")


@dataclass(slots=True)
class _Work:
    """A dispatch being corrected."""

    read: Dispatch
    fields: Fields = field(init=False)
    evidence: dict[str, Evidence] = field(init=False)
    directives: dict[int | str, Directive | None] = field(init=False)
    words: dict[Spot, str] = field(default_factory=dict)
    checked: set[str] = field(default_factory=set)
    misfits: list[Correction] = field(default_factory=list)
    approved: bool = False

    def __post_init__(self) -> None:
        self.fields = self.read.fields
        self.evidence = dict(self.read.evidence)
        self.directives = dict(enumerate(self.read.directives))

    def take(self, one: Correction) -> bool:
        """Work `one` in; False if it does not fit."""
        if one.kind == "word":
            return self._take_word(one)
        if one.kind == "directive":
            return self._take_directive(one)
        if one.kind == "field":
            return self._take_field(one.target, one.after)
        self.approved = True
        taken = [self._take_field(name, value) for name, value in one.after.items()]
        return all(taken)

    def result(self) -> Dispatch:
        found = [self.directives[key] for key in self.origins()]
        return replace(
            self.read,
            fields=self.fields,
            evidence=self.evidence,
            directives=tuple(one for one in found if one is not None),
            problems=(*self._problems(), *map(_misfit, self.misfits)),
            pages=_with_words(
                self.read.pages,
                [ReadWord(*spot, text, 1.0) for spot, text in self.words.items()],
            ),
        )

    def as_read(self) -> AsRead:
        read = self.read
        lines = {page.number: page.lines for page in read.pages}
        words = []
        for page, line, position in self.words:
            word = lines[page][line].words[position]
            words.append(ReadWord(page, line, position, word.text, word.confidence))
        return AsRead(read.fields, read.evidence, read.directives, read.problems, tuple(words))

    def origins(self) -> list[int | str]:
        return [key for key, directive in self.directives.items() if directive is not None]

    def _take_word(self, one: Correction) -> bool:
        found = find_word(self.read.pages, one)
        if found is None:
            return False
        spot, word = found
        old = self.words.get(spot, word.text)
        self.words[spot] = one.after
        change = (spot.page, word.box, old, one.after)
        self.fields = with_word(self.fields, self.evidence, change)
        self.directives = {
            key: directive and reconciled(directive, change)
            for key, directive in self.directives.items()
        }
        return True

    def _take_directive(self, one: Correction) -> bool:
        key = self._directive_key(one)
        if key is None:
            return one.after is None  # what shall not be there is not there
        if one.after is None:
            self.directives[key] = None
            return True
        changes: dict[str, Any] = {
            name: tuple(value) if name == "cooperating" else value
            for name, value in one.after.items()
            if name in DIRECTIVE_PARTS
        }
        old = self.directives.get(key) or _blank_directive(one)
        self.directives[key] = replace(old, confidence=1.0, **changes)
        return True

    def _directive_key(self, one: Correction) -> int | str | None:
        if one.target:
            return one.target if one.target in self.directives else None
        if one.before is None:
            return one.uid  # an addition
        return find_directive(self.read.directives, one)

    def _take_field(self, name: str, value: Any) -> bool:
        changed = with_field(self.fields, name, value)
        if changed is None:
            return False
        self.fields = changed
        names = (name, "serial", "symbol") if name == "number" else (name,)
        for each in {part.split(".")[0] for part in names}:
            found = self.evidence.get(each, Evidence(1, None, "", 1.0, HUMAN))
            self.evidence[each] = replace(found, confidence=1.0, source=HUMAN)
            if getattr(self.fields, each) in (None, (), Signer()):
                del self.evidence[each]
            self.checked.add(each)
        return True

    def _problems(self) -> list[Problem]:
        """The problems that are left: a checked field is no longer to be reviewed."""
        return [
            problem
            for problem in self.read.problems
            if problem.kind != _REVIEW
            or not (self.approved or problem.message.split(" ", 1)[0] in self.checked)
        ]


def _blank_directive(one: Correction) -> Directive:
    place = one.place
    return Directive(
        label=None,
        text="",
        assignee=None,
        assignee_inherited=False,
        cooperating=(),
        deadline=None,
        deadline_text=None,
        recurring=None,
        page=place.page if place else 1,
        box=place.box if place else None,
        confidence=1.0,
    )


def _misfit(one: Correction) -> Problem:
    what = f"{one.kind} {one.target}".strip()
    seen = f", where {one.place.seen!r} was read" if one.place else ""
    message = f"the correction of a {what} to {one.after!r} by {one.author} does not fit{seen}"
    return Problem("review", MISFIT, message, one.place.page if one.place else None)


def _with_words(pages: tuple[Page, ...], words: Iterable[ReadWord]) -> tuple[Page, ...]:
    """Return `pages` with the texts and confidences of `words` in their places."""
    wanted: dict[int, list[ReadWord]] = {}
    for word in words:
        wanted.setdefault(word.page, []).append(word)
    return tuple(_with_page_words(page, wanted.get(page.number, [])) for page in pages)


def _with_page_words(page: Page, words: list[ReadWord]) -> Page:
    lines = list(page.lines)
    for word in words:
        line = lines[word.line]
        put = list(line.words)
        put[word.position] = replace(put[word.position], text=word.text, confidence=word.confidence)
        lines[word.line] = replace(line, words=tuple(put))
    return replace(page, lines=tuple(lines)) if words else page


FIELD_NAMES = tuple(
    name
    for item in fields(Fields)
    for name in (
        [f"signer.{part.name}" for part in fields(Signer)] if item.name == "signer" else [item.name]
    )
)
