"""Which words of a text deserve a second look: good text is left alone, and quickly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vnocr.restore.damage import Damage
from vnocr.restore.language_model import LanguageModel
from vnocr.restore.lattice import Slot

# A word less likely than this after the words before it is looked at, with its neighbour on
# the left, whose fault it may be.
UNLIKELY = -6.5
_UNSURE = 0.80
_MARGIN = 4  # a model of order 4 sees three words to each side
_LONGEST = 400  # slots; no sentence is longer, and stretches are decoded many at a time


def doubtful(
    model: LanguageModel, slots: Sequence[Slot], ends: NDArray[np.int64], damage: Damage
) -> NDArray[np.bool_]:
    """Return which slots to decide anew; `ends` are the places after which a sentence ends.

    In text whose marks are lost every word is doubtful.
    """
    words = np.array([bool(slot.core) for slot in slots], bool)
    if damage is not Damage.MARKED:
        return words
    likely = seen_scores(model, slots, ends)
    unlikely = likely < UNLIKELY
    unsure = np.array(
        [slot.confidence is not None and slot.confidence < _UNSURE for slot in slots], bool
    )
    fault = unlikely | unsure
    fault[:-1] |= unlikely[1:]
    return np.asarray(fault & words)


def seen_scores(
    model: LanguageModel, slots: Sequence[Slot], ends: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return log P(word | words before it) of the text as it stands."""
    words = np.array([slot.word for slot in slots], np.int64)
    stream = np.insert(words, ends, model.break_id)
    stream = np.concatenate(([model.break_id], stream))
    score = model.score_stream(stream)
    return np.asarray(score[stream != model.break_id])


def windows(doubt: NDArray[np.bool_], ends: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return the stretches (start, stop) to decode: doubtful slots with enough context.

    No stretch crosses the end of a sentence. What never ends is cut into pieces, else it would
    be decoded word by word instead of many stretches at once.
    """
    found: list[tuple[int, int]] = []
    places = np.flatnonzero(doubt)
    if not len(places):
        return found
    sentence = np.searchsorted(ends, places, "right")
    first = np.concatenate(([0], ends))
    last = np.concatenate((ends, [len(doubt)]))
    apart = (np.diff(places) > 2 * _MARGIN) | (np.diff(sentence) > 0)
    starts = places[np.concatenate(([True], apart))] - _MARGIN
    stops = places[np.concatenate((apart, [True]))] + _MARGIN + 1
    owner = sentence[np.concatenate(([True], apart))]
    starts = np.maximum(starts, first[owner])
    stops = np.minimum(stops, last[owner])
    return [
        (first, min(first + _LONGEST, stop))
        for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)
        for first in range(start, stop, _LONGEST)
    ]
