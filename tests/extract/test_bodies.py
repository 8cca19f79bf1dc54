"""Invented bodies of every kind, each with the tasks and references that stand in it."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from spacy.vocab import Vocab

from vnocr.extract.directives import find_directives
from vnocr.extract.document import lines_of, make_doc
from vnocr.extract.paragraphs import split_paragraphs
from vnocr.extract.phrases import Phrases
from vnocr.extract.references import Passage, References
from vnocr.extract.scopes import Context
from vnocr.extract.structure import Node, outline
from vnocr.imaging.plain_text import pages_from_text
from vnocr.model import Directive

BODIES = sorted((Path(__file__).parent / "bodies").glob("*.toml"))


def nodes_of(text: str) -> tuple[Node, ...]:
    doc = make_doc(Vocab(), pages_from_text(text.strip("\n")))
    return outline(split_paragraphs(lines_of(doc)))


def context_of(gold: dict[str, Any]) -> Context:
    return Context(
        date.fromisoformat(gold["issued"]), gold["kind"], tuple(gold["addressees"]), gold["issuer"]
    )


def opening(text: str, starts: list[str]) -> str:
    """Return which of `starts` the text opens with; itself, cut short, if none."""
    return next((start for start in starts if text.startswith(start)), text[:80])


def expected(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "label": entry.get("label"),
        "assignee": entry.get("assignee"),
        "inherited": entry.get("inherited", False),
        "cooperating": tuple(entry.get("cooperating", ())),
        "deadline": entry.get("deadline"),
        "deadline_text": entry.get("deadline_text"),
        "recurring": entry.get("recurring"),
    }


def found(directive: Directive) -> dict[str, Any]:
    return {
        "label": directive.label,
        "assignee": directive.assignee,
        "inherited": directive.assignee_inherited,
        "cooperating": directive.cooperating,
        "deadline": directive.deadline,
        "deadline_text": directive.deadline_text,
        "recurring": directive.recurring,
    }


@pytest.fixture(scope="module")
def phrases(folder: Path) -> Phrases:
    return Phrases.load(folder)


@pytest.fixture(scope="module")
def references(folder: Path) -> References:
    return References.load(folder)


@pytest.mark.parametrize("path", BODIES, ids=[path.stem for path in BODIES])
def test_directives(path: Path, phrases: Phrases) -> None:
    gold = tomllib.loads(path.read_text(encoding="utf-8"))
    directives = find_directives(nodes_of(gold["body"]), phrases, context_of(gold))
    wanted = gold.get("directive", [])

    starts = [entry["starts"] for entry in wanted]
    assert [opening(directive.text, starts) for directive in directives] == starts
    for directive, entry in zip(directives, wanted, strict=True):
        assert directive.text.endswith(entry.get("ends", ""))
        assert found(directive) == expected(entry)
        assert 0 < directive.confidence <= 1


@pytest.mark.parametrize("path", BODIES, ids=[path.stem for path in BODIES])
def test_references(path: Path, references: References) -> None:
    gold = tomllib.loads(path.read_text(encoding="utf-8"))
    passages = [
        Passage(node.paragraph.text, node.paragraph.page) for node in nodes_of(gold["body"])
    ]
    cited = references.find(passages)
    wanted = gold.get("reference", [])

    assert {(item.type, item.number, item.date) for item in cited} == {
        (item.get("type"), item.get("number"), item.get("date")) for item in wanted
    }
    for entry in wanted:
        item = next(
            item
            for item in cited
            if (item.type, item.number, item.date)
            == (entry.get("type"), entry.get("number"), entry.get("date"))
        )
        if "issuer" in entry:
            assert item.issuer == entry["issuer"]
        assert item.provisions == tuple(entry.get("provisions", ()))
