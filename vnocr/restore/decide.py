"""From tokens to decisions: cut, doubt, build lattices, decode, put together again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from vnocr.restore.bank import Bank
from vnocr.restore.candidates import Candidate, CandidateFinder
from vnocr.restore.capitals import settle
from vnocr.restore.codes import CodeRepairer
from vnocr.restore.damage import Damage, Evidence, evidence, judge
from vnocr.restore.decisions import Chosen, Decision, absorbed, by_place, hold_back, single_words
from vnocr.restore.decoder import decode
from vnocr.restore.doubt import UNLIKELY, doubtful, windows
from vnocr.restore.flow import paragraphs
from vnocr.restore.language_model import LanguageModel
from vnocr.restore.lattice import HOLE, LatticeBuilder, Slot
from vnocr.restore.names import Names, Role
from vnocr.restore.prepare import joined, numbered, rejoined, relabelled, stretches
from vnocr.restore.protect import Kind
from vnocr.restore.tokens import BREAK, CODE, COMMA, NUMBER, Piece, cut, pause_after
from vnocr.restore.user_words import UserWords
from vnocr.restore.weigh import Pick, weigh
from vnocr.vietnamese.tones import Style, place_tones

_BATCH, _CELLS = 128, 10_000  # lattices decoded at once; more where they have fewer columns
_LONGEST_PHRASE = 8
_MANY = 50_000  # tokens remembered; text of any size takes no more memory than that


@dataclass(frozen=True, slots=True)
class _Token:
    """What is known of a token whatever stands beside it."""

    pieces: tuple[Piece, ...]
    # The units it is made of: (piece number or -1 for a pause, word of the model, core).
    units: tuple[tuple[int, int, str], ...]
    text: str  # as it is written if nothing in it is doubtful...
    bold: str  # ... in damaged text, whose codes need more repair
    evidence: Evidence
    confidence: float | None  # if nothing in it is doubtful; None if the model cannot tell


# The share right among known words that the model found likely as they were seen.
_AGREED = 0.999
_Lattice = tuple[list[int], list[int]]  # rows of columns, their slots
_END = -2  # in place of a word: a sentence ends here


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the words: abbreviations, people's names."""

    abbreviations: frozenset[str]
    names: Names


class Decider:
    """Decides the tokens of lines; remembers what it learned about tokens along the way."""

    def __init__(
        self,
        model: LanguageModel,
        finder: CandidateFinder,
        codes: CodeRepairer,
        known: Known,
        user_words: UserWords,
        tone: Style,
    ) -> None:
        self._model = model
        self._finder = finder
        self._codes = codes
        self._abbreviations = known.abbreviations
        self._names = known.names
        self._user_words = user_words
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
        decisions: list[list[Decision]] = []
        damage = Damage.MARKED
        for part in stretches(lines):
            sure = confidences[part.start : part.stop] if confidences else None
            found, damage = self._decide(lines[part.start : part.stop], sure, damage)
            decisions += found
        return decisions

    def _decide(
        self,
        lines: Sequence[Sequence[str]],
        confidences: Sequence[Sequence[float]] | None,
        before: Damage,
    ) -> tuple[list[list[Decision]], Damage]:
        """Decide one stretch; `before` is how damaged the one before it was."""
        if len(self._tokens) > _MANY:
            self._tokens = {}
        lines = relabelled(lines)
        lines = rejoined(joined(lines, self._abbreviations, self._follows), self._codes)
        tokens = [[self._token(token) for token in line] for line in lines]
        damage = judge(token.evidence for line in tokens for token in line) or before
        if damage is not Damage.MARKED:
            lines = numbered(lines)
            tokens = [[self._token(token) for token in line] for line in lines]
        slots, ends = self._slots(lines, tokens, confidences)
        if damage is not Damage.MARKED:
            self._names.mark(slots)
        own = self._own_words(slots)
        doubt = doubtful(self._model, slots, ends, damage)
        doubt[list(own)] = False
        picks = self._decode(slots, doubt, ends, damage)
        sure = weigh(self._model, self._bank, slots, ends, single_words(picks), damage)
        if damage is Damage.MARKED:
            hold_back(self._model, slots, picks, sure)
        chosen = by_place(slots, picks | own, sure)
        damaged = damage is not Damage.MARKED
        decided = [
            self._line(line, chosen.get(number, {}), damaged) for number, line in enumerate(tokens)
        ]
        return decided, damage

    def _follows(self, one: str, other: str) -> bool:
        """Whether a word is common after another."""
        words = [self._finder.seen_word(word) for word in (one, other)]
        score = self._model.score_stream(np.array([self._model.break_id, *words], np.int64))
        return self._model.unknown not in words and bool(score[-1] > UNLIKELY)

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
        text = bold = self._undecided(pieces, damaged=False)
        if any(piece.kind is Kind.CODE for piece in pieces):
            bold = self._undecided(pieces, damaged=True)
        words = evidence(piece.core for piece in pieces if piece.kind is Kind.WORD)
        unknown = {self._model.unknown, self._special[NUMBER], self._special[CODE]}
        known = bool(words.words) and all(word not in unknown for _, word, _ in units)
        return _Token(pieces, tuple(units), text, bold, words, _AGREED if known else None)

    def _undecided(self, pieces: Sequence[Piece], *, damaged: bool) -> str:
        return "".join(
            piece.before + self._core(piece, None, damaged) + piece.after for piece in pieces
        )

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
            role = Role.START
            for line in run:
                fresh = True  # nothing but a blank before this token
                heard = confidences[line] if confidences else repeat(None)
                for column, (token, sure) in enumerate(zip(tokens[line], heard, strict=False)):
                    for number, word, core in token.units:
                        if word == _END:
                            ends.append(len(slots))
                            role, fresh = Role.START, True
                        elif number < 0:
                            slots.append(Slot("", word, None))
                            role, fresh = Role.INSIDE, True
                        else:
                            joins = not fresh and number == 0
                            slots.append(
                                Slot(core, word, (line, column, number), joins, sure, role)
                            )
                            role, fresh = Role.INSIDE, not core
            ends.append(len(slots))
        return slots, np.unique(np.array(ends, np.int64))

    def _own_words(self, slots: Sequence[Slot]) -> dict[int, list[Pick]]:
        """Return picks for the slots where words of the user's list stand."""
        own: dict[int, list[Pick]] = {}
        if not self._user_words:
            return own
        for start, slot in enumerate(slots):
            if not slot.core or start in own:
                continue
            run = [slot.core]
            for ahead in slots[start + 1 : start + _LONGEST_PHRASE]:
                if not ahead.core or not ahead.joins:
                    break
                run.append(ahead.core)
            words = self._user_words.phrase(run)
            if words is None and slot.word == self._model.unknown:
                word = self._user_words.word(slot.core)
                words = (word,) if word else None
            for place, word in enumerate(words or (), start):
                known = self._finder.seen_word(word)
                own[place] = [Pick(place, (Candidate(known, word, 0.0),), 0)]
        return own

    def _decode(
        self,
        slots: Sequence[Slot],
        doubt: NDArray[np.bool_],
        ends: NDArray[np.int64],
        damage: Damage,
    ) -> dict[int, list[Pick]]:
        """Return what was picked for each doubtful slot: two picks where a token was split."""
        lattices = []
        flags = doubt.tolist()
        self._builder.prepare(slots, flags, damage)
        for start, stop in windows(doubt, ends):
            rows, owners = self._builder.build(slots[start:stop], flags[start:stop], damage)
            lattices.append((rows, [start + owner for owner in owners]))
        lattices.sort(key=lambda lattice: -len(lattice[0]))
        picks: dict[int, list[Pick]] = {}
        for batch in _batches(lattices):
            for (rows, owners), best in zip(batch, self._best(batch), strict=True):
                for row, owner, choice in zip(rows, owners, best.tolist(), strict=False):
                    if flags[owner]:
                        pick = Pick(owner, self._bank.column(row), choice, row)
                        picks.setdefault(owner, []).append(pick)
        return picks

    def _best(self, batch: Sequence[_Lattice]) -> NDArray[np.int64]:
        length = np.array([len(rows) for rows, _ in batch])
        table = np.full((len(batch), int(length.max())), -1, np.int64)
        for number, (rows, _) in enumerate(batch):
            table[number, : len(rows)] = rows
        return decode(self._model, self._bank.columns_of(table, length))

    def _line(
        self, tokens: Sequence[_Token], chosen: dict[int, Chosen], damaged: bool
    ) -> list[Decision]:
        if not chosen:
            texts = [token.bold if damaged else token.text for token in tokens]
            kept = [
                Decision(column, column, text, token.confidence)
                for column, (text, token) in enumerate(zip(texts, tokens, strict=True))
            ]
            return kept if all(texts) else absorbed(kept, _empty(tokens))
        decisions: list[Decision] = []
        head = ""  # what a token leaves to the next, when both are one word
        first = -1
        for column, token in enumerate(tokens):
            words = chosen.get(column)
            if words is None:
                text = token.bold if damaged else token.text
                decisions.append(Decision(column, column, text, token.confidence))
                continue
            text, opens = self._decided(token, words, damaged)
            if damaged and not opens:
                beside = [near.text for near in tokens[max(0, column - 1) : column + 2]]
                text = settle(token.bold, text, [near for near in beside if near != token.text])
            first = column if first < 0 else first
            if opens:
                head += text
                continue
            weighed = words.least_sure()
            decisions.append(
                Decision(first, column, head + text, weighed.confidence, weighed.runner_up)
            )
            head, first = "", -1
        return absorbed(decisions, _empty(tokens))

    def _decided(self, token: _Token, chosen: Chosen, damaged: bool) -> tuple[str, bool]:
        """Return the text of a token, and whether its last word goes on in the next token."""
        out: list[str] = []
        for number, piece in enumerate(token.pieces):
            options = chosen.options.get(number)
            if options and options[0].leaves == HOLE:
                return "".join(out) + piece.before, True
            out.append(piece.before + self._core(piece, options, damaged) + piece.after)
        return "".join(out), False

    def _core(self, piece: Piece, options: list[Candidate] | None, damaged: bool) -> str:
        if piece.kind is Kind.CODE:
            return self._codes.repair(piece.core, parts=damaged)
        if piece.kind is not Kind.WORD:
            return piece.core
        if not options:
            return place_tones(piece.core, self._tone)
        words = [option.text for option in options if option.text]
        return place_tones(" ".join(words), self._tone)


def _batches(lattices: Sequence[_Lattice]) -> Iterator[Sequence[_Lattice]]:
    """Cut lattices, the longest first, into batches: of short ones many fit the memory."""
    first = 0
    while first < len(lattices):
        size = max(_BATCH, _CELLS // len(lattices[first][0]))
        yield lattices[first : first + size]
        first += size


def _empty(tokens: Sequence[_Token]) -> set[int]:
    """Return the places of the tokens left empty by joining."""
    return {place for place, token in enumerate(tokens) if not token.text}
