"""Lattices: the columns of candidates that a decoder walks, with merged and split tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, pairwise

from vnocr.restore.bank import Bank
from vnocr.restore.candidates import FREE, Candidate, CandidateFinder, Query
from vnocr.restore.damage import Damage
from vnocr.restore.decoder import NOTHING
from vnocr.restore.names import Role
from vnocr.restore.weights import Trust

HOLE = 1  # FREE is 0
_FIRST_HALF = 2  # tags from here on tie the halves of a split token
_LONGEST_MERGE = 8
# Of a token that may be two syllables, which have seven letters at most, and rubbish read in.
_SHORTEST_SPLIT, _LONGEST_SPLIT = 4, 24
_MANY = 10_000  # columns and parts of tokens kept; text of any size takes no more memory than that
# Text of which more tokens make no sense is no text, and each has many parts to look at.
_MOST_SPLIT = 2_000
_SURE, UNSURE = 0.92, 0.7
_BAD, _GOOD = -3.0, -2.0  # scores of tokens that may be two words, and of what such may be


@dataclass(slots=True)
class Slot:
    """One unit of the text on its way through the restorer.

    `core` is "" for punctuation, numbers and codes, of which the model knows `word` only.
    `joins` says that nothing but a blank parts it from the slot before.
    """

    core: str
    word: int
    place: tuple[int, int, int] | None
    joins: bool = False
    confidence: float | None = None
    role: Role = Role.START


_NO_SECOND_HALF = (Candidate(NOTHING, "", 0.0), Candidate(NOTHING, "", 0.0, HOLE, HOLE))
_Halves = tuple[list[Candidate], list[Candidate]]
# A hole is charged at once for the word that comes with the next column, lest it crowd
# the beam; the merged word gives the charge back.
_CHARGE = 8.0


class LatticeBuilder:
    """Builds the lattice of a run of slots."""

    def __init__(self, finder: CandidateFinder, bank: Bank) -> None:
        self._finder = finder
        self._bank = bank
        self._forget()

    def _forget(self) -> None:
        self._bank.clear()
        self._plain: dict[tuple[Query, Damage], int] = {}
        self._fixed: dict[int, int] = {}
        self._known_as_poor: dict[tuple[str, Damage], bool] = {}
        self._known_as_merged: dict[tuple[str, Damage], list[Candidate]] = {}
        self._known_as_good: dict[tuple[str, Damage], list[Candidate]] = {}
        self._known_to_split: dict[tuple[str, Damage], _Halves | None] = {}

    def prepare(self, slots: Sequence[Slot], doubtful: Sequence[bool], damage: Damage) -> None:
        """Work out at once the candidates of all doubtful slots; call it before `build`.

        Then those of what they may be together and in parts.
        """
        if max(len(self._bank), len(self._known_as_good)) > _MANY:
            self._forget()
        self._finder.trim()
        cores = dict.fromkeys(slot.core for slot in compress(slots, doubtful))
        self._finder.prepare(cores, damage)
        pairs = pairwise(zip(slots, doubtful, strict=True))
        wholes = [
            left.core + right.core
            for (left, one), (right, other) in pairs
            if one and other and self._are_near(left, right, damage)
        ]
        senseless = [core for core in cores if self._may_split(core, damage)]
        for core in senseless[_MOST_SPLIT:]:
            self._known_to_split[core, damage] = None
        cuts = [
            (core[:place], core[place:])
            for core in senseless[:_MOST_SPLIT]
            for place in range(1, len(core))
        ]
        self._finder.prepare((*(right for _, right in cuts), *wholes), damage)
        self._finder.prepare((left for left, right in cuts if self._good(right, damage)), damage)
        asked = dict.fromkeys(_query(slot, damage) for slot in compress(slots, doubtful))
        new = [query for query in asked if query.core and (query, damage) not in self._plain]
        if new:
            rows = self._bank.put(self._finder.options(new, damage))
            self._plain.update(zip(((query, damage) for query in new), rows, strict=True))

    def build(
        self, slots: Sequence[Slot], doubtful: Sequence[bool], damage: Damage
    ) -> tuple[list[int], list[int]]:
        """Return the rows of the columns, and for each column the index of its slot.

        Slots that are not doubtful get the one candidate that was seen.
        """
        rows: list[int] = []
        owners: list[int] = []
        hole = False
        for number, slot in enumerate(slots):
            if not doubtful[number] or not slot.core:
                rows.append(self._fixed_row(slot))
                owners.append(number)
                hole = False
                continue
            ahead = slots[number + 1] if number + 1 < len(slots) else None
            opens = bool(
                ahead
                and doubtful[number + 1]
                and self._are_near(slot, ahead, damage)
                # A hole that no merged word can fill would be a dead end.
                and self._merged(slot.core + ahead.core, damage)
            )
            before = slots[number - 1].core if hole else ""
            columns = self._columns(slot, before, opens, damage)
            rows += columns
            owners += [number] * len(columns)
            hole = opens
        return rows, owners

    def _fixed_row(self, slot: Slot) -> int:
        row = self._fixed.get(slot.word)
        if row is None:
            row = self._fixed[slot.word] = self._bank.row((Candidate(slot.word, "", 0.0),))
        return row

    def _columns(self, slot: Slot, before: str, opens: bool, damage: Damage) -> list[int]:
        core = slot.core
        plain = self._plain[_query(slot, damage), damage]
        halves = self._split(core, damage)
        if not (before or opens or halves):
            return [plain]
        options = list(self._bank.column(plain))
        if opens:
            options.append(Candidate(NOTHING, "", -_CHARGE, FREE, HOLE))
        if before:
            options += self._merged(before + core, damage)
        if halves:
            first, second = halves
            return [self._bank.row((*options, *first)), self._bank.row((*_NO_SECOND_HALF, *second))]
        return [self._bank.row(tuple(options))]

    def _are_near(self, one: Slot, other: Slot, damage: Damage) -> bool:
        """Whether two slots may be one word: only if one alone makes little sense."""
        left, right = one.core, other.core
        if not left or not right or not other.joins or len(left) + len(right) > _LONGEST_MERGE:
            return False
        if left[0].isupper() < right[0].isupper():
            return False
        single = any(len(core) == 1 and core.isalpha() for core in (left, right))
        return single or self._poor(left, damage) or self._poor(right, damage)

    def _poor(self, core: str, damage: Damage) -> bool:
        """Whether no candidate explains a token well."""
        poor = self._known_as_poor.get((core, damage))
        if poor is None:
            poor = self._known_as_poor[core, damage] = self._finder.best_score(core, damage) < _BAD
        return poor

    def _merged(self, core: str, damage: Damage) -> list[Candidate]:
        merged = self._known_as_merged.get((core, damage))
        if merged is None:
            bonus = _CHARGE - self._finder.weights.joined
            found = self._finder.known_words(core, damage)
            found.sort(key=lambda item: -item.score)
            merged = self._known_as_merged[core, damage] = [
                Candidate(item.word, item.text, item.score + bonus, needs=HOLE)
                for item in found[:4]
            ]
        return merged

    def _split(self, core: str, damage: Damage) -> _Halves | None:
        """Return first and second halves of a token that may be two words run together."""
        if not self._may_split(core, damage):
            return None
        if (core, damage) not in self._known_to_split:
            self._known_to_split[core, damage] = self._halves(core, damage)
        return self._known_to_split[core, damage]

    def _halves(self, core: str, damage: Damage) -> _Halves | None:
        first: list[Candidate] = []
        second: list[Candidate] = []
        tag = _FIRST_HALF
        for left, right in self._cuts(core, damage):
            for item in left:
                score = item.score - self._finder.weights.joined
                first.append(Candidate(item.word, item.text, score, leaves=tag))
                second += [Candidate(it.word, it.text, it.score, needs=tag) for it in right]
                tag += 1
        return (first, second) if first else None

    def _may_split(self, core: str, damage: Damage) -> bool:
        if not _SHORTEST_SPLIT <= len(core) <= _LONGEST_SPLIT or not self._poor(core, damage):
            return False
        # In marked text capitals are read well enough: this is an abbreviation.
        return damage is not Damage.MARKED or not core.isupper()

    def _cuts(self, core: str, damage: Damage) -> list[tuple[list[Candidate], list[Candidate]]]:
        """Return the two most promising cuts of a token, three candidates a side."""
        ranked = []
        known = self._finder.run_together(core)
        if known:
            ranked.append((0.0, 0, [[known[0]], [known[1]]]))
        for place in range(1, len(core)):
            right = self._good(core[place:], damage)
            left = self._good(core[:place], damage) if right else []
            if left and right:
                rank = self._finder.rank(left[0]) + self._finder.rank(right[0])
                ranked.append((rank, place, [left, right]))
        ranked.sort(key=lambda item: -item[0])
        return [(sides[0], sides[1]) for _, _, sides in ranked[:2]]

    def _good(self, part: str, damage: Damage) -> list[Candidate]:
        good = self._known_as_good.get((part, damage))
        if good is None:
            found = self._finder.known_words(part, damage, above=_GOOD)
            good = sorted(found, key=self._finder.rank, reverse=True)[:3]
            self._known_as_good[part, damage] = good
        return good


def _query(slot: Slot, damage: Damage) -> Query:
    """Return what to ask for a slot; the place of a word counts in damaged text only."""
    role = Role.START if damage is Damage.MARKED else slot.role
    return Query(slot.core, _trust(slot.confidence), role)


def _trust(confidence: float | None) -> Trust:
    if confidence is None:
        return Trust.PLAIN
    return Trust.HIGH if confidence >= _SURE else Trust.PLAIN if confidence >= UNSURE else Trust.LOW
