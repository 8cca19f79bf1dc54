"""The pages of one dispatch as one spaCy Doc that keeps lines, boxes and confidences.

Every whitespace-separated word is a token, so tokens and recognised words stay
aligned and nothing is re-tokenised. What the components find is kept on the Doc,
in the extensions that `register_extensions` names:

========================  ====================================================
`doc._.vnocr_pages`       the pages the Doc was made from
`doc._.vnocr_readings`    `tuple[Reading, ...]`, what readers of ink saw
`doc._.vnocr_signatures`  `tuple[Signature, ...]`, the digital ones of the file
`doc._.vnocr_lines`       `tuple[DocLine, ...]`, in reading order, blank lines too
`doc._.vnocr_words`       `tuple[Word, ...]`, one for each token
`doc._.vnocr_fields`      `Fields` found so far
`doc._.vnocr_evidence`    `dict[str, Evidence]`, keyed by field name
`doc._.vnocr_body`        `range` of line indices left for the body
`doc._.vnocr_closing`     the `Closing` (copies and signature), None before it is read
`doc._.vnocr_outline`     `tuple[Node, ...]`: the paragraphs of the body as a tree
`doc._.vnocr_references`  `tuple[Reference, ...]`
`doc._.vnocr_directives`  `tuple[Directive, ...]`
`doc._.vnocr_problems`    `list[Problem]`
========================  ====================================================
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

from vnocr.model import Box, Fields, Line, Page, Reading, Region, Signature, Word


@dataclass(frozen=True, slots=True)
class DocLine:
    """One line of the Doc: tokens `start` to `end` (exclusive) of page `page` (from 1)."""

    text: str
    page: int
    box: Box | None
    region: Region | None
    confidence: float
    start: int
    end: int


# Mutable defaults are copied by spaCy for each Doc.
_DEFAULTS: dict[str, Any] = {
    "vnocr_pages": (),
    "vnocr_readings": (),
    "vnocr_signatures": (),
    "vnocr_lines": (),
    "vnocr_words": (),
    "vnocr_fields": Fields(),
    "vnocr_evidence": {},
    "vnocr_body": range(0),
    "vnocr_closing": None,
    "vnocr_file_name": "",
    "vnocr_references": (),
    "vnocr_directives": (),
    "vnocr_problems": [],
}


def register_extensions() -> None:
    """Register the Doc extensions of this room; harmless when done twice."""
    for name, default in _DEFAULTS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)


def make_doc(
    vocab: Vocab,
    pages: Sequence[Page],
    readings: Sequence[Reading] = (),
    signatures: Sequence[Signature] = (),
    file_name: str = "",
) -> Doc:
    """Return a Doc over the decided text of `pages`, its extensions filled."""
    register_extensions()
    words: list[Word] = []
    lines: list[DocLine] = []
    for page in pages:
        for line in page.lines:
            start = len(words)
            for word in line.words:
                words.extend(_tokens(word))
            lines.append(_doc_line(page, line, words[start:], start))
    doc = Doc(vocab, words=[word.text for word in words])
    doc._.vnocr_pages = tuple(pages)
    doc._.vnocr_readings = tuple(readings)
    doc._.vnocr_signatures = tuple(signatures)
    doc._.vnocr_file_name = file_name
    doc._.vnocr_words = tuple(words)
    doc._.vnocr_lines = tuple(lines)
    doc._.vnocr_body = range(len(lines))
    return doc


def lines_of(doc: Doc) -> tuple[DocLine, ...]:
    """Return the lines of `doc`; of a Doc that was made from a string, its text lines.

    Lets the components run in a pipeline that starts from plain text. The words of
    such a Doc have no boxes and full confidence.
    """
    register_extensions()
    if not doc._.vnocr_lines and len(doc):
        lines: list[DocLine] = []
        start = 0
        for token in doc:
            for _ in range(token.text.count("\n")):
                lines.append(_text_line(doc, start, token.i))
                start = token.i + 1
        lines.append(_text_line(doc, start, len(doc)))
        doc._.vnocr_words = tuple(Word(token.text, token.text, None, 1.0) for token in doc)
        doc._.vnocr_lines = tuple(lines)
        doc._.vnocr_body = range(len(lines))
    found: tuple[DocLine, ...] = doc._.vnocr_lines
    return found


def _text_line(doc: Doc, start: int, end: int) -> DocLine:
    end = max(start, end)
    text = " ".join(token.text for token in doc[start:end] if not token.is_space)
    return DocLine(text, 1, None, None, 1.0 if text else 0.0, start, end)


def _tokens(word: Word) -> list[Word]:
    # A correction may split a word in two or drop it. Its parts share the box; the first
    # keeps what was seen.
    parts = word.text.split()
    if parts == [word.text]:
        return [word]
    return [replace(word, text=part, seen=word.seen * (not i)) for i, part in enumerate(parts)]


def _doc_line(page: Page, line: Line, words: Sequence[Word], start: int) -> DocLine:
    box = line.box if line.box is not None else Box.around(word.box for word in words)
    return DocLine(
        text=" ".join(word.text for word in words),
        page=page.number,
        box=box,
        region=line.region,
        confidence=line.confidence,
        start=start,
        end=start + len(words),
    )
