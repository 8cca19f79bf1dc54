"""What explains the look of tokens: syllables by the channel, other words by their letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from vnocr.restore.channel import Channel, Form
from vnocr.restore.damage import Damage
from vnocr.restore.dictionary import WordList
from vnocr.restore.language_model import LanguageModel
from vnocr.restore.likely import FORMS, NOTHING_ELSE, WIDTH, Likely, likely
from vnocr.restore.ready import ReadyCandidates
from vnocr.restore.shortlist import Shortlist
from vnocr.restore.spelling import form_of, forms_of, is_abbreviation, normal
from vnocr.restore.weights import Weights
from vnocr.vietnamese.unicode import nfc, strip_marks

_BATCH = 64  # tokens worked out at once: their figures fit a processor's cache
_SYLLABLES = WIDTH - 4  # leaves room for other words
_FUZZY_LENGTH = 4


class Explainer:
    """Works out what explains the look of tokens."""

    def __init__(
        self,
        model: LanguageModel,
        words: WordList,
        channels: Mapping[Damage, Channel],
        weights: Weights,
        ready: ReadyCandidates,
    ) -> None:
        self._model = model
        self._ready = ready
        self._weights = weights
        self._syllables = np.array(words.syllables, np.int32)
        prior = model.unigram[words.syllables] * np.float32(weights.prior)
        self._shortlists = {
            damage: Shortlist(channel, prior, weights.channel, weights.span)
            for damage, channel in channels.items()
        }
        known = set(words.syllables)
        self._others: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(model.words):
            if number not in known:
                self._others[strip_marks(word)].append(number)
        self._others_as_long = _by_length(self._others)

    def explain(self, cores: Iterable[str], damage: Damage) -> dict[str, Likely]:
        """Return the syllables that explain how tokens look, and other words alike."""
        found: dict[str, Likely] = {}
        new = []
        for core in dict.fromkeys(cores):
            ready = self._ready.get(core, damage)
            if ready is None:
                new.append(core)
            else:
                found[core] = ready
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            found.update(zip(batch, self._worked_out(batch, damage), strict=True))
        return found

    def _worked_out(self, cores: Sequence[str], damage: Damage) -> list[Likely]:
        found = [self._other_words(core) for core in cores]
        alike: dict[tuple[Form, ...], list[int]] = defaultdict(list)
        for place, core in enumerate(cores):
            if not is_abbreviation(core):
                alike[tuple(forms_of(nfc(core)))].append(place)
        for forms, places in alike.items():
            glyphs = [nfc(cores[place]) for place in places]
            rows = self._syllables_for(glyphs, forms, damage)
            for place, row in zip(places, rows, strict=True):
                found[place] = row.then(found[place])
        return found

    def others(self, base: str) -> list[int]:
        """Return the words that are no syllables and have these letters, marks aside."""
        return self._others.get(base, [])

    def _syllables_for(
        self, glyphs: Sequence[str], forms: Sequence[Form], damage: Damage
    ) -> list[Likely]:
        """Return the best syllables for each string of glyphs, written in one of the forms."""
        best = self._shortlists[damage].find(glyphs, forms, _SYLLABLES)
        word = self._syllables[best.syllable]
        form = np.array([FORMS.index(form) for form in forms], np.int8)[best.form]
        ends = np.searchsorted(best.owner, np.arange(len(glyphs)), "right").tolist()
        return [
            Likely(word[start:end], form[start:end], best.score[start:end])
            for start, end in zip([0, *ends], ends, strict=False)
        ]

    def _other_words(self, core: str) -> Likely:
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
        rows = [
            (
                number,
                form_of(core),
                -self._weights.other * Levenshtein.distance(lower, self._model.words[number])
                - (self._weights.unlike if base != bases[0] else 0.0),
            )
            for base in bases
            for number in self._others.get(base, ())[:2]
        ]
        return likely(rows) if rows else NOTHING_ELSE


def _by_length(words: Iterable[str]) -> dict[int, list[str]]:
    """File words under all lengths at most one letter from theirs."""
    found: dict[int, list[str]] = defaultdict(list)
    for word in words:
        for length in range(len(word) - 1, len(word) + 2):
            found[length].append(word)
    return found
