"""How often a PDF page draws its forms: a few that draw each other many times never end."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_DEEPEST = 30  # programs that draw PDFs go no deeper


ENDLESS = 10**9


def forms_drawn(page: Any) -> int:
    """Return how many forms are drawn for `page`, a page object of pikepdf, nested ones too.

    Counts what the content says, without drawing. A form once within itself counts once:
    programs that draw stop there. One that is there several times is ENDLESS, since PDFium
    draws each of them down to its deepest level.
    """
    return _drawn(page, page.get("/Resources", {}), {}, _Way({}, 1))


@dataclass(frozen=True, slots=True)
class _Way:
    """The forms that are being drawn, each with how often it is; `times` for the innermost."""

    inside: dict[tuple[int, int], int]
    times: int

    def into(self, form: tuple[int, int], count: int) -> _Way:
        return _Way({**self.inside, form: self.times * count}, self.times * count)


def _drawn(holder: Any, resources: Any, known: dict[tuple[int, int], int], way: _Way) -> int:
    items = resources.get("/XObject", {}).items()
    forms = {name: item for name, item in items if item.get("/Subtype") == "/Form"}
    if not forms or len(way.inside) > _DEEPEST:
        return 0
    times = Counter(_DRAWN.findall(_content(holder)))
    total = 0
    for name, form in forms.items():
        count, key = times[name[1:].encode("utf-8", "surrogateescape")], form.objgen
        if count and key in way.inside:
            total += ENDLESS if way.times * count > way.inside[key] else 0
        elif count:
            if key not in known:
                nested = form.get("/Resources", resources)
                known[key] = 1 + _drawn(form, nested, known, way.into(key, count))
            total += count * known[key]
    return min(total, ENDLESS)


def _content(holder: Any) -> bytes:
    """Return what a page or a form draws; the content of a page may lie in pieces."""
    import pikepdf

    if isinstance(holder, pikepdf.Stream):
        return holder.read_bytes()
    content = holder.get("/Contents", [])
    pieces = [content] if isinstance(content, pikepdf.Stream) else content
    return b"\n".join(piece.read_bytes() for piece in pieces)
