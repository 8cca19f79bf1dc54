"""Values as cells of a table that spreadsheets open: nothing in them can run."""

from __future__ import annotations

from datetime import date

Cell = str | int | float | bool | date | None

# A spreadsheet takes a cell that begins like this for a formula; full-width forms and line
# breaks count, and blanks before them do not help.
_STARTS = tuple("=+-@\t\r\n＝＋－＠")
_GUARD = "'"


def guarded(text: str) -> str:
    """Return `text` so that no spreadsheet runs it: with an apostrophe before it if need be.

    The inverse is to take one apostrophe away from before a formula's start: a text that has
    apostrophes there of its own gets one more.
    """
    bare = text.lstrip(_GUARD)
    risky = bare.startswith(_STARTS) or bare.lstrip().startswith(_STARTS)
    return _GUARD + text if risky else text


def plain(value: object) -> str:
    """Return `value` as text; lists are joined with semicolons, None is nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def day(iso: str | None) -> date | str | None:
    """Return an ISO date as a date; what is none stays text."""
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return iso
