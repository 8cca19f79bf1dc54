"""The restorer: text in, the same lines with their Vietnamese put right out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vnocr.model import Box, Line, Page, Word
from vnocr.restore.candidates import CandidateFinder
from vnocr.restore.codes import CodeRepairer
from vnocr.restore.damage import Damage
from vnocr.restore.decide import Decider, Known
from vnocr.restore.decisions import Decision
from vnocr.restore.dictionary import (
    CHANNELS,
    read_channel,
    read_counts,
    read_language_model,
    read_phrases,
    read_rows,
    read_word_list,
)
from vnocr.restore.explain import reason_for
from vnocr.restore.explanations import Explainer
from vnocr.restore.faint_marks import heard, is_signer, kept
from vnocr.restore.motto import with_motto
from vnocr.restore.names import Names
from vnocr.restore.placing import Placing
from vnocr.restore.ready import read_ready
from vnocr.restore.user_words import UserWords, read_user_words
from vnocr.restore.weights import Weights
from vnocr.settings import RestoreSettings
from vnocr.vietnamese.legacy import convert, detect

_STREAM_LINES = 400
_UNHEARD = 0.95  # the confidence of numbers, codes and unknown words of plain text


@dataclass(frozen=True, slots=True)
class Change:
    """One changed word: where it stands (line from 1), what was seen, what it became and why.

    `runner_up` is what it would have become otherwise, "" if there was nothing to choose.
    """

    line: int
    seen: str
    text: str
    confidence: float
    reason: str
    runner_up: str


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
    """Restores text and pages; holds the models, loaded once."""

    def __init__(self, decider: Decider) -> None:
        self._decider = decider

    @classmethod
    def load(cls, settings: RestoreSettings, folder: Path) -> Restorer:
        """Load the dictionaries. Raises DictionaryError naming the file and the remedy."""
        model = read_language_model(folder / "language-model.npz")
        words = read_word_list(folder / "syllables.tsv", model)
        eng, vie = (read_channel(folder / f"channel-{name}.tsv", words.parts) for name in CHANNELS)
        channels = {Damage.MISREAD: eng, Damage.MARKED: vie}
        phrases = read_phrases(folder / "phrases.tsv", model)
        families = [row[0] for row in read_rows(folder / "family_names.tsv", 1)]
        names = Names(families, read_counts(folder / "names.tsv"))
        explainer = Explainer(model, words, channels, Weights(), read_ready(folder, model))
        placing = Placing(model, words.cases, names, Weights())
        finder = CandidateFinder(model, words.syllables, explainer, placing, phrases)
        symbols = read_counts(folder / "symbols.tsv")
        types = [row[1] for row in read_rows(folder / "document_types.tsv", 2)]
        codes = CodeRepairer(symbols, types)
        short = frozenset(row[0] for row in read_rows(folder / "abbreviations.tsv", 3))
        own = read_user_words(Path(settings.user_words)) if settings.user_words else UserWords(())
        return cls(Decider(model, finder, codes, Known(short, names), own, settings.tone))

    def restore(self, text: str) -> Restoration:
        """Restore text; lines keep their number and order, blanks between words stay."""
        lines = text.split("\n")
        encoding = detect(text)
        readable = [convert(line, encoding) for line in lines] if encoding else lines
        decided = self._decider.decide([line.split() for line in readable])
        out: list[str] = []
        words: list[tuple[Word, ...]] = []
        changes: list[Change] = []
        for number, (line, source, decisions) in enumerate(
            zip(lines, readable, decided, strict=True), 1
        ):
            row, changed = _described(line, source, decisions, number)
            out.append(_with_blanks(source, decisions))
            words.append(row)
            changes += changed
        return Restoration("\n".join(out), tuple(words), tuple(changes))

    def restore_page(self, page: Page) -> Page:
        """Restore the words of a page; none moves to another line.

        Works on the words as decided so far, so that text converted from an old encoding
        stays converted; what was seen is kept.
        Tokens that were one word become one Word: it has seen both, and its box holds both.
        """
        decided = self._decider.decide(
            [[word.text for word in line.words] for line in page.lines],
            [heard(line) for line in page.lines],
        )
        lines = tuple(
            with_motto(replace(line, words=tuple(_page_word(line, item) for item in decisions)))
            for line, decisions in zip(page.lines, decided, strict=True)
        )
        return replace(page, lines=lines)

    def restore_stream(self, lines: Iterable[str]) -> Iterator[Restoration]:
        """Restore lines as they come, a few hundred at a time, for text of any size.

        Yields one Restoration for each stretch of lines; a stretch ends at a blank line
        where there is one, so that paragraphs stay whole.
        """
        pending: list[str] = []
        for line in lines:
            pending.append(line.rstrip("\r\n"))
            enough = len(pending) >= _STREAM_LINES and not pending[-1]
            if enough or len(pending) >= 4 * _STREAM_LINES:
                yield self.restore("\n".join(pending))
                pending = []
        if pending:
            yield self.restore("\n".join(pending))


def _described(
    line: str, readable: str, decisions: Sequence[Decision], number: int
) -> tuple[tuple[Word, ...], list[Change]]:
    """Return the words of a line, and those that changed with the reasons."""
    tokens = readable.split()
    seen = line.split()
    if len(seen) != len(tokens):  # a letter of the legacy encoding looked like a blank
        seen = tokens
    words: list[Word] = []
    changes: list[Change] = []
    for first, last, text, sure, runner_up in decisions:
        before = seen[first] if first == last else _joined(seen, first, last)
        confidence = _UNHEARD if sure is None else sure
        words.append(Word(before, text, None, confidence))
        if before != text:
            reason = reason_for(before, _joined(tokens, first, last), text)
            changes.append(Change(number, before, text, confidence, str(reason), runner_up))
    return tuple(words), changes


def _joined(tokens: Sequence[str], first: int, last: int) -> str:
    return " ".join(tokens[first : last + 1])


def _page_word(line: Line, decision: Decision) -> Word:
    words = line.words[decision.first : decision.last + 1]
    confidence = decision.confidence
    if confidence is None or is_signer(line):  # the recogniser's word stands
        confidence = min(word.confidence for word in words)
    seen = words[0].seen if len(words) == 1 else " ".join(word.seen for word in words)
    return Word(seen, kept(line, decision), Box.around(word.box for word in words), confidence)


def _with_blanks(line: str, decisions: Sequence[Decision]) -> str:
    """Return the decided words with the blanks that stood between their tokens."""
    tokens = line.split()
    if line == " ".join(tokens):
        return " ".join(decision.text for decision in decisions)
    out: list[str] = []
    place = 0
    for decision in decisions:
        start = line.index(tokens[decision.first], place)
        out.append(line[place:start] + decision.text)
        place = start
        for token in tokens[decision.first : decision.last + 1]:
            place = line.index(token, place) + len(token)
    return "".join(out) + line[place:]
