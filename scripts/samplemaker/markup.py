"""The body's markup: one paragraph a line, marked by how it begins.

^ text      ground (căn cứ), in italics        # text      centred, bold
% text      centred, bold italics              | a | b |   row of a table, the first its head
|: 8 40 22  widths of the columns in percent   ---         page break
else        an indented paragraph; **bold** and *italics* inside it
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from samplemaker.fonts import Face


@dataclass(frozen=True, slots=True)
class Run:
    """Letters in one face."""

    text: str
    face: Face


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`words` are lists of runs; `kind` is "text" or "centred"."""

    words: tuple[tuple[Run, ...], ...]
    kind: str = "text"

    @property
    def text(self) -> str:
        """The words without markup, joined by single blanks."""
        return " ".join("".join(run.text for run in word) for word in self.words)


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as plain text, row by row; the first row is the head. Widths are shares of 1."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block begins a page."""


Block = Paragraph | Table | PageBreak

_INLINE = re.compile(r"(\*\*|\*)(.+?)\1")


def parse(body: str, family: str) -> tuple[Block, ...]:
    """Return the blocks of `body`, set in `family`."""
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    widths: tuple[float, ...] = ()

    def close_table() -> None:
        if rows:
            blocks.append(Table(tuple(rows), widths))
            rows.clear()

    for line in filter(None, map(str.strip, body.splitlines())):
        if line.startswith("|:"):
            numbers = [float(part) for part in line[2:].split()]
            widths = tuple(number / sum(numbers) for number in numbers)
        elif line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
        else:
            close_table()
            blocks.append(PageBreak() if line == "---" else _paragraph(line, family))
    close_table()
    return tuple(blocks)


def _paragraph(line: str, family: str) -> Paragraph:
    kinds = {
        "#": ("centred", True, False),
        "^": ("text", False, True),
        "%": ("centred", True, True),
    }
    kind, bold, italic = kinds.get(line[0], ("text", False, False))
    text = line[1:].strip() if line[0] in kinds else line
    return Paragraph(words_of(text, Face(family, bold=bold, italic=italic)), kind)


def words_of(text: str, face: Face) -> tuple[tuple[Run, ...], ...]:
    """Return the words of `text` as runs; `**bold**` and `*italics*` change `face`."""
    words: list[list[Run]] = [[]]
    for run in _runs(text, face):
        for index, part in enumerate(run.text.split(" ")):
            if index:
                words.append([])
            if part:
                words[-1].append(Run(part.replace("_", " "), run.face))
    return tuple(tuple(word) for word in words if word)


def _runs(text: str, face: Face) -> Iterator[Run]:
    start = 0
    for found in _INLINE.finditer(text):
        yield Run(text[start : found.start()], face)
        bold = face.bold or found.group(1) == "**"
        italic = face.italic or found.group(1) == "*"
        yield Run(found.group(2), Face(face.family, bold=bold, italic=italic))
        start = found.end()
    yield Run(text[start:], face)
