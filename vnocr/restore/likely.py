"""Words that a token may have been, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnocr.restore.channel import Form

WIDTH = 24  # candidates of a token, itself among them
FORMS = tuple(Form)


class Likely(NamedTuple):
    """Words that a token may have been, one a row."""

    word: NDArray[np.int32]  # the model's number
    form: NDArray[np.int8]  # place in FORMS
    score: NDArray[np.float32]  # log score

    def only(self, rows: slice | NDArray[np.bool_]) -> Likely:
        """Return some of the words."""
        return Likely(self.word[rows], self.form[rows], self.score[rows])

    def then(self, other: Likely) -> Likely:
        """Return these words and others after them."""
        return Likely(
            np.concatenate((self.word, other.word)),
            np.concatenate((self.form, other.form)),
            np.concatenate((self.score, other.score)),
        )


def likely(rows: Sequence[tuple[int, Form, float]]) -> Likely:
    """Return words with their forms and scores as arrays."""
    return Likely(
        np.array([row[0] for row in rows], np.int32),
        np.array([FORMS.index(row[1]) for row in rows], np.int8),
        np.array([row[2] for row in rows], np.float32),
    )


NOTHING_ELSE = likely(())
