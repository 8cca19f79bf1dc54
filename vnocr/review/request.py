"""From what the page in the browser sends to corrections; nothing of it is trusted."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from vnocr.catalog.corrections import DIRECTIVE_PARTS, FIELD_NAMES, Applied
from vnocr.model import Correction, CorrectionKind, Directive, Place, Word
from vnocr.vietnamese.unicode import nfc

_LONGEST, _MOST = 4000, 200
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_DATES = ("issue_date", "deadline")
_LISTS = ("recipients_to", "recipients_cc", "cooperating")
# The rest follow from these or say nothing to people.
EDITABLE = tuple(name for name in FIELD_NAMES if name not in ("serial", "symbol", "type_code"))


class RefusedError(Exception):
    """A request that cannot be carried out; `key` names the message for the person."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Author:
    """Who corrects."""

    name: str

    def correction(self, kind: CorrectionKind, **values: Any) -> Correction:
        """Return a correction made now."""
        moment = datetime.now(UTC).isoformat(timespec="milliseconds")
        return Correction(uuid.uuid4().hex, moment, self.name, kind, **values)


def read_correction(sent: Mapping[str, Any], applied: Applied, author: Author) -> Correction:
    """Return the correction that `sent` asks for in the document shown as `applied`.

    Raises RefusedError if it makes no sense, or if the document has changed meanwhile.
    """
    kind = sent.get("kind")
    if kind == "field":
        return _field(sent, applied, author)
    if kind == "word":
        return _word(sent, applied, author)
    if kind == "directive":
        return _directive(sent, applied, author)
    raise RefusedError("bad-request")


def clean_text(value: Any) -> str:
    """Return `value` as one line of clean NFC text. Raises RefusedError if it is no text."""
    if not isinstance(value, str):
        raise RefusedError("bad-request")
    if len(value) > _LONGEST:
        raise RefusedError("too-long")
    kept = "".join(
        " " if letter.isspace() else letter
        for letter in nfc(value)
        if letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cs", "Cf", "Co", "Cn")
    )
    return " ".join(kept.split())


def clean_date(value: Any) -> str | None:
    """Return 5/2/2024 or 2024-02-05 as the latter, None for nothing. Raises RefusedError."""
    text = clean_text(value or "")
    if not text:
        return None
    try:
        if found := _DAY.fullmatch(text):
            day, month, year = map(int, found.groups())
            return date(year, month, day).isoformat()
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise RefusedError("bad-date") from error


def _field(sent: Mapping[str, Any], applied: Applied, author: Author) -> Correction:
    name = sent.get("name")
    if name not in EDITABLE:
        raise RefusedError("bad-request")
    whole, _, part = name.partition(".")
    before = getattr(applied.dispatch.fields, whole)
    before = getattr(before, part) if part else before
    if isinstance(before, tuple):
        before = list(before)
    return author.correction(
        "field", target=name, before=before, after=_value(name, sent.get("value"))
    )


def _word(sent: Mapping[str, Any], applied: Applied, author: Author) -> Correction:
    page, line, position = (_count(sent.get(name)) for name in ("page", "line", "position"))
    word = _find_word(applied, page, line, position)
    if word is None or word.text != sent.get("was"):
        raise RefusedError("changed")
    place = Place(page, word.box, word.seen, line, position)
    after = clean_text(sent.get("text"))
    return author.correction("word", place=place, before=word.text, after=after)


def _find_word(applied: Applied, page: int, line: int, position: int) -> Word | None:
    for one in applied.dispatch.pages:
        if one.number == page and line < len(one.lines):
            words = one.lines[line].words
            return words[position] if position < len(words) else None
    return None


def _directive(sent: Mapping[str, Any], applied: Applied, author: Author) -> Correction:
    changes = sent.get("changes")
    after = None if changes is None else _parts(changes)
    if sent.get("position") is None:
        if not after or not after.get("text"):
            raise RefusedError("no-text")
        place = Place(max(1, _count(sent.get("page"))), None, "", 0, 0)
        return author.correction("directive", place=place, after=after)
    position = _count(sent.get("position"))
    shown = applied.dispatch.directives
    if position >= len(shown) or shown[position].text != sent.get("was"):
        raise RefusedError("changed")
    if after is not None and after.get("text", "-") == "":
        raise RefusedError("no-text")
    names = DIRECTIVE_PARTS if after is None else tuple(after)
    before = {name: _plain(getattr(shown[position], name)) for name in names}
    origin = applied.origins[position]
    if isinstance(origin, str):
        return author.correction("directive", target=origin, before=before, after=after)
    place = _place(applied, origin)
    return author.correction("directive", place=place, before=before, after=after)


def _place(applied: Applied, origin: int) -> Place:
    corrected = applied.dispatch.corrected
    read = corrected.as_read.directives if corrected else applied.dispatch.directives
    directive: Directive = read[origin]
    return Place(directive.page, directive.box, directive.text, 0, origin)


def _parts(changes: Any) -> dict[str, Any]:
    if not isinstance(changes, dict) or not set(changes) <= set(DIRECTIVE_PARTS):
        raise RefusedError("bad-request")
    parts = {name: _value(name, value) for name, value in changes.items()}
    return {name: value or "" if name == "text" else value for name, value in parts.items()}


def _value(name: str, value: Any) -> Any:
    if name in _DATES:
        return clean_date(value)
    if name in _LISTS:
        if not isinstance(value, list) or len(value) > _MOST:
            raise RefusedError("bad-request")
        return [text for one in value if (text := clean_text(one))]
    return clean_text(value or "") or None


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 1_000_000:
        raise RefusedError("bad-request")
    return value
