"""Directives, references and recipients, from the gold text and from vnocr's own reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from evaluation.gold import Document, TextCase
from evaluation.normal import comparable, entry, folded
from evaluation.readings import Reading, extract, restore
from evaluation.report import Figures, Table, percent, rate

if TYPE_CHECKING:
    from vnocr.model import Directive, Dispatch, Extraction, Fields, Reference

FOUND = 80.0
NEAR = 90.0
_NEUTRAL_FLAGS = ("optional", "closing_formula", "execution_clause")
_NEUTRAL_KINDS = ("preamble", "closing")


@dataclass(frozen=True, slots=True)
class Matches:
    """Found among those wanted (recall) and those given (precision)."""

    found: int = 0
    wanted: int = 0
    given: int = 0

    def __add__(self, other: Matches) -> Matches:
        return Matches(
            self.found + other.found, self.wanted + other.wanted, self.given + other.given
        )

    def figures(self) -> dict[str, Any]:
        """Return counts, precision, recall and F1."""
        both = self.wanted + self.given
        return {
            "found": self.found,
            "wanted": self.wanted,
            "given": self.given,
            "precision": self.found / self.given if self.given else None,
            "recall": self.found / self.wanted if self.wanted else None,
            "f1": 2 * self.found / both if both else None,
        }


@dataclass(slots=True)
class Score:
    """The sums over documents of one kind of input."""

    directives: Matches = field(default_factory=Matches)
    assignee: int = 0
    assignee_near: int = 0
    deadline: int = 0
    dated: Matches = field(default_factory=Matches)
    references: Matches = field(default_factory=Matches)
    recipients: Matches = field(default_factory=Matches)
    recipients_near: Matches = field(default_factory=Matches)

    def figures(self) -> dict[str, Any]:
        """Return all rates."""
        found = self.directives.found
        return {
            "directives": self.directives.figures(),
            "assignee": self.assignee / found if found else None,
            "assignee_near": self.assignee_near / found if found else None,
            "deadline": self.deadline / found if found else None,
            "dated": self.dated.figures(),
            "references": self.references.figures(),
            "recipients": self.recipients.figures(),
            "recipients_near": self.recipients_near.figures(),
        }


def measure(
    texts: Sequence[TextCase],
    scans: Sequence[Document],
    readings: Mapping[Path, Reading],
) -> Figures:
    """Score extraction twice: given the gold text, and given what vnocr itself read.

    Of a scan that is its dispatch, of recognised text what restoration makes of it.
    """
    gold, own = Score(), Score()
    details: dict[str, Any] = {"gold text": {}, "own reading": {}}
    for case in texts:
        found = extract("\n".join(case.gold))
        details["gold text"][case.name] = judge(case.answers, found, gold)
        found = extract(restore("\n".join(case.seen)))
        details["own reading"][case.name] = judge(case.answers, found, own)
    for document in scans:
        if document.answers is None:
            continue
        reading = readings[document.path]
        if len(document.pages) == len(reading.bare):
            pages = ["\n".join(line for line, _ in page.lines) for page in document.pages]
            found = extract("\f".join(pages))
            details["gold text"][document.name] = judge(document.answers, found, gold)
        details["own reading"][document.name] = judge(document.answers, reading.dispatch, own)
    summary = {"gold text": gold.figures(), "own reading": own.figures()}
    return Figures(summary, details, _tables(summary))


def judge(
    answers: Mapping[str, Any], said: Extraction | Dispatch | None, score: Score
) -> dict[str, Any]:
    """Add one document to `score` and return what was missed and what was too much."""
    directives = judge_directives(answers["directives"], said.directives if said else (), score)
    wanted = reference_keys(answers["references"])
    given = said_references(said.references if said else ())
    score.references += Matches(len(wanted & given), len(wanted), len(given))
    row = {
        **directives,
        "references_missed": sorted(map(str, wanted - given)),
        "references_surplus": sorted(map(str, given - wanted)),
    }
    sides = recipients(answers, said.fields if said else None)
    for wanted_list, given_list in sides:
        exact, near = _pair(wanted_list, given_list, 100.0), _pair(wanted_list, given_list, NEAR)
        sizes = (len(wanted_list), len(given_list))
        score.recipients += Matches(len(exact), *sizes)
        score.recipients_near += Matches(len(near), *sizes)
        hit, used = {left for left, _ in exact}, {right for _, right in exact}
        row.setdefault("recipients_missed", []).extend(_others(wanted_list, hit))
        row.setdefault("recipients_surplus", []).extend(_others(given_list, used))
    return row


def _others(items: Sequence[str], places: set[int]) -> list[str]:
    return [item for place, item in enumerate(items) if place not in places]


def judge_directives(
    wanted: Sequence[Mapping[str, Any]], given: Sequence[Directive], score: Score
) -> dict[str, Any]:
    """Match directives by text and compare assignee and deadline of those found."""
    counting = [item for item in wanted if not neutral(item)]
    others = [item["text"] for item in wanted if neutral(item)]
    pairs = _pair([item["text"] for item in counting], [item.text for item in given], FOUND)
    used = {place for _, place in pairs}
    left = [place for place in range(len(given)) if place not in used]
    excused = {left[place] for _, place in _pair(others, [given[at].text for at in left], FOUND)}
    surplus = [given[place] for place in left if place not in excused]
    score.directives += Matches(len(pairs), len(counting), len(pairs) + len(surplus))
    slips = []
    for gold_place, place in pairs:
        gold, said = counting[gold_place], given[place]
        exact, near = same_body(gold["assignee"], said.assignee)
        due = gold.get("deadline") or None
        right_day = due == said.deadline
        dated = right_day and due is not None
        score.dated += Matches(int(dated), int(due is not None), int(said.deadline is not None))
        score.assignee += exact
        score.assignee_near += near
        score.deadline += right_day
        if not exact or not right_day:
            slips.append(
                {
                    "text": gold["text"][:80],
                    "assignee": [gold["assignee"], said.assignee],
                    "deadline": [due, said.deadline],
                }
            )
    hit = {place for place, _ in pairs}
    return {
        "directives_missed": [
            item["text"][:160] for place, item in enumerate(counting) if place not in hit
        ],
        "directives_surplus": [item.text[:160] for item in surplus],
        "slips": slips,
    }


def neutral(item: Mapping[str, Any]) -> bool:
    """Say whether a gold item counts neither as wanted nor, when found, as surplus."""
    return any(item.get(flag) for flag in _NEUTRAL_FLAGS) or item.get("kind") in _NEUTRAL_KINDS


def same_body(gold: str | None, said: str | None) -> tuple[bool, bool]:
    """Compare two assignees: equal but for case and edges, and at least 90 % similar."""
    left, right = entry(gold), entry(said)
    if not left or not right:
        return left == right, left == right
    return left == right, fuzz.ratio(left, right) >= NEAR


def _pair(wanted: Sequence[str], given: Sequence[str], least: float) -> list[tuple[int, int]]:
    """Pair texts one to one, the most similar first, down to a similarity of `least` percent."""
    lefts, rights = [entry(text) for text in wanted], [entry(text) for text in given]
    scored = [
        (fuzz.ratio(left, right), -row, -column)
        for row, left in enumerate(lefts)
        for column, right in enumerate(rights)
    ]
    pairs: dict[int, int] = {}
    for similarity, row, column in sorted(scored, reverse=True):
        if similarity < least:
            break
        if -row not in pairs and -column not in pairs.values():
            pairs[-row] = -column
    return sorted(pairs.items())


Key = tuple[str, str, str]


def reference_keys(items: Iterable[Mapping[str, Any]]) -> set[Key]:
    """Return (type, number, date) of each gold reference."""
    return {_key(item.get("type"), item.get("number"), item.get("date")) for item in items}


def said_references(references: Iterable[Reference]) -> set[Key]:
    """Return the keys of the references found, all mentions of one number taken together.

    A later mention often names no date; it is the same document, not another.
    """
    merged: dict[str, Key] = {}
    unnumbered = set()
    for item in references:
        kind, number, date = _key(item.type, item.number, item.date)
        if not number:
            unnumbered.add((kind, number, date))
            continue
        first = merged.get(number, ("", number, ""))
        merged[number] = (first[0] or kind, number, first[2] or date)
    return unnumbered | set(merged.values())


def _key(kind: str | None, number: str | None, date: str | None) -> Key:
    return folded(kind), "".join(comparable(number or "").split()), date or ""


def recipients(
    answers: Mapping[str, Any], fields: Fields | None
) -> list[tuple[list[str], list[str]]]:
    """Return pairs of wanted and given lists: those addressed and those who get a copy."""
    sides = (
        ("recipients_to", fields.recipients_to if fields else ()),
        ("recipients_cc", fields.recipients_cc if fields else ()),
        ("recipients", fields.recipients_cc if fields else ()),
    )
    return [(answers[name], list(given)) for name, given in sides if name in answers]


def _tables(summary: dict[str, Any]) -> list[Table]:
    rows = []
    for source, figures in summary.items():
        found = figures["directives"]
        dated = figures["dated"]
        copies, near = figures["recipients"]["f1"], figures["recipients_near"]["f1"]
        rows.append(
            [
                source,
                f"{found['found']} of {found['wanted']}, {found['given']} given",
                rate(found["precision"], 3),
                rate(found["recall"], 3),
                rate(found["f1"], 3),
                f"{percent(figures['assignee'], 1)} ({percent(figures['assignee_near'], 1)})",
                f"{percent(figures['deadline'], 1)} ({dated['found']} of {dated['wanted']})",
                rate(figures["references"]["f1"], 3),
                f"{rate(copies, 3)} ({rate(near, 3)})",
            ]
        )
    columns = [
        "from",
        "directives",
        "precision",
        "recall",
        "F1",
        "assignee",
        "deadline",
        "references F1",
        "recipients F1",
    ]
    note = (
        "In brackets: assignees and recipients counted as right from 90 % similarity on; "
        "deadlines that are dates."
    )
    return [Table("Directives, references, recipients", columns, rows, [note])]
