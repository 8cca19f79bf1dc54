"""What a token may have been: the words whose look explains it, each with a log score."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from vnocr.restore.channel import Form, in_form
from vnocr.restore.damage import Damage, is_marked
from vnocr.restore.decoder import IMPOSSIBLE, NOTHING
from vnocr.restore.explanations import Explainer
from vnocr.restore.language_model import LanguageModel
from vnocr.restore.likely import FORMS, NOTHING_ELSE, WIDTH, Likely, likely
from vnocr.restore.names import Role
from vnocr.restore.placing import Placing
from vnocr.restore.spelling import form_of, normal
from vnocr.restore.weights import Trust, Weights
from vnocr.vietnamese.unicode import strip_marks

_MANY = 10_000  # tokens remembered; text of any size takes no more memory than that
_SIGNS = "?’'"
_READABLE = re.compile(r"[\w&@¢¥§£€?’'!|¡°†‡]{1,14}")
_FUZZY_PHRASE = 7
FREE = 0


class Candidate(NamedTuple):
    """A word that a token may have been: its number, how it would be written, its log score.

    The tags tie columns of a lattice together: a candidate may follow only one whose `leaves`
    is what it `needs`.
    """

    word: int
    text: str
    score: float
    needs: int = FREE
    leaves: int = FREE


class Seen(NamedTuple):
    """A token as it stands, with a log score, and the other words it may have been."""

    word: int
    score: float
    others: Likely


class Query(NamedTuple):
    """A token whose candidates are asked for."""

    core: str
    trust: Trust = Trust.PLAIN
    role: Role = Role.START


@dataclass(frozen=True, slots=True)
class Options:
    """The candidates of many tokens, (tokens, candidates); the first stands for what was seen.

    Unused places hold NOTHING and IMPOSSIBLE. `tails` are the signs that stay whatever the word
    is, `written` the words of the model.
    """

    seen: Sequence[str]
    tails: Sequence[str]
    word: NDArray[np.int32]
    form: NDArray[np.int8]
    score: NDArray[np.float32]
    written: Sequence[str]

    def __len__(self) -> int:
        return len(self.seen)

    def count(self, token: int) -> int:
        """Return how many candidates a token has."""
        return int((self.score[token] > IMPOSSIBLE / 2).sum())

    def candidate(self, token: int, place: int) -> Candidate:
        """Return one of the candidates of a token."""
        word, score = int(self.word[token, place]), float(self.score[token, place])
        if not place:
            return Candidate(word, self.seen[token], score)
        text = in_form(self.written[word], FORMS[self.form[token, place]])
        return Candidate(word, text + self.tails[token], score)


class CandidateFinder:
    """Finds the candidates of tokens and remembers them."""

    def __init__(
        self,
        model: LanguageModel,
        syllables: Iterable[int],
        explainer: Explainer,
        placing: Placing,
        phrases: Mapping[str, tuple[str, str]],
    ) -> None:
        self._model = model
        self._explainer = explainer
        self._placing = placing
        self.weights = Weights()
        self._phrases = phrases
        self._by_base: dict[str, list[int]] = defaultdict(list)
        for number in sorted(set(syllables)):
            self._by_base[strip_marks(model.words[number])].append(number)
        self._found: dict[tuple[str, Damage], Likely] = {}
        self._seen: dict[tuple[str, Damage, Trust], Seen] = {}

    def prepare(self, cores: Iterable[str], damage: Damage) -> None:
        """Work out the candidates of many tokens at once, which costs far less than one by one."""
        if damage is Damage.STRIPPED:
            return
        stems = (core.rstrip(_SIGNS) if damage is Damage.MARKED else core for core in cores)
        new = [core for core in stems if (core, damage) not in self._found]
        found = self._explainer.explain((core for core in new if _is_open(core, damage)), damage)
        self._found.update(((core, damage), words) for core, words in found.items())

    def trim(self) -> None:
        """Forget what was found, if it was found for many tokens."""
        if len(self._found) > _MANY:
            self._found, self._seen = {}, {}

    def options(self, queries: Sequence[Query], damage: Damage) -> Options:
        """Return what words of text damaged in a given way may be; first, as they were seen.

        Inside a sentence the case of a word speaks for some words (`Trương`) and against
        others (`Trường`); where a person's name may stand, so does the list of names.
        """
        stems = [_stem(query.core, damage) for query in queries]
        seen = [
            self.seen(stem, damage, query.trust) for stem, query in zip(stems, queries, strict=True)
        ]
        sizes = [len(one.others.word) for one in seen]
        owner = np.repeat(np.arange(len(seen)), sizes)
        place = np.arange(1, len(owner) + 1) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        words = np.concatenate([one.others.word for one in seen])
        forms = np.concatenate([one.others.form for one in seen])
        total = np.concatenate([one.others.score for one in seen]).astype(np.float64)
        first = [one.score for one in seen]
        if damage is not Damage.MARKED:
            roles = np.array([query.role for query in queries])
            total += self._placing.gains(words, forms, roles[owner])
            first = [
                self._placing.placed(one.score, one.word, stem, query.role)
                for one, stem, query in zip(seen, stems, queries, strict=True)
            ]
        shape = len(seen), 1 + max(sizes, default=0)
        word, score = np.full(shape, NOTHING, np.int32), np.full(shape, IMPOSSIBLE, np.float32)
        form = np.zeros(shape, np.int8)
        word[:, 0], score[:, 0] = [one.word for one in seen], first
        word[owner, place], score[owner, place], form[owner, place] = words, total, forms
        cores = [query.core for query in queries]
        tails = [core[len(stem) :] for core, stem in zip(cores, stems, strict=True)]
        return Options(cores, tails, word, form, score, self._model.words)

    def seen(self, core: str, damage: Damage, trust: Trust = Trust.PLAIN) -> Seen:
        """Return a token as it stands and what else it may have been."""
        found = self._seen.get((core, damage, trust))
        if found is None:
            found = self._with_seen(core, damage, trust)
            self._seen[core, damage, trust] = found
        return found

    def known_words(
        self, core: str, damage: Damage, above: float = float(IMPOSSIBLE)
    ) -> list[Candidate]:
        """Return the candidates that the model knows whose score is above a bound."""
        stem = _stem(core, damage)
        word, score, others = self.seen(stem, damage)
        tail = core[len(stem) :]
        rows = np.flatnonzero(others.score > above)
        known = [
            Candidate(number, in_form(self._model.words[number], FORMS[form]) + tail, points)
            for number, form, points in zip(
                others.word[rows].tolist(),
                others.form[rows].tolist(),
                others.score[rows].tolist(),
                strict=True,
            )
        ]
        if word != self._model.unknown and score > above:
            known.insert(0, Candidate(word, core, score))
        return known

    def best_score(self, core: str, damage: Damage) -> float:
        """Return the score of the best candidate that the model knows."""
        word, score, others = self.seen(_stem(core, damage), damage)
        best = float(others.score.max(initial=IMPOSSIBLE))
        return best if word == self._model.unknown else max(best, score)

    def run_together(self, core: str) -> tuple[Candidate, Candidate] | None:
        """Return the two words of a known compound that a token runs together."""
        base = strip_marks(normal(core))
        found = self._phrases.get(base)
        if found is None and len(base) >= _FUZZY_PHRASE:
            near = process.extractOne(
                base, self._phrases.keys(), scorer=Levenshtein.distance, score_cutoff=1
            )
            found = self._phrases[near[0]] if near else None
        if found is None:
            return None
        different = Levenshtein.distance(normal(core), "".join(found))
        first, second = found
        form = form_of(core)
        rest = Form.UPPER if form is Form.UPPER else Form.LOWER
        return (
            Candidate(self._model.index[first], in_form(first, form), -0.3 * different),
            Candidate(self._model.index[second], in_form(second, rest), 0.0),
        )

    def rank(self, item: Candidate) -> float:
        """Return how good a candidate is before its neighbours are known."""
        return item.score + self.weights.prior * float(self._model.unigram[item.word])

    def seen_word(self, core: str) -> int:
        """Return the model's number of a token as it stands, signs at its end aside."""
        stem = core[: len(core) - len(_tail(core))]
        return self._model.index.get(normal(stem), self._model.unknown)

    def _likely(self, core: str, damage: Damage) -> Likely:
        found = self._found.get((core, damage))
        if found is None:
            found = NOTHING_ELSE
            if _is_open(core, damage):
                stripped = damage is Damage.STRIPPED
                found = (
                    self._same_base(core)
                    if stripped
                    else self._explainer.explain([core], damage)[core]
                )
            self._found[core, damage] = found
        return found

    def _same_base(self, core: str) -> Likely:
        lower = normal(core)
        base = strip_marks(lower)
        if lower != base and lower in self._model.index:
            return NOTHING_ELSE  # what marks there are in stripped text were put for a reason
        numbers = list(self._by_base.get(base, ()))
        if core.isupper() or not numbers:
            numbers += self._explainer.others(base)
        numbers.sort(key=lambda number: -self._model.unigram[number])
        form = form_of(core)
        return likely([(number, form, 0.0) for number in numbers[: WIDTH - 1]])

    def _with_seen(self, core: str, damage: Damage, trust: Trust) -> Seen:
        found = self._likely(core, damage)
        weights = self.weights
        # What a recogniser without Vietnamese can't have read was put there for a reason.
        bonus = weights.keep[trust] if damage is Damage.MARKED or is_marked(core) else 0.0
        lower = normal(core)
        number = self._model.index.get(lower)
        if number is None:
            penalty = weights.unknown + weights.unknown_letter * len(lower)
            if core.isupper() and bonus:
                penalty *= weights.capitals  # marked text does not misread capitals lightly
            return Seen(self._model.unknown, -penalty, _few(found))
        same = found.word == number
        if not same.any():
            return Seen(number, bonus - weights.other, _few(found))
        score = float(found.score[same.argmax()])
        return Seen(number, score + bonus, _few(found.only(~same)))


def _few(found: Likely) -> Likely:
    """Return as many words as leave room for the one that was seen."""
    if len(found.word) < WIDTH:
        return found
    return found.only(slice(WIDTH - 1))


def _is_open(core: str, damage: Damage) -> bool:
    """Whether a token may be anything else than what was seen.

    Strings with punctuation inside are no words. In good text, neither strings with
    digits or signs nor single letters, which label items, are worth doubting.
    """
    if not _READABLE.fullmatch(core):
        return False
    return damage is not Damage.MARKED or (len(core) > 1 and core.isalpha())


def _tail(core: str) -> str:
    """Return the signs at the end of a token that may be part of a misread letter."""
    stem = core.rstrip(_SIGNS)
    return core[len(stem) :] if stem else ""


def _stem(core: str, damage: Damage) -> str:
    """Return a token without the signs at its end that are no part of a misread letter."""
    return core if damage is Damage.MISREAD else core.rstrip(_SIGNS) or core
