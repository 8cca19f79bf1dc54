"""Numbers of documents in running text, and one spelling for each of them.

State style is `599/SCT-VP` or, for normative papers, `45/2016/QĐ-TTg`; party style is
`01-NQ/TU`. Recognisers and typists put blanks at the joints and write Đ as D, P or b.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from vnocr.vietnamese.unicode import fold, nfc

# Dashes and slashes of all kinds, one for one.
DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "‐": "-", "⁄": "/", "∕": "/"})
_GROUP = r"[A-ZĐƯÔƠÂĂÊ][A-Za-zĐđâêôơưÂÊÔƠƯĂ&.]*\d{0,2}(?![^\W_])"
# One blank may stand on one side of a joint, and a hyphen at a line end may be set twice; a
# dash between two blanks parts two phrases.
_HYPHEN = r"(?:-\s?-?|\s-)"
# After the word "số" a symbol of several groups may have lost its slash.
_LOST_SLASH = r"(?<=[sS]ố \d{3})(?=[A-ZĐ]{2,}-[A-ZĐ])|(?<=[sS]ố \d{4})(?=[A-ZĐ]{2,}-[A-ZĐ])"
_STATE = (
    rf"(?P<serial>\d{{1,5}}[a-zđ]?)(?:\s?/\s?|{_LOST_SLASH})(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?"
    rf"(?P<symbol>{_GROUP}(?:{_HYPHEN}{_GROUP})*)"
)
_PARTY = (
    r"(?P<pserial>\d{1,4}[a-zđ]?)\s?-\s?"
    rf"(?P<psymbol>{_GROUP}\s?/\s?{_GROUP}(?:{_HYPHEN}{_GROUP})*)"
)
_NUMBER = re.compile(rf"(?<![\w/.,-])(?:{_STATE}|{_PARTY})")
# A blank inside a code, told by the day that follows: 689/SNV-CCHC VTLT ngày ...
_PARTED_TAIL = re.compile(r" ([A-ZĐ]{2,8})(?=,?\s+ngày\s+\d)")
_TRAILING = ".-&"
# Letters that recognisers take for one another inside codes; compared, never written.
_LOOKALIKES = str.maketrans({"P": "D", "B": "D", "O": "D", "0": "D", "L": "I", "1": "I", "|": "I"})


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number at `start` to `end` of the text, in its normal spelling."""

    number: str
    start: int
    end: int
    codes: tuple[str, ...]

    @property
    def serial(self) -> str:
        """What stands before the first joint, without leading zeros."""
        return re.split(r"[-/]", self.number, maxsplit=1)[0].lstrip("0") or "0"


class Codes:
    """The codes that stand in symbols: of types of documents and of bodies."""

    def __init__(self, types: Iterable[str], bodies: Iterable[str]) -> None:
        self._types = frozenset(types)
        self._bodies = frozenset(bodies)

    def repaired(self, group: str, *, first: bool) -> str:
        """Return `group`, or the one known code it is a misreading of."""
        if group in self._types or group in self._bodies:
            return group
        shape = _shape(group)
        if first and len(self._by_shape.get(shape, ())) == 1:
            return self._by_shape[shape][0]
        for spelling in (fold(group), re.sub(r"(.)\1+", r"\1", fold(group))):
            same = self._by_fold.get(spelling, ()) if len(spelling) > 1 else ()  # NN is not N
            if len(same) == 1:
                return same[0]
        return group

    @cached_property
    def _by_shape(self) -> dict[str, list[str]]:
        return _grouped(self._types, _shape)

    @cached_property
    def _by_fold(self) -> dict[str, list[str]]:
        return _grouped(self._types | self._bodies, fold)


def find_numbers(text: str, codes: Codes) -> Iterator[FoundNumber]:
    """Yield the numbers in `text` from left to right."""
    plain = nfc(text).translate(DASHES)
    if len(plain) != len(text):
        plain = text
    for match in _NUMBER.finditer(plain):
        found = _read(match, codes)
        if found:
            yield found


def _read(match: re.Match[str], codes: Codes) -> FoundNumber | None:
    raw = match["symbol"] or match["psymbol"]
    bare = raw.rstrip(_TRAILING)
    end = match.end() - (len(raw) - len(bare))
    bare = re.sub(r"-\s*-", "-", bare)
    groups = [group.strip() for group in re.split(r"[-/]", bare)]
    if not all(mostly_capitals(group) for group in groups):
        return None
    joints = re.findall(r"[-/]", bare)
    # In a number of one group the group names a body or its unit, not a type.
    named = [
        codes.repaired(group, first=place == 0 and len(groups) > 1)
        for place, group in enumerate(groups)
    ]
    symbol = named[0] + "".join(
        joint + group for joint, group in zip(joints, named[1:], strict=True)
    )
    tail = _PARTED_TAIL.match(match.string, end)
    if tail is not None:
        symbol, end = symbol + tail[1], tail.end(1)
    if match["psymbol"]:
        return FoundNumber(f"{match['pserial']}-{symbol}", match.start(), end, tuple(named))
    year = f"{match['year']}/" if match["year"] else ""
    return FoundNumber(f"{match['serial']}/{year}{symbol}", match.start(), end, tuple(named))


def number_key(number: str) -> str:
    """Return the key under which spellings of one number agree: no blanks, marks, case, zeros."""
    bare = re.sub(r"\s+", "", fold(number.translate(DASHES)))
    return re.sub(r"^0+(?=\d)", "", bare)


def mostly_capitals(group: str) -> bool:
    """Whether at least half of the letters of `group` are capitals, as in codes."""
    letters = [letter for letter in group if letter.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) * 2 >= len(letters)


def _shape(group: str) -> str:
    return fold(group).upper().translate(_LOOKALIKES)


def _grouped(codes: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    shapes: dict[str, list[str]] = {}
    for code in sorted(codes):
        shapes.setdefault(key(code), []).append(code)
    return shapes
