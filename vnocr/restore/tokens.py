"""Cutting text into the units that the language model counts and the decoder decides.

Cut for recognised text, not for language: `? ’ & @ ¢ ¥ §` and digits may be letters of a
word, so only punctuation at the rim of a token is taken off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vnocr.restore.protect import Kind, kind_of

BREAK = "<s>"
NUMBER = "<num>"
CODE = "<code>"
UNKNOWN = "<unk>"
COMMA = ","
SPECIALS = (BREAK, NUMBER, CODE, UNKNOWN, COMMA)

_HEAD = re.compile(r"^[^\w&@¢¥§£€$?’]+|^’(?=\w)|^\?")
_TAIL = re.compile(r"[^\w&@¢¥§£€?’'%]+$|[’'](?=[.,;:)]*$)[.,;:)]*$")
_JOINT = re.compile(r"(?<=[^\W\d])([-–—/+_=…]+|\.{2,}|[.,;:()\"“”]+)(?=[^\W\d])")
_SENTENCE_END = re.compile(r"[.;:!…|]")
_HAS_COMMA = re.compile(r"[,(){}\[\]/]|[-–—]$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a token: one unit, with the punctuation that stands before and after it."""

    before: str
    core: str
    after: str
    kind: Kind

    @property
    def text(self) -> str:
        """The piece as seen."""
        return self.before + self.core + self.after


def cut(token: str) -> tuple[Piece, ...]:
    """Return the pieces of a token without blanks; joined, they are the token again."""
    head = _HEAD.match(token)
    before = head.group() if head else ""
    rest = token[len(before) :]
    tail = _TAIL.search(rest)
    after = tail.group() if tail else ""
    core = rest[: len(rest) - len(after)] if after else rest
    kind = kind_of(core)
    if kind is not Kind.WORD:
        return (Piece(before, core, after, kind),)
    parts = _JOINT.split(core)
    if len(parts) == 1:
        return (Piece(before, core, after, kind),)
    pieces = []
    for place in range(0, len(parts), 2):
        joint = parts[place + 1] if place + 1 < len(parts) else after
        part = parts[place]
        pieces.append(Piece(before if place == 0 else "", part, joint, kind_of(part)))
    return tuple(pieces)


def unit_of(piece: Piece) -> str:
    """Return the language-model unit of a piece taken as it stands (its case is kept)."""
    if piece.kind is Kind.WORD:
        return piece.core
    if piece.kind is Kind.NUMBER:
        return NUMBER
    return "" if piece.kind is Kind.PUNCTUATION else CODE


def pause_after(punctuation: str) -> str:
    """Return the unit that punctuation stands for: a sentence break, a comma or ""."""
    if not punctuation:
        return ""
    if _SENTENCE_END.search(punctuation):
        return BREAK
    return COMMA if _HAS_COMMA.search(punctuation) else ""


def units(token: str) -> tuple[str, ...]:
    """Return the language-model units of a token of clean text."""
    found: list[str] = []
    for piece in cut(token):
        for unit in (pause_after(piece.before), unit_of(piece), pause_after(piece.after)):
            if unit:
                found.append(unit)
    return tuple(found)
