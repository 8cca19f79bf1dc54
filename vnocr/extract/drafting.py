"""The code of the drafting unit, after "Lưu: VT," at the end of the copies: `KTTHa47`, `NVK.300`.

Decree 30/2020/NĐ-CP, annex I: the last line of the recipients names where the document is kept,
then the unit and the person who drafted it and the number of copies, as the office codes them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vnocr.extract.ledger import PRINTED
from vnocr.extract.spans import LineSpan
from vnocr.model import Box, Evidence

_KEPT = re.compile(r"^\W*l[uưi]+u?\s*[:;.,]?\s*(?=\S)")
# Where papers are kept: the registry, the office, the file. It comes first, also misread ("VI").
_PLACES = frozenset({"VT", "VP", "HS", "HSTC", "VTLT", "LT", "NHƯ TRÊN"})
_REGISTRY = re.compile(r"V\w{1,3}")
_CODE = re.compile(r"[^\W\d_][\w.&()/\- ]{1,30}")
_PARTS = re.compile(r"\s*[,;]\s*")


def find_drafting_code(copies: Sequence[LineSpan]) -> tuple[str, Evidence] | None:
    """Return the code and where it stands, or None if the last line of `copies` has none.

    Codes are read as seen: no dictionary may correct them.
    """
    for span in reversed(copies):
        plain = span.before_correction()
        if kept := _KEPT.match(plain.key):
            return _found(plain, plain.text[kept.end() :])
    return None


def _found(span: LineSpan, rest: str) -> tuple[str, Evidence] | None:
    parts = [part.strip(" .;,_*") for part in _PARTS.split(rest)]
    others = parts[1:] if _REGISTRY.fullmatch(parts[0]) else parts
    codes = [part for part in others if part.upper() not in _PLACES and _CODE.fullmatch(part)]
    if len(parts) < 2 or not codes:
        return None
    words = [word for word in span.words if any(code[:3] in word.seen for code in codes)]
    sure = min((word.confidence for word in words), default=0.0)
    box = Box.around(word.box for word in words)
    return ", ".join(codes), Evidence(span.page, box, span.seen, round(sure, 3), PRINTED)
