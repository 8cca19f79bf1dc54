"""Which documents a person should look at, and where on the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vnocr.model import Evidence, Fields, Problem

# An archive is searched by these; one of them missing or doubtful calls for a look.
REVIEWED = ("number", "issue_date", "issuer", "type")


def review(fields: Fields, evidence: Mapping[str, Evidence], below: float) -> Iterator[Problem]:
    """Yield a problem `needs-review` for each reviewed field missing or below `below`."""
    for name in REVIEWED:
        value = getattr(fields, name)
        found = evidence.get(name)
        if value is not None and found is not None and found.confidence >= below:
            continue
        if value is None or found is None:
            reason = f"{name} was not read"
        else:
            reason = f"{name} {value!r} is uncertain ({found.confidence:.2f})"
        yield Problem("extract", "needs-review", reason + _where(found), _page(found))


def _where(found: Evidence | None) -> str:
    if found is None:
        return ""
    place = f"; page {found.page}"
    if found.box is not None:
        box = found.box
        place += f", box {box.left},{box.top},{box.right},{box.bottom}"
    return f"{place}, seen {found.raw!r}"


def _page(found: Evidence | None) -> int | None:
    return found.page if found else None
