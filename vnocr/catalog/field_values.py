"""Fields with one value changed by a person, and what a corrected word means for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from vnocr.model import Box, Directive, Evidence, Fields, Signer

# A corrected word: its page, its box, its text before and after.
WordChange = tuple[int, Box | None, str, str]

_LISTS = ("recipients_to", "recipients_cc")
_WORDED = ("subject", "issuer", "issuer_parent")
_NUMBER = re.compile(r"(?P<serial>\d+[a-zđ]?)?\s*[/-]\s*(?P<symbol>.+)")
_CORE = re.compile(r"^\W+|\W+$")


def with_field(values: Fields, name: str, value: Any) -> Fields | None:
    """Return `values` with `value` as field `name`; None if there is no such field.

    `signer.name` and its like name a part. A number brings its serial and symbol along.
    """
    whole, _, part = name.partition(".")
    if whole == "signer" and part in Signer.__slots__:
        return replace(values, signer=replace(values.signer, **{part: value}))
    if part or whole == "signer" or whole not in {item.name for item in fields(Fields)}:
        return None
    if whole in _LISTS:
        value = tuple(value or ())
    new: dict[str, Any] = {whole: value}
    changed = replace(values, **new)
    if whole != "number":
        return changed
    split = _NUMBER.fullmatch(value.strip()) if value else None
    parts = split.groupdict() if split else {"serial": None, "symbol": None}
    return replace(changed, **parts)


def with_word(values: Fields, evidence: Mapping[str, Evidence], change: WordChange) -> Fields:
    """Return `values` with a word corrected in the names and the subject it is a part of."""
    changed: dict[str, Any] = {
        name: _swapped(text, change)
        for name in _WORDED
        if (text := getattr(values, name)) and _covers(evidence.get(name), change)
    }
    return replace(values, **changed)


def reconciled(directive: Directive, change: WordChange) -> Directive:
    """Return `directive` with a word corrected in it, if the word is a part of it."""
    if not _covers(directive, change):
        return directive
    return replace(
        directive,
        text=_swapped(directive.text, change),
        assignee=directive.assignee and _swapped(directive.assignee, change),
    )


def _covers(where: Evidence | Directive | None, change: WordChange) -> bool:
    page, box, _, _ = change
    if where is None or where.page != page or where.box is None or box is None:
        return False
    across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    area = where.box
    return area.left <= across <= area.right and area.top <= down <= area.bottom


def _swapped(text: str, change: WordChange) -> str:
    """Return `text` with the changed word; as it is unless the word stands there once."""
    old, new = (_CORE.sub("", part) for part in change[2:])
    words = text.split(" ")
    hits = [place for place, word in enumerate(words) if _CORE.sub("", word) == old]
    if not old or len(hits) != 1:
        return text
    words[hits[0]] = words[hits[0]].replace(old, new) if new else ""
    return " ".join(word for word in words if word)
