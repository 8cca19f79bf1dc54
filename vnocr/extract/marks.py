"""Security and urgency marks: short stamped words in the head of the first page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from vnocr.extract.columns import HeadSpan, Role
from vnocr.extract.spans import LineSpan

# Folded wording, the longer first, with the field and its value.
MARKS: tuple[tuple[str, Literal["security", "urgency"], str], ...] = (
    ("tuyet mat", "security", "Tuyệt mật"),
    ("toi mat", "security", "Tối mật"),
    ("mat", "security", "Mật"),
    ("hoa toc hen gio", "urgency", "Hỏa tốc hẹn giờ"),
    ("hoa toc", "urgency", "Hỏa tốc"),
    ("thuong khan", "urgency", "Thượng khẩn"),
    ("khan", "urgency", "Khẩn"),
)
# Marks of one short syllable are common words: they must be spelled with their own tones.
_SHORT = {"mat": "MẬT", "khan": "KHẨN"}
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark that was found."""

    field: Literal["security", "urgency"]
    value: str
    span: LineSpan


def find_marks(spans: Sequence[HeadSpan]) -> list[Mark]:
    """Return the first security and the first urgency mark of the head."""
    found: dict[str, Mark] = {}
    for item in spans:
        if item.role not in (Role.TEXT, Role.STAMP):
            continue
        mark = _mark(item.span)
        if mark is not None:
            found.setdefault(mark.field, mark)
    return list(found.values())


def is_mark(span: LineSpan) -> bool:
    """Whether `span` is nothing but a mark of security or urgency."""
    return _mark(span) is not None


def _mark(span: LineSpan) -> Mark | None:
    letters = " ".join(_LETTERS.findall(span.key))
    for wording, field, value in MARKS:
        if letters != wording or span.upper_share < 1:
            continue
        if wording in _SHORT and _SHORT[wording] not in span.text:
            continue
        return Mark(field, value, span)
    return None
