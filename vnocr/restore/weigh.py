"""How sure a decision is: the decided word against what else might stand in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vnocr.restore.candidates import FREE
from vnocr.restore.damage import Damage
from vnocr.restore.language_model import LanguageModel
from vnocr.restore.lattice import Column, Slot

_RIVALS = 6
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
    """A decided slot: the column it was decided in, and which of its options won."""

    slot: int
    column: Column
    choice: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """The confidence of a pick, and the text that came second ("" if nothing did)."""

    confidence: float
    runner_up: str
    log_odds: float


def weigh(
    model: LanguageModel,
    slots: Sequence[Slot],
    ends: NDArray[np.int64],
    picks: Sequence[Pick],
    damage: Damage,
) -> dict[int, Weighed]:
    """Return for each picked slot how sure it is, its neighbours taken as decided."""
    if not picks:
        return {}
    words = np.fromiter((slot.word for slot in slots), np.int64, len(slots))
    for pick in picks:
        words[pick.slot] = pick.column[pick.choice].word
    stream = np.insert(words, ends, model.break_id)
    stream = np.concatenate(([model.break_id], stream, [model.break_id] * _REACH))
    place = np.arange(len(slots)) + 1 + np.searchsorted(ends, np.arange(len(slots)), "right")
    rivals = [_rivals(model, pick) for pick in picks]
    sizes = np.array([len(row) for row in rivals])
    owner = np.repeat([place[pick.slot] for pick in picks], sizes)
    options = [
        pick.column[number] for pick, row in zip(picks, rivals, strict=True) for number in row
    ]
    total = np.array([option.score for option in options]) + _fit(
        model, stream, owner, np.array([option.word for option in options], np.int64)
    )
    weighed: dict[int, Weighed] = {}
    start = 0
    shift, slope = _FITS[damage]
    for pick, row, size in zip(picks, rivals, sizes.tolist(), strict=True):
        scores = total[start : start + size]
        start += size
        odds = float(scores[0] - np.logaddexp.reduce(scores[1:])) if size > 1 else 12.0
        second = pick.column[row[1 + int(scores[1:].argmax())]].text if size > 1 else ""
        confidence = 1 / (1 + np.exp(-(shift + slope * odds)))
        weighed[pick.slot] = Weighed(float(confidence), second, odds)
    return weighed


def _rivals(model: LanguageModel, pick: Pick) -> list[int]:
    """Return the chosen option and the most promising others that stand for one word."""
    others = [
        number
        for number, option in enumerate(pick.column)
        if number != pick.choice and option.needs == option.leaves == FREE and option.word >= 0
    ]
    others.sort(
        key=lambda number: (
            -pick.column[number].score - 0.5 * float(model.unigram[pick.column[number].word])
        )
    )
    return [pick.choice, *others[:_RIVALS]]


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


def simple(column: Column, choice: int) -> bool:
    """Whether the option chosen stands for exactly one word of its own token."""
    option = column[choice]
    return option.needs == option.leaves == FREE and option.word >= 0
