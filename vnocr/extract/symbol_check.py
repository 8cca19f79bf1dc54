"""Checking a symbol (`QĐ-BGDĐT`) against what else the page says.

The printed type and the issuer each imply a code. A group of the symbol that equals such a
code but for its marks or one misread letter is put right; others stay as read, since every
office may coin its own codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from vnocr.vietnamese.unicode import strip_marks

_JOINT = re.compile(r"([-/])")
_MIN_FUZZY_LENGTH = 3
_DOUBLED_D = re.compile("DD+")  # the crossbar of Đ is often seen as a letter of its own
# Capitals that recognisers mix up.
_LOOKALIKES = frozenset(
    frozenset(pair)
    for pair in (
        *("DP", "DB", "DO", "OQ", "O0", "I1", "IL", "IT", "S5", "YV", "UV", "CG", "NM", "HN"),
        *("HM", "B8", "BR", "PR", "EF", "KX", "TY", "VW", "UL", "CO", "OG"),
    )
)


@dataclass(frozen=True, slots=True)
class CheckedSymbol:
    """A symbol after the check: how many groups were expected, how many repaired."""

    text: str
    expected: int
    repaired: int


def check_symbol(symbol: str, first: Iterable[str], later: Iterable[str]) -> CheckedSymbol:
    """Return `symbol` with its groups spelled like the expected codes they stand for.

    `first` are the codes expected in the first group (of the type; of a letter's issuer),
    `later` those of the issuer in the others.
    """
    opening, following = (sorted(set(codes), key=len, reverse=True) for codes in (first, later))
    pieces: list[str] = []
    hits = repaired = groups = 0
    for piece in _JOINT.split(symbol):
        code = None
        if piece not in "-/" and not piece.isdigit():
            code = _code_for(piece, following if groups else opening)
            groups += 1
        pieces.append(code or piece)
        hits += code is not None
        repaired += code is not None and code != piece
    return CheckedSymbol("".join(pieces), hits, repaired)


def _code_for(group: str, codes: list[str]) -> str | None:
    if group in codes:
        return group
    bare = _bare(group)
    for code in codes:
        if len(code) > 1 and _DOUBLED_D.sub("D", bare) == _DOUBLED_D.sub("D", _bare(code)):
            return code
    for code in codes:
        if len(code) >= _MIN_FUZZY_LENGTH and _nearly(_bare(code), bare):
            return code
    if len(bare) == 2:
        return next(
            (c for c in codes if len(c) == 2 and _differs_by_lookalike(_bare(c), bare)), None
        )
    return None


def _nearly(code: str, group: str) -> bool:
    """Whether one look-alike, or one letter seen twice or split in two, parts them."""
    if _differs_by_lookalike(code, group):
        return True
    return len(group) == len(code) + 1 and any(
        group[:place] + group[place + 1 :] == code for place in range(len(group))
    )


def _differs_by_lookalike(first: str, second: str) -> bool:
    if len(first) != len(second):
        return False
    changes = [{a, b} for a, b in zip(first, second, strict=True) if a != b]
    return len(changes) == 1 and frozenset(changes[0]) in _LOOKALIKES


def _bare(code: str) -> str:
    return strip_marks(code).upper()
