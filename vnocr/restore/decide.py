"""From tokens to decisions: cut, doubt, build lattices, decode, put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vnocr.restore.candidates import CandidateFinder
from vnocr.restore.codes import CodeRepairer
from vnocr.restore.damage import Damage, Evidence, evidence, judge
from vnocr.restore.decoder import decode
from vnocr.restore.doubt import doubtful, windows
from vnocr.restore.flow import paragraphs
from vnocr.restore.language_model import LanguageModel
from vnocr.restore.lattice import HOLE, Bank, LatticeBuilder, Option, Slot
from vnocr.restore.protect import Kind
from vnocr.restore.tokens import BREAK, CODE, COMMA, NUMBER, Piece, cut, pause_after
from vnocr.vietnamese.tones import Style, place_tones

_BATCH = 128
Place = tuple[int, int, int]  # line, token, piece


@dataclass(frozen=True, slots=True)
class Decision:
    """What tokens `first` to `last` of a line are; more than one if they were one word."""

    first: int
    last: int
    text: str
    confidence: float = 1.0
    reason: str = ""
    runner_up: str | None = None


@dataclass(frozen=True, slots=True)
class _Token:
    """What is known of a token whatever stands beside it."""

    pieces: tuple[Piece, ...]
    # The units it is made of: (piece number or -1 for a pause, word of the model, core).
    units: tuple[tuple[int, int, str], ...]
    text: str  # as it is written if nothing in it is doubtful
    evidence: Evidence


_END = -2  # in place of a word: a sentence ends here


class Decider:
    """Decides the tokens of lines; remembers what it learned about tokens along the way."""

    def __init__(
        self, model: LanguageModel, finder: CandidateFinder, codes: CodeRepairer, tone: Style
    ) -> None:
        self._model = model
        self._finder = finder
        self._codes = codes
        self._tone: Style = tone
        self._bank = Bank()
        self._builder = LatticeBuilder(finder, self._bank)
        self._tokens: dict[str, _Token] = {}
        self._special = {unit: model.index[unit] for unit in (COMMA, NUMBER, CODE)}

    def decide(
        self,
        lines: Sequence[Sequence[str]],
        confidences: Sequence[Sequence[float]] | None = None,
    ) -> list[list[Decision]]:
        """Return the decisions of every line; `confidences` are the recogniser's, by token."""
        tokens = [[self._token(token) for token in line] for line in lines]
        damage = judge(token.evidence for line in tokens for token in line) or Damage.MARKED
        slots, ends = self._slots(lines, tokens, confidences)
        doubt = doubtful(self._model, slots, ends, damage)
        chosen = self._decode(slots, doubt, ends, damage)
        touched = {place[:2] for place in chosen}
        return [self._line(number, line, chosen, touched) for number, line in enumerate(tokens)]

    def _token(self, token: str) -> _Token:
        found = self._tokens.get(token)
        if found is None:
            found = self._tokens[token] = self._examined(token)
        return found

    def _examined(self, token: str) -> _Token:
        pieces = cut(token)
        units: list[tuple[int, int, str]] = []
        for number, piece in enumerate(pieces):
            self._pause(units, piece.before)
            if piece.kind is Kind.WORD:
                units.append((number, self._finder.seen_word(piece.core), piece.core))
            elif piece.kind is not Kind.PUNCTUATION:
                unit = NUMBER if piece.kind is Kind.NUMBER else CODE
                units.append((number, self._special[unit], ""))
            self._pause(units, piece.after)
        text = "".join(piece.before + self._core(piece, None) + piece.after for piece in pieces)
        words = evidence(piece.core for piece in pieces if piece.kind is Kind.WORD)
        return _Token(pieces, tuple(units), text, words)

    def _pause(self, units: list[tuple[int, int, str]], punctuation: str) -> None:
        pause = pause_after(punctuation)
        if pause == BREAK:
            units.append((-1, _END, ""))
        elif pause == COMMA:
            units.append((-1, self._special[COMMA], ""))

    def _slots(
        self,
        lines: Sequence[Sequence[str]],
        tokens: Sequence[Sequence[_Token]],
        confidences: Sequence[Sequence[float]] | None,
    ) -> tuple[list[Slot], NDArray[np.int64]]:
        """Return the units of the text, and the places where a sentence ends."""
        slots: list[Slot] = []
        ends: list[int] = []
        for run in paragraphs(lines):
            for line in run:
                fresh = True  # nothing but a blank before this token
                for column, token in enumerate(tokens[line]):
                    confidence = confidences[line][column] if confidences else 1.0
                    for number, word, core in token.units:
                        if word == _END:
                            ends.append(len(slots))
                            fresh = True
                        elif number < 0:
                            slots.append(Slot("", word, None))
                            fresh = True
                        else:
                            joins = not fresh and number == 0
                            place = (line, column, number)
                            slots.append(Slot(core, word, place, joins, confidence))
                            fresh = not core
            ends.append(len(slots))
        return slots, np.unique(np.array(ends, np.int64))

    def _decode(
        self,
        slots: Sequence[Slot],
        doubt: NDArray[np.bool_],
        ends: NDArray[np.int64],
        damage: Damage,
    ) -> dict[Place, list[Option]]:
        """Return the options chosen for each doubtful place."""
        lattices = []
        flags = doubt.tolist()
        for start, stop in windows(doubt, ends):
            rows, owners = self._builder.build(slots[start:stop], flags[start:stop], damage)
            lattices.append((rows, [start + owner for owner in owners]))
        lattices.sort(key=lambda lattice: -len(lattice[0]))
        chosen: dict[Place, list[Option]] = {}
        for first in range(0, len(lattices), _BATCH):
            batch = lattices[first : first + _BATCH]
            for (rows, owners), best in zip(batch, self._best(batch), strict=True):
                for row, owner, choice in zip(rows, owners, best.tolist(), strict=False):
                    place = slots[owner].place
                    if place is not None and flags[owner]:
                        option = self._bank.columns[row][choice]
                        chosen.setdefault(place, []).append(option)
        return chosen

    def _best(self, batch: Sequence[tuple[list[int], list[int]]]) -> NDArray[np.int64]:
        length = np.array([len(rows) for rows, _ in batch])
        table = np.full((len(batch), int(length.max())), -1, np.int64)
        for number, (rows, _) in enumerate(batch):
            table[number, : len(rows)] = rows
        return decode(self._model, self._bank.columns_of(table, length))

    def _line(
        self,
        line: int,
        tokens: Sequence[_Token],
        chosen: dict[Place, list[Option]],
        touched: set[tuple[int, int]],
    ) -> list[Decision]:
        decisions: list[Decision] = []
        head = ""  # what a token leaves to the next, when both are one word
        first = 0
        for column, token in enumerate(tokens):
            if (line, column) not in touched:
                decisions.append(Decision(column, column, token.text))
                continue
            text, opens = self._decided(token, line, column, chosen)
            first = first if head else column
            if opens:
                head += text
                continue
            decisions.append(Decision(first, column, head + text))
            head = ""
        return decisions

    def _decided(
        self, token: _Token, line: int, column: int, chosen: dict[Place, list[Option]]
    ) -> tuple[str, bool]:
        """Return the text of a token, and whether its last word goes on in the next token."""
        out: list[str] = []
        for number, piece in enumerate(token.pieces):
            options = chosen.get((line, column, number))
            if options and options[0].leaves == HOLE:
                return "".join(out) + piece.before, True
            out.append(piece.before + self._core(piece, options) + piece.after)
        return "".join(out), False

    def _core(self, piece: Piece, options: list[Option] | None) -> str:
        if piece.kind is Kind.CODE:
            return self._codes.repair(piece.core)
        if piece.kind is not Kind.WORD:
            return piece.core
        if not options:
            return place_tones(piece.core, self._tone)
        words = [option.text for option in options if option.text]
        return place_tones(" ".join(words), self._tone)
