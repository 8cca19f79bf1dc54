"""What a PDF would do, beside being shown, in a viewer that lets it: told, never run.

The kinds of actions and files are those of ISO 32000-1, 12.6.4, 7.11.4 and 12.7.8.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from vnocr.model import Problem

_ACTIONS = {
    "/JavaScript": "JavaScript",
    "/Launch": "starting of programs",
    "/SubmitForm": "sending of forms",
    "/ImportData": "importing of data",
    "/Rendition": "playing of media",
}
_KEYS = {"/JS": "JavaScript", "/EF": "embedded files", "/XFA": "XFA forms"}
_SUBTYPES = {"/RichMedia": "playing of media", "/Movie": "playing of media"}
# A scan has a hundred objects, a long law ten thousand; deeper nesting is no action's.
_MOST_OBJECTS, _DEEPEST = 50_000, 6


def find_active_content(path: Path) -> tuple[Problem, ...]:
    """Return a Problem that names the active content of the PDF at `path`, if it has any.

    Nothing is run, opened or fetched. What cannot be parsed is passed over.
    """
    import pikepdf

    found: Counter[str] = Counter()
    # The document was opened once already: whatever fails here is not news.
    with suppress(Exception), pikepdf.open(path) as pdf:
        for number, item in enumerate(pdf.objects):
            if number >= _MOST_OBJECTS:
                break
            with suppress(Exception):
                found.update(_of(item, pikepdf))
    if not found:
        return ()
    kinds = ", ".join(sorted(found))
    message = (
        f"the PDF holds active content: {kinds}. None of it was run or opened; "
        "be careful with the original in other programs."
    )
    return (Problem("open", "active-content", message),)


def _of(item: Any, pikepdf: Any, depth: int = 0) -> Iterator[str]:
    """Yield what `item` does, and what its parts do that are no objects of their own."""
    if depth > _DEEPEST:
        return
    if isinstance(item, pikepdf.Array):
        parts = list(item)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        pairs = dict(item.items())
        yield from (_KEYS[key] for key in pairs if key in _KEYS)
        for key, kinds in (("/S", _ACTIONS), ("/Subtype", _SUBTYPES)):
            if str(pairs.get(key)) in kinds:
                yield kinds[str(pairs[key])]
        parts = list(pairs.values())
    else:
        return
    for part in parts:
        composed = isinstance(part, pikepdf.Array | pikepdf.Dictionary)
        if composed and not part.is_indirect:
            yield from _of(part, pikepdf, depth + 1)
