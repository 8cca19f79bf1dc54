"""Checking a symbol (`QĐ-BGDĐT`) against what else the page says.

The printed type and the issuer each imply a code. A group of the symbol that equals such a
code but for its marks or one misread letter is put right; others stay as read, since every
office may coin its own codes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vnocr.extract.symbols import mostly_capitals
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
    """A symbol after the check: whether its groups were expected, how many were repaired."""

    text: str
    opening_known: bool  # the first group stands for the type, or for a letter's issuer
    following_known: bool  # one of the later groups stands for the issuer
    strangers: int  # groups that stand for neither and are not in the inventory
    repaired: int


def code_inventory(codes: Iterable[str]) -> dict[str, str]:
    """Return the codes by their form without marks, where only one code has that form."""
    forms: dict[str, set[str]] = defaultdict(set)
    for code in codes:
        forms[_bare(code)].add(code)
    return {bare: group.pop() for bare, group in forms.items() if len(group) == 1}


def check_symbol(
    symbol: str,
    first: Iterable[str],
    later: Iterable[str],
    inventory: Mapping[str, str],
) -> CheckedSymbol:
    """Return `symbol` with its groups spelled like the expected codes they stand for.

    `first` are the codes expected in the first group (of the type; of a letter's issuer),
    `later` those of the issuer in the others. A group that is none of these gets the marks
    of the one code of `inventory` that it equals otherwise ("TDC" is "TĐC").
    """
    first, later = tuple(first), tuple(later)
    symbol = next((f"{a}-{b}" for a in first for b in later if same_code(symbol, a + b)), symbol)
    opening, following = (sorted(set(codes), key=len, reverse=True) for codes in (first, later))
    pieces: list[str] = []
    known: list[bool] = []
    strangers = repaired = 0
    for piece in _JOINT.split(symbol):
        code = None
        if piece not in "-/" and not piece.isdigit():
            code = _code_for(piece, following) if known else _opening_code(piece, opening)
            known.append(code is not None)
            listed = inventory.get(_bare(piece))
            code = code or (listed if piece in (listed, _bare(piece)) else None)
            strangers += code is None
        pieces.append(code or piece)
        repaired += code is not None and code != piece
    return CheckedSymbol("".join(pieces), any(known[:1]), any(known[1:]), strangers, repaired)


def same_code(group: str, code: str) -> bool:
    """Whether `group` is `code` but for marks, case and a doubled Đ."""
    return _DOUBLED_D.sub("D", _bare(group)) == _DOUBLED_D.sub("D", _bare(code))


def is_plausible(symbol: str) -> bool:
    """Whether every group of `symbol` is mostly capitals, or a year: ink reads as "Z2me"."""
    groups = _JOINT.split(symbol)[::2]
    return all(group.isdigit() or mostly_capitals(group) for group in groups)


def _opening_code(group: str, codes: list[str]) -> str | None:
    """Return the code that the first group stands for; ink may have swallowed its first letter."""
    return _code_for(group, codes) or next(
        (c for c in codes if (len(c) > 2 or len(group) == 1) and same_code(group, c[1:])), None
    )


def _code_for(group: str, codes: list[str]) -> str | None:
    if group in codes:
        return group
    bare = _bare(group)
    for code in codes:
        if len(code) > 1 and same_code(group, code):
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
