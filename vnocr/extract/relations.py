"""What a dispatch does to a document that it cites: amend, replace or repeal it.

Only what the dispatch says of itself counts (`Quyết định này thay thế ...`, `Bãi bỏ ...`, a
subject `sửa đổi, bổ sung ...`): a cited document that amended another did so on its own.
"""

from __future__ import annotations

import re

from vnocr.model import Relation

_NAMES: tuple[tuple[Relation, str], ...] = (
    ("replaces", r"thay thế"),
    ("repeals", r"(?:bãi bỏ|hủy bỏ|thu hồi|chấm dứt hiệu lực)"),
    ("amends", r"(?:sửa đổi|bổ sung|đính chính|điều chỉnh|gia hạn)"),
)
# The verb opens the clause, or the paper itself is its subject; no other document stands between.
_ACTS = tuple(
    (
        name,
        re.compile(
            r"(?:^|[.;:]\s|\b(?:này|[Vv]ề việc|V/v|về|và)\s)[^.;:]{0,50}?"
            rf"(?i:\b{verb})\b[^.;:]{{0,110}}$"
        ),
    )
    for name, verb in _NAMES
)
_BASIS = re.compile(r"\s*(?:Căn cứ|Xét|Theo đề nghị|Thực hiện|Theo)\b")
_CITED = re.compile(r"\d\s*/\s*[\dA-ZĐ]")


def relation_of(text: str, start: int) -> Relation | None:
    """Return what `text` says is done to the document cited at `start`, or None if only cited."""
    if _BASIS.match(text):
        return None
    before = text[max(0, start - 200) : start]
    for name, pattern in _ACTS:
        match = pattern.search(before)
        if match and not _CITED.search(match[0]):
            return name
    return None
