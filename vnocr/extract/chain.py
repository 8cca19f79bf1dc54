"""The heaviest chain: documents whose numbers do not fall while their dates grow."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log

_SLACK = 3  # days by which offices number out of turn
_LEAST_SHARE = 0.01  # neighbours close by are not trusted further than this
_BY_CHANCE = 0.05  # how often a misreading falls in with the chain


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document says it stands: its day (of the common era) and its number."""

    key: str
    day: int
    number: int
    number_sure: float
    day_sure: float

    @property
    def sure(self) -> float:
        """The share right among such places."""
        return self.number_sure * self.day_sure

    @property
    def weight(self) -> float:
        """How much likelier the document belongs on a chain here than that it is misread."""
        return log(self.sure / _BY_CHANCE)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a value lies between, ends included; None where the chain does not reach.

    `scope` is how many values there would be without the chain.
    """

    low: int | None
    high: int | None
    scope: int

    @property
    def empty(self) -> bool:
        """Whether nothing is bounded, or the bounds contradict each other."""
        if self.low is None or self.high is None:
            return self.low is None and self.high is None
        return self.low > self.high

    def hold(self, value: int) -> bool:
        """Whether `value` lies within."""
        above = self.low is None or value >= self.low
        return above and (self.high is None or value <= self.high)

    @property
    def share(self) -> float:
        """The share of all values that lies within."""
        if self.low is None or self.high is None:
            return 1.0
        return min(1.0, max(_LEAST_SHARE, (self.high - self.low + 1) / self.scope))


class Chain:
    """The documents that bear each other out, and those beside them."""

    def __init__(self, places: Sequence[Sequence[Place]], members: Sequence[Place]) -> None:
        self.places = tuple(members)  # by day, then by number
        self._all = {stated[0].key: stated[0] for stated in places}

    def own(self, key: str) -> Place:
        """Return where the document `key` says it stands."""
        return self._all[key]

    def beside(self, sure: float) -> tuple[int, int]:
        """Return how many documents at least this `sure` stand beside the chain, and on both."""
        known = [place for place in self._all.values() if place.sure >= sure]
        on = {(place.key, place.number) for place in self.places}
        return sum((place.key, place.number) not in on for place in known), len(known)

    def numbers_around(self, own: Place) -> Bounds:
        """Return what the number of a document of the day of `own` lies between."""
        days = [place.day for place in self.places]
        before = self.places[: bisect_left(days, own.day - _SLACK)]
        after = self.places[bisect_right(days, own.day + _SLACK) :]
        low = max((place.number for place in before if place.key != own.key), default=None)
        high = min((place.number for place in after if place.key != own.key), default=None)
        scope = 10 ** len(str(max(place.number for place in self._all.values())))
        return Bounds(low, high, scope)

    def days_around(self, own: Place) -> Bounds:
        """Return what the day of a document of the number of `own` lies between."""
        others = [place for place in self.places if place.key != own.key]
        low = max((place.day for place in others if place.number < own.number), default=None)
        high = min((place.day for place in others if place.number > own.number), default=None)
        return Bounds(
            None if low is None else low - _SLACK, None if high is None else high + _SLACK, 366
        )


def heaviest_chain(documents: Sequence[Sequence[Place]]) -> Chain:
    """Return the consistent chain of the greatest weight (weighted longest increasing run).

    Each of `documents` is given with the places where it may stand, likeliest first; it takes
    one of them or none. Quick for thousands: the best weight of a chain up to each number is
    kept in a binary indexed tree.
    """
    every = sorted({place.number for stated in documents for place in stated})
    tree = _Tree(every)
    links: list[tuple[Place, int]] = []  # a place, and the link before it on its best chain
    hopeful = [place for stated in documents for place in stated if place.weight > 0]
    first = {stated[0].key: stated[0].number for stated in documents}
    hopeful.sort(key=lambda place: (place.day, first[place.key], place.key))
    for _, same in groupby(hopeful, key=lambda place: (place.day, place.key)):
        reached = [(place, *_best_before(place, tree, links)) for place in same]
        for place, weight, before in reached:  # all looked up first: none follows itself
            links.append((place, before))
            tree.keep(place.number, weight + place.weight, len(links) - 1)
    members: list[Place] = []
    _, link = tree.best_up_to(every[-1]) if every else (0.0, -1)
    while link >= 0:
        members.append(links[link][0])
        link = links[link][1]
    return Chain(documents, members[::-1])


def _best_before(
    place: Place, tree: _Tree, links: Sequence[tuple[Place, int]]
) -> tuple[float, int]:
    """Return the best chain that `place` may go on: not one that ends with its own document."""
    weight, link = tree.best_up_to(place.number)
    if link >= 0 and links[link][0].key == place.key:
        return tree.best_up_to(links[link][0].number, before=True)
    return weight, link


class _Tree:
    """A binary indexed tree (Fenwick 1994): the heaviest chain that ends at or below a number."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._ranks = {number: rank for rank, number in enumerate(numbers, 1)}
        self._best: list[tuple[float, int]] = [(0.0, -1)] * (len(numbers) + 1)

    def best_up_to(self, number: int, *, before: bool = False) -> tuple[float, int]:
        """Return weight and last link of the heaviest chain up to `number`, or `before` it."""
        rank, best = self._ranks[number] - before, (0.0, -1)
        while rank:
            best = max(best, self._best[rank])
            rank -= rank & -rank
        return best

    def keep(self, number: int, weight: float, link: int) -> None:
        rank = self._ranks[number]
        while rank < len(self._best):
            self._best[rank] = max(self._best[rank], (weight, link))
            rank += rank & -rank
