"""Invented gold and invented readings of it."""

from pathlib import Path

from evaluation.gold import Document, GoldPage
from evaluation.readings import Reading, Seconds

from vnocr.model import (
    Directive,
    Dispatch,
    Evidence,
    Fields,
    Line,
    Page,
    Producer,
    Reference,
    Source,
    Word,
)


def gold_page(*lines, number=1):
    """A page of (text, region) lines without handwriting."""
    pairs = [(word, region) for text, region in lines for word in text.split()]
    words, regions = zip(*pairs, strict=True)
    return GoldPage("mẫu.pdf", number, lines, words, regions, (True,) * len(words))


def read_page(*lines, number=1):
    """A page of lines of (seen, text) words."""
    return Page(
        number,
        tuple(Line(tuple(Word(seen, text, None, 0.9) for seen, text in line)) for line in lines),
        "ocr",
    )


def dispatch(fields=None, evidence=None, pages=(), directives=(), references=()):
    """A dispatch with the given parts; evidence maps a field to its confidence."""
    known = {
        name: Evidence(1, None, "", confidence, "printed")
        for name, confidence in (evidence or {}).items()
    }
    return Dispatch(
        Source("x", "0", "application/pdf", 1, 1),
        fields or Fields(),
        known,
        tuple(directives),
        tuple(references),
        (),
        tuple(pages),
        (),
        Producer("0", "0", "0"),
    )


def reading(document: Document, said=None, bare=("",), seconds=(2.0, 2.0), bare_seconds=(1.0, 1.0)):
    """The reading of `document` that gave the dispatch `said`, or failed."""
    error = None if said else "NoTextError: nothing on it"
    return Reading(document.path, said, error, Seconds(*seconds), bare, Seconds(*bare_seconds))


def document(name="mẫu.pdf", pages=(), answers=None, **fields):
    """A document with these gold fields."""
    return Document(Path(name), fields, tuple(pages), answers)


def directive(text, assignee=None, deadline=None):
    """A directive of which only these parts matter."""
    return Directive(None, text, assignee, False, (), deadline, None, None, 1, None, 0.9)


def reference(kind, number, date=None):
    """A reference of which only these parts matter."""
    return Reference("", kind, number, date, None, 1)
