"""How often a PDF page draws its forms: a few that draw each other many times never end."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_DEEPEST = 30  # programs that draw PDFs go no deeper


def forms_drawn(page: Any) -> int:
    """Return how many forms are drawn for `page`, a page object of pikepdf, nested ones too.

    Counts what the content says, without drawing. A form within itself counts once: programs
    that draw stop there.
    """
    return _drawn(page, page.get("/Resources", {}), {}, 0)


def _drawn(holder: Any, resources: Any, known: dict[tuple[int, int], int], depth: int) -> int:
    items = resources.get("/XObject", {}).items()
    forms = {name: item for name, item in items if item.get("/Subtype") == "/Form"}
    if not forms or depth > _DEEPEST:
        return 0
    times = Counter(_DRAWN.findall(_content(holder)))
    total = 0
    for name, form in forms.items():
        count = times[name[1:].encode("utf-8", "surrogateescape")]
        if not count:
            continue
        key = form.objgen
        if key not in known:
            known[key] = 0  # while it is looked at: a form within itself
            known[key] = 1 + _drawn(form, form.get("/Resources", resources), known, depth + 1)
        total += count * known[key]
    return total


def _content(holder: Any) -> bytes:
    """Return what a page or a form draws; the content of a page may lie in pieces."""
    import pikepdf

    if isinstance(holder, pikepdf.Stream):
        return holder.read_bytes()
    content = holder.get("/Contents", [])
    pieces = [content] if isinstance(content, pikepdf.Stream) else content
    return b"\n".join(piece.read_bytes() for piece in pieces)
