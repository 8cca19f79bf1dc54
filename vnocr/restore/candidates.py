"""What a token may have been: the words whose look explains it, each with a log score."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from vnocr.restore.channel import Channel, Form, in_form
from vnocr.restore.damage import Damage, is_marked
from vnocr.restore.dictionary import WordList
from vnocr.restore.language_model import LanguageModel
from vnocr.restore.names import Names, Role
from vnocr.restore.shortlist import Shortlist
from vnocr.restore.spelling import case_ratios, form_of, forms_of, is_abbreviation, normal
from vnocr.vietnamese.casing import case_of
from vnocr.vietnamese.unicode import nfc, strip_marks

WIDTH = 24
_SYLLABLES = WIDTH - 4  # leaves room for other words
_BATCH = 64  # tokens worked out at once: their figures fit a processor's cache
_MANY = 10_000  # tokens remembered; text of any size takes no more memory than that
_SIGNS = "?’'"
_READABLE = re.compile(r"[\w&@¢¥§£€?’'!|¡°†‡]{1,14}")
_FUZZY_LENGTH = 4
_FUZZY_PHRASE = 7


class Trust(IntEnum):
    """How sure the recogniser was of a word; PLAIN if it did not say."""

    LOW = 0
    PLAIN = 1
    HIGH = 2


@dataclass(frozen=True, slots=True)
class Weights:
    """How far the parts are trusted; found on rendered and recognised text kept out of training."""

    channel: float = 0.45  # of the channel's log probability
    prior: float = 0.5  # of word frequency when the candidates are cut to WIDTH
    span: float = 9.0  # candidates further below the best than this are dropped
    unknown: float = 5.0  # log penalty of keeping a word the model does not know...
    unknown_letter: float = 1.4  # ... and for each of its letters
    capitals: float = 0.5  # share of that for words in capitals: they may be abbreviations
    # Log bonus of a known word as it was seen, in marked text and for marked words: by how
    # sure the recogniser is.
    keep: tuple[float, float, float] = (0.75, 4.0, 3.0)
    joined: float = 4.0  # log penalty of merging or splitting tokens
    other: float = 1.5  # log penalty for each letter that differs in other words...
    unlike: float = 4.0  # ... and once if more than marks differ
    name: float = 1.5  # log bonus of a name where a name may stand
    case: float = 0.5  # of the log ratio by which a word is written in a case more than words are


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


class CandidateFinder:
    """Finds the candidates of tokens and remembers them."""

    def __init__(
        self,
        model: LanguageModel,
        words: WordList,
        channels: Mapping[Damage, Channel],
        phrases: Mapping[str, tuple[str, str]],
        names: Names,
    ) -> None:
        self._model = model
        self._names = names
        self.weights = weights = Weights()
        self._phrases = phrases
        self._syllables = words.syllables
        self._written = {
            form: [in_form(model.words[number], form) for number in words.syllables]
            for form in Form
        }
        prior = model.unigram[words.syllables] * np.float32(weights.prior)
        self._shortlists = {
            damage: Shortlist(channel, prior, weights.channel, weights.span)
            for damage, channel in channels.items()
        }
        self._by_base: dict[str, list[int]] = defaultdict(list)
        self._others: dict[str, list[int]] = defaultdict(list)
        known = set(words.syllables)
        for number, word in enumerate(model.words):
            target = self._by_base if number in known else self._others
            target[strip_marks(word)].append(number)
        # Plain numbers: they are looked up one by one.
        self._cases = {
            case: (weights.case * ratios.astype(np.float64)).tolist()
            for case, ratios in case_ratios(model, words.cases).items()
        }
        self._others_as_long = _by_length(self._others)
        self._found: dict[tuple[str, Damage], list[Candidate]] = {}
        self._cache: dict[tuple[str, Damage, Trust], tuple[Candidate, ...]] = {}

    def prepare(self, cores: Iterable[str], damage: Damage) -> None:
        """Work out the candidates of many tokens at once, which costs far less than one by one."""
        if len(self._found) > _MANY:
            self._found, self._cache = {}, {}
        if damage is Damage.STRIPPED:
            return
        stems = (core.rstrip(_SIGNS) if damage is Damage.MARKED else core for core in cores)
        new = [core for core in dict.fromkeys(stems) if (core, damage) not in self._found]
        open_ = [core for core in new if _is_open(core, damage)]
        for start in range(0, len(open_), _BATCH):
            batch = open_[start : start + _BATCH]
            for core, found in zip(batch, self._misread(batch, damage), strict=True):
                self._found[core, damage] = found

    def candidates(
        self, core: str, damage: Damage, trust: Trust = Trust.PLAIN, role: Role = Role.START
    ) -> tuple[Candidate, ...]:
        """Return what a word of text damaged in a given way may be; first, as it was seen.

        Inside a sentence the case of a word speaks for some words (`Trương`) and against
        others (`Trường`); where a person's name may stand, so does the list of names.
        """
        if damage is not Damage.MISREAD and (tail := _tail(core)):
            stem = self.candidates(core[: -len(tail)], damage, trust, role)
            return tuple(item._replace(text=item.text + tail) for item in stem)
        if role and damage is not Damage.MARKED:
            return tuple(self._placed(item, role) for item in self.candidates(core, damage, trust))
        found = self._cache.get((core, damage, trust))
        if found is None:
            # What a recogniser without Vietnamese can't have read was put there for a reason.
            kept = damage is Damage.MARKED or is_marked(core)
            bonus = self.weights.keep[trust] if kept else 0.0
            found = self._with_seen(core, bonus, self._others_than_seen(core, damage))
            self._cache[core, damage, trust] = found
        return found

    def _placed(self, item: Candidate, role: Role) -> Candidate:
        """Return a candidate scored for where it stands as well."""
        word, text, score, needs, leaves = item
        gain = self._cases.get(case_of(text))
        if gain is not None and len(text) > 1:
            score += gain[word]
        if role > Role.INSIDE and self._names.fits(self._model.words[word], role):
            score += self.weights.name
        return Candidate(word, text, score, needs, leaves)

    def _others_than_seen(self, core: str, damage: Damage) -> list[Candidate]:
        found = self._found.get((core, damage))
        if found is None:
            found = []
            if _is_open(core, damage):
                stripped = damage is Damage.STRIPPED
                found = self._same_base(core) if stripped else self._misread([core], damage)[0]
            self._found[core, damage] = found
        return found

    def known_words(self, core: str, damage: Damage) -> list[Candidate]:
        """Return the candidates that the model knows."""
        unknown = self._model.unknown
        return [item for item in self.candidates(core, damage) if item.word != unknown]

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

    def _same_base(self, core: str) -> list[Candidate]:
        lower = normal(core)
        base = strip_marks(lower)
        if lower != base and lower in self._model.index:
            return []  # what marks there are in stripped text were put there for a reason
        numbers = list(self._by_base.get(base, ()))
        if core.isupper() or not numbers:
            numbers += self._others.get(base, ())
        numbers.sort(key=lambda number: -self._model.unigram[number])
        return [
            Candidate(number, in_form(self._model.words[number], form_of(core)), 0.0)
            for number in numbers[: WIDTH - 1]
        ]

    def _misread(self, cores: Sequence[str], damage: Damage) -> list[list[Candidate]]:
        """Return the syllables that explain how tokens look, and other words alike."""
        found = [self._other_words(core) for core in cores]
        alike: dict[tuple[Form, ...], list[int]] = defaultdict(list)
        for place, core in enumerate(cores):
            if not is_abbreviation(core):
                alike[tuple(forms_of(nfc(core)))].append(place)
        for forms, places in alike.items():
            glyphs = [nfc(cores[place]) for place in places]
            rows = self._syllables_for(glyphs, forms, damage)
            for place, row in zip(places, rows, strict=True):
                found[place] = row + found[place]
        return found

    def _syllables_for(
        self, glyphs: Sequence[str], forms: Sequence[Form], damage: Damage
    ) -> list[list[Candidate]]:
        """Return the best syllables for each string of glyphs, written in one of the forms."""
        best = self._shortlists[damage].find(glyphs, forms, _SYLLABLES)
        found: list[list[Candidate]] = [[] for _ in glyphs]
        written = [self._written[form] for form in forms]
        for owner, syllable, form, score in zip(
            best.owner.tolist(),
            best.syllable.tolist(),
            best.form.tolist(),
            best.score.tolist(),
            strict=True,
        ):
            text = written[form][syllable]
            found[owner].append(Candidate(self._syllables[syllable], text, score))
        return found

    def _other_words(self, core: str) -> list[Candidate]:
        """Return abbreviations and loan words that differ in marks, or in a letter if long."""
        lower = normal(core)
        bases = [strip_marks(lower)]
        if len(lower) >= _FUZZY_LENGTH and lower not in self._model.index and not core.isupper():
            alike = self._others_as_long.get(len(bases[0]), ())
            near = process.extract(
                bases[0], alike, scorer=Levenshtein.distance, score_cutoff=1, limit=2
            )
            bases += [
                base for base, _, _ in near if base != bases[0] and len(base) >= _FUZZY_LENGTH
            ]
        return [
            Candidate(
                number,
                in_form(self._model.words[number], form_of(core)),
                -self.weights.other * Levenshtein.distance(lower, self._model.words[number])
                - (self.weights.unlike if base != bases[0] else 0.0),
            )
            for base in bases
            for number in self._others.get(base, ())[:2]
        ]

    def _with_seen(self, core: str, bonus: float, found: list[Candidate]) -> tuple[Candidate, ...]:
        lower = normal(core)
        number = self._model.index.get(lower)
        if number is None:
            weights = self.weights
            penalty = weights.unknown + weights.unknown_letter * len(lower)
            if core.isupper() and bonus:
                penalty *= weights.capitals  # marked text does not misread capitals lightly
            return (Candidate(self._model.unknown, core, -penalty), *found[: WIDTH - 1])
        score = next((item.score for item in found if item.word == number), -self.weights.other)
        rest = [item for item in found if item.word != number]
        return (Candidate(number, core, score + bonus), *rest[: WIDTH - 1])


def _by_length(words: Iterable[str]) -> dict[int, list[str]]:
    """File words under all lengths at most one letter from theirs."""
    found: dict[int, list[str]] = defaultdict(list)
    for word in words:
        for length in range(len(word) - 1, len(word) + 2):
            found[length].append(word)
    return found


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
