"""How sure a decision is: the decided word against what else might stand in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vnocr.restore.bank import Bank, Column
from vnocr.restore.damage import Damage
from vnocr.restore.language_model import LanguageModel
from vnocr.restore.lattice import Slot

_RIVALS = 6
_UNRIVALLED = 12.0  # log odds of a word that stands alone
_REACH = 3  # words to the right whose probability depends on the decision
# Posterior log odds to share right: logistic fits (shift, slope) on rendered and recognised
# pages kept out of training. Stripped text has no such pages; its fit is on stripped text.
_FITS = {
    Damage.MISREAD: (0.12, 0.45),
    Damage.MARKED: (1.15, 0.25),
    Damage.STRIPPED: (0.45, 0.58),
}


@dataclass(frozen=True, slots=True)
class Pick:
    """A decided slot: the column it was decided in, its row in the bank, which option won."""

    slot: int
    column: Column
    choice: int
    row: int = -1  # -1 for a word that nothing rivals


@dataclass(frozen=True, slots=True)
class Weighed:
    """The confidence of a pick, and the text that came second ("" if nothing did)."""

    confidence: float
    runner_up: str
    log_odds: float


def weigh(
    model: LanguageModel,
    bank: Bank,
    slots: Sequence[Slot],
    ends: NDArray[np.int64],
    picks: Sequence[Pick],
    damage: Damage,
) -> dict[int, Weighed]:
    """Return for each picked slot how sure it is, its neighbours taken as decided."""
    if not picks:
        return {}
    words = np.array([slot.word for slot in slots], np.int64)
    where = np.array([pick.slot for pick in picks])
    options, word, score = _rivals(model, bank, picks)
    words[where] = word[:, 0]
    stream = np.insert(words, ends, model.break_id)
    stream = np.concatenate(([model.break_id], stream, [model.break_id] * _REACH))
    place = where + 1 + np.searchsorted(ends, where, "right")
    owner, option = np.nonzero(word >= 0)
    score[owner, option] += _fit(model, stream, place[owner], word[owner, option].astype(np.int64))
    odds = np.full(len(picks), _UNRIVALLED)
    rivalled = word[:, 1] >= 0
    odds[rivalled] = score[rivalled, 0] - np.logaddexp.reduce(score[rivalled, 1:], axis=1)
    shift, slope = _FITS[damage]
    confidence = 1 / (1 + np.exp(-(shift + slope * odds)))
    second = np.take_along_axis(options, 1 + score[:, 1:].argmax(1)[:, None], 1)[:, 0]
    rows = zip(
        picks, rivalled.tolist(), second.tolist(), confidence.tolist(), odds.tolist(), strict=True
    )
    return {
        pick.slot: Weighed(sure, pick.column[other].text if rival else "", log_odds)
        for pick, rival, other, sure, log_odds in rows
    }


def _rivals(
    model: LanguageModel, bank: Bank, picks: Sequence[Pick]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]:
    """Return the chosen option of each pick and the most promising others, with words and scores.

    Where there are no more that stand for one word, the word is NOTHING and the score -inf.
    """
    word, score = bank.words_of(np.array([pick.row for pick in picks]))
    promise = np.where(word >= 0, score + 0.5 * model.unigram[word], -np.inf)
    promise[np.arange(len(picks)), [pick.choice for pick in picks]] = np.inf
    options = np.argsort(-promise, axis=1, kind="stable")[:, : _RIVALS + 1]
    word = np.take_along_axis(word, options, 1)
    score = np.take_along_axis(score, options, 1).astype(np.float64)
    return options, word, np.where(word >= 0, score, -np.inf)


def _fit(
    model: LanguageModel,
    stream: NDArray[np.int64],
    place: NDArray[np.int64],
    words: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return log P of `words` at `place` in the stream and of what follows them there."""
    states = model.trace(stream)
    score, state = model.advance(states.take(place - 1), words)
    total = score.astype(np.float64)
    open_ = np.ones(len(place), bool)
    for step in range(1, _REACH + 1):
        following = stream[place + step]
        score, state = model.advance(state, following)
        total += np.where(open_, score, 0)
        open_ &= following != model.break_id
    return total
