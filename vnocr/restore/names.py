"""People's names: which words of a text stand where a name may, and which syllables are names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from itertools import groupby
from typing import Protocol

from vnocr.vietnamese.casing import Case, case_of
from vnocr.vietnamese.unicode import fold

_LONGEST = 5


class Role(IntEnum):
    """Where a word stands."""

    START = 0  # it starts a sentence
    INSIDE = 1
    FAMILY = 2  # it may be a family name
    GIVEN = 3  # it may be a middle or given name


class Place(Protocol):
    """A word of the text."""

    core: str
    joins: bool
    role: Role


class Names:
    """Family names, and the syllables of middle and given names."""

    def __init__(self, families: Iterable[str], given: Mapping[str, int]) -> None:
        self._known = {
            Role.FAMILY: frozenset(name.lower() for name in families),
            Role.GIVEN: frozenset(name.lower() for name in given),
        }
        self._families = frozenset(map(fold, self._known[Role.FAMILY]))

    def of(self, role: Role) -> frozenset[str]:
        """Return the names, in small letters, of words with a role."""
        return self._known.get(role, frozenset())

    def mark(self, places: Iterable[Place]) -> None:
        """Give the words that may be names their roles.

        A name has two to five words with a capital first, and starts with a family name.
        """
        for run in _titles(places):
            if 1 < len(run) <= _LONGEST and fold(run[0].core) in self._families:
                run[0].role = Role.FAMILY
                for place in run[1:]:
                    place.role = Role.GIVEN


def _titles(places: Iterable[Place]) -> Iterator[list[Place]]:
    """Yield the runs of words with a capital first that only blanks part."""
    for titled, group in groupby(places, lambda place: case_of(place.core) is Case.TITLE):
        run: list[Place] = []
        for place in group if titled else ():
            if run and not place.joins:
                yield run
                run = []
            run.append(place)
        if run:
            yield run
