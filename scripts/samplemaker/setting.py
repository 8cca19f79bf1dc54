"""Breaks paragraphs into lines and sets lines on a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from samplemaker.fonts import Face, width
from samplemaker.markup import Run, words_of
from samplemaker.sheet import SeenLine, Sheet, Text

Word = tuple[Run, ...]


def word_width(word: Word, size: float) -> float:
    """Return how wide a word is in points."""
    return sum(width(run.text, run.face, size) for run in word)


def text_of(words: Sequence[Word]) -> str:
    """Return the words joined by single blanks."""
    return " ".join("".join(run.text for run in word) for word in words)


def break_lines(
    words: Sequence[Word], size: float, room: float, indent: float = 0.0
) -> Iterator[tuple[Word, ...]]:
    """Yield lines no wider than `room` points; the first is shorter by `indent`."""
    line: list[Word] = []
    used = indent
    for word in words:
        blank = width(" ", word[0].face, size) if line else 0.0
        needed = word_width(word, size)
        if line and used + blank + needed > room:
            yield tuple(line)
            line, used, blank = [], 0.0, 0.0
        line.append(word)
        used += blank + needed
    if line:
        yield tuple(line)


def set_words(
    sheet: Sheet, words: Sequence[Word], size: float, place: tuple[float, float], gap: float = 0.0
) -> float:
    """Set `words` from `place` (x, baseline), gaps widened by `gap`; return where they end."""
    x, y = place
    for index, word in enumerate(words):
        if index:
            x += width(" ", word[0].face, size) + gap
        for run in word:
            sheet.marks.append(Text(x, y, run.text, run.face, size))
            x += width(run.text, run.face, size)
    return x


def set_justified(
    sheet: Sheet, words: Sequence[Word], size: float, place: tuple[float, float], room: float
) -> None:
    """Set `words` so that they fill `room` points from `place`."""
    natural = sum(word_width(word, size) for word in words)
    natural += sum(width(" ", word[0].face, size) for word in words[1:])
    gap = (room - natural) / (len(words) - 1) if len(words) > 1 else 0.0
    set_words(sheet, words, size, place, gap)


def set_centred(
    sheet: Sheet, text: str, face: Face, size: float, place: tuple[float, float]
) -> tuple[float, float]:
    """Set one line centred on `place` (x, baseline); return its left and right end."""
    centre, y = place
    words = words_of(text, face)
    natural = sum(word_width(word, size) for word in words)
    natural += sum(width(" ", word[0].face, size) for word in words[1:])
    left = centre - natural / 2
    set_words(sheet, words, size, (left, y))
    return left, left + natural


def wrap(text: str, face: Face, size: float, room: float) -> tuple[str, ...]:
    """Return the lines `text` takes in `room` points."""
    return tuple(text_of(line) for line in break_lines(words_of(text, face), size, room))


def wrap_evenly(text: str, face: Face, size: float, room: float) -> tuple[str, ...]:
    """Return as few lines as `wrap` does, of about the same length, as a heading is set."""
    lines = wrap(text, face, size, room)
    narrower = room
    while narrower > size and len(wrap(text, face, size, narrower)) == len(lines):
        lines = wrap(text, face, size, narrower)
        narrower -= size / 2
    return lines


def see(sheet: Sheet, text: str, region: str, hand: tuple[str, ...] = ()) -> None:
    """Note a line that a reader sees."""
    sheet.lines.append(SeenLine(text, region, hand))
