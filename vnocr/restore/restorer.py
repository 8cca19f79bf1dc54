"""The restorer: text in, the same lines with their Vietnamese put right out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from vnocr.model import Line, Page, Word
from vnocr.restore.candidates import Bank, CandidateFinder, Column, Weights, form_of, normal
from vnocr.restore.channel import Form, in_form
from vnocr.restore.damage import Damage, judge
from vnocr.restore.decoder import Columns, decode
from vnocr.restore.dictionary import (
    CHANNELS,
    read_channel,
    read_language_model,
    read_word_list,
)
from vnocr.restore.flow import paragraphs
from vnocr.restore.language_model import LanguageModel
from vnocr.restore.protect import Kind
from vnocr.restore.tokens import BREAK, CODE, COMMA, NUMBER, Piece, cut, pause_after
from vnocr.settings import RestoreSettings
from vnocr.vietnamese.casing import Case, case_of
from vnocr.vietnamese.legacy import convert, detect
from vnocr.vietnamese.tones import place_tones

_BATCH = 128


@dataclass(frozen=True, slots=True)
class Change:
    """One changed word: where it stands (line from 1), what was seen, what it became and why."""

    line: int
    seen: str
    text: str
    confidence: float
    reason: str
    runner_up: str | None


@dataclass(frozen=True, slots=True)
class Restoration:
    """Restored text with as many lines as came in, its words line by line, and the changes."""

    text: str
    lines: tuple[tuple[Word, ...], ...]
    changes: tuple[Change, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of all lines."""
        return tuple(word for line in self.lines for word in line)


class Restorer:
    """Restores text and pages; holds the language model, loaded once."""

    def __init__(
        self, model: LanguageModel, finder: CandidateFinder, settings: RestoreSettings
    ) -> None:
        self._model = model
        self._finder = finder
        self._settings = settings
        self._bank = Bank()

    @classmethod
    def load(cls, settings: RestoreSettings, folder: Path) -> Restorer:
        """Load the dictionaries. Raises DictionaryError naming the file and the remedy."""
        model = read_language_model(folder / "language-model.npz")
        words = read_word_list(folder / "syllables.tsv", model)
        eng, vie = (read_channel(folder / f"channel-{name}.tsv", words.parts) for name in CHANNELS)
        channels = {Damage.MISREAD: eng, Damage.MARKED: vie}
        return cls(model, CandidateFinder(model, words, channels, Weights()), settings)

    def restore(self, text: str) -> Restoration:
        """Restore text; lines keep their number and order."""
        encoding = detect(text)
        lines = text.split("\n")
        readable = [convert(line, encoding) for line in lines] if encoding else lines
        tokens = [line.split() for line in readable]
        decided = self._decide(tokens)
        words, out = [], []
        for seen, new in zip(lines, decided, strict=True):
            row = tuple(
                Word(before, after, None, 1.0)
                for before, after in zip(seen.split(), new, strict=True)
            )
            words.append(row)
            out.append(" ".join(new))
        changes = tuple(
            Change(number, word.seen, word.text, word.confidence, "", None)
            for number, row in enumerate(words, 1)
            for word in row
            if word.changed
        )
        return Restoration("\n".join(out), tuple(words), changes)

    def restore_page(self, page: Page) -> Page:
        """Restore the words of a page; none moves to another line."""
        decided = self._decide([[word.seen for word in line.words] for line in page.lines])
        return replace(
            page,
            lines=tuple(
                replace(
                    line,
                    words=tuple(
                        replace(word, text=text)
                        for word, text in zip(line.words, texts, strict=True)
                    ),
                )
                for line, texts in zip(page.lines, decided, strict=True)
            ),
        )

    def restore_stream(self, lines: Iterable[str], batch: int = 400) -> Iterator[str]:
        """Restore lines as they come, `batch` at a time, for text that does not fit memory."""
        pending: list[str] = []
        for line in lines:
            pending.append(line.rstrip("\n"))
            if len(pending) >= batch and not line.strip():
                yield from self.restore("\n".join(pending)).text.split("\n")
                pending = []
        if pending:
            yield from self.restore("\n".join(pending)).text.split("\n")

    def _decide(self, lines: Sequence[Sequence[str]]) -> list[list[str]]:
        """Return the decided text of every token."""
        pieces = [[cut(token) for token in line] for line in lines]
        cores = [p.core for line in pieces for t in line for p in t if p.kind is Kind.WORD]
        damage = judge(cores) or Damage.MARKED
        sentences = self._sentences(lines, pieces, damage)
        choices = self._best(sentences)
        chosen: dict[tuple[int, int, int], str] = {}
        for sentence, best in zip(sentences, choices, strict=True):
            for (row, place), choice in zip(sentence, best, strict=True):
                if place is not None:
                    text = self._bank.columns[row].texts[choice]
                    if text is not None:
                        chosen[place] = text
        return [
            [self._assemble(token, number, place, chosen) for place, token in enumerate(line)]
            for number, line in enumerate(pieces)
        ]

    def _assemble(
        self,
        token: tuple[Piece, ...],
        line: int,
        place: int,
        chosen: dict[tuple[int, int, int], str],
    ) -> str:
        out = []
        for number, piece in enumerate(token):
            word = chosen.get((line, place, number))
            core = piece.core if word is None else cased(piece.core, word)
            if piece.kind is Kind.WORD:
                core = place_tones(core, self._settings.tone)
            out.append(piece.before + core + piece.after)
        return "".join(out)

    def _sentences(self, lines, pieces, damage):  # type: ignore[no-untyped-def]
        sentences = []
        for run in paragraphs(lines):
            sentence: list[tuple[int, tuple[int, int, int] | None]] = []
            for line in run:
                for place, token in enumerate(pieces[line]):
                    for number, piece in enumerate(token):
                        for pause in (pause_after(piece.before), None, pause_after(piece.after)):
                            if pause is None:
                                if piece.kind is not Kind.PUNCTUATION:
                                    sentence.append(
                                        (self._row(piece, damage), (line, place, number))
                                    )
                            elif pause == BREAK:
                                if sentence:
                                    sentences.append(sentence)
                                    sentence = []
                            elif pause == COMMA:
                                sentence.append((self._special(COMMA), None))
            if sentence:
                sentences.append(sentence)
        return sentences

    def _row(self, piece: Piece, damage: Damage) -> int:
        if piece.kind is not Kind.WORD:
            return self._special(NUMBER if piece.kind is Kind.NUMBER else CODE)
        key = (piece.core, damage)
        row = self._bank.row(key)
        return self._bank.add(key, self._finder.column(*key)) if row is None else row

    def _special(self, unit: str) -> int:
        row = self._bank.row(unit)
        if row is None:
            number = np.array([self._model.index[unit]], np.int32)
            row = self._bank.add(unit, Column(number, np.zeros(1, np.float32), (None,)))
        return row

    def _best(self, sentences):  # type: ignore[no-untyped-def]
        order = sorted(range(len(sentences)), key=lambda number: -len(sentences[number]))
        result = [None] * len(sentences)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            longest = len(sentences[batch[0]])
            rows = np.full((len(batch), longest), -1, np.int64)
            for place, number in enumerate(batch):
                rows[place, : len(sentences[number])] = [row for row, _ in sentences[number]]
            word, score = self._bank.stacked(rows)
            tags = np.zeros(word.shape, np.int8)
            length = np.array([len(sentences[number]) for number in batch])
            best = decode(self._model, Columns(word, score, tags, tags, length))
            for place, number in enumerate(batch):
                result[number] = best[place, : length[place]]
        return result


def cased(seen: str, word: str) -> str:
    """Return a decided word in the case of what was seen; the same word stays as it was."""
    if normal(seen) == word:
        return seen
    form = form_of(seen)
    if case_of(seen) is Case.LOWER:
        form = Form.LOWER
    return in_form(word, form)
