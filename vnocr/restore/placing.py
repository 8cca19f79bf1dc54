"""What the place of a word in its sentence says for it: its capitals, and where names stand."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from vnocr.restore.channel import Form, in_form
from vnocr.restore.language_model import LanguageModel
from vnocr.restore.likely import FORMS
from vnocr.restore.names import Names, Role
from vnocr.restore.spelling import case_ratios
from vnocr.restore.weights import Weights
from vnocr.vietnamese.casing import Case, case_of

_SHAPE = {Form.LOWER: Case.LOWER, Form.TITLE: Case.TITLE, Form.UPPER: Case.UPPER}
Gains = NDArray[np.float64]


class Placing:
    """Log bonuses of words inside sentences."""

    def __init__(
        self,
        model: LanguageModel,
        cases: Mapping[str, tuple[int, int, int]],
        names: Names,
        weights: Weights,
    ) -> None:
        self._cases = {
            case: weights.case * ratios.astype(np.float64)
            for case, ratios in case_ratios(model, cases).items()
        }
        self._named = np.zeros((len(Role), len(model.words)))
        for role in Role:
            known = [model.index[name] for name in names.of(role) if name in model.index]
            self._named[role, known] = weights.name
        self._written = np.zeros((len(FORMS), len(model.words)))
        for number, form in enumerate(FORMS):
            self._written[number] = self._gains_of(model.words, form)

    def gains(
        self, word: NDArray[np.int32], form: NDArray[np.int8], role: NDArray[np.int64]
    ) -> Gains:
        """Return what words written in one of the FORMS gain where they have a role."""
        gain: Gains = np.where(role > Role.START, self._written[form, word], 0.0)
        return gain + self._named[role, word]

    def placed(self, score: float, word: int, text: str, role: Role) -> float:
        """Return the score of a word, written as it stands, with what it gains there."""
        if role is Role.START:
            return score
        gains = self._cases.get(case_of(text))
        if gains is not None and len(text) > 1:
            score += float(gains[word])
        return score + float(self._named[role, word])

    def _gains_of(self, words: list[str], form: Form) -> Gains:
        """Return what all words gain when written in a form; single letters gain nothing."""
        gain = np.zeros(len(words))
        cases = [_case(word, form) if len(word) > 1 else None for word in words]
        for case, gains in self._cases.items():
            rows = [number for number, one in enumerate(cases) if one is case]
            gain[rows] = gains[rows]
        return gain


def _case(word: str, form: Form) -> Case:
    # Nearly all words are letters only, of which the form tells the case.
    return _SHAPE[form] if word.isalpha() and word.islower() else case_of(in_form(word, form))
