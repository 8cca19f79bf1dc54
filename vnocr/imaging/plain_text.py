"""Plain text as pages: a form feed parts pages, every line of text is a line."""

from __future__ import annotations

from vnocr.model import Line, Page, Word
from vnocr.vietnamese.unicode import stream_safe

_FULL = 1.0


def pages_from_text(text: str) -> tuple[Page, ...]:
    """Return the pages of `text`, without boxes; blank lines stay as lines without words."""
    return tuple(
        Page(number, tuple(_line(row) for row in part.splitlines()), "text", reason="plain text")
        for number, part in enumerate(stream_safe(text).split("\f"), start=1)
    )


def _line(row: str) -> Line:
    return Line(tuple(Word(token, token, None, _FULL) for token in row.split()))
