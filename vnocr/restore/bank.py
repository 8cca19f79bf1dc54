"""Columns of candidates filed as rows of arrays, so that a lattice is a list of row numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

from vnocr.restore.candidates import FREE, Candidate, Options
from vnocr.restore.decoder import IMPOSSIBLE, NOTHING, Columns
from vnocr.restore.likely import WIDTH

Column = Sequence[Candidate]


class Bank:
    """Columns filed as rows of arrays."""

    def __init__(self, width: int = WIDTH + 16) -> None:
        self._width = width
        self.clear()

    def __len__(self) -> int:
        return self._used

    def clear(self) -> None:
        """Forget all columns."""
        self._used = 0
        self._rows: dict[tuple[Candidate, ...], int] = {}
        self._columns: list[Column] = []
        self._word = np.empty((0, self._width), np.int32)
        self._score = np.empty((0, self._width), np.float32)
        self._tags = np.empty((0, self._width, 2), np.int8)

    def row(self, column: tuple[Candidate, ...]) -> int:
        """Return the row of a column, filing it first if it is new."""
        found = self._rows.get(column)
        return self._file(column) if found is None else found

    def put(self, options: Options) -> range:
        """File the columns of many words at once; return their rows."""
        rows = self._room(len(options))
        width = options.word.shape[1]
        self._word[rows.start : rows.stop, :width] = options.word
        self._score[rows.start : rows.stop, :width] = options.score
        self._columns += [Filed(options, token) for token in range(len(options))]
        return rows

    def column(self, row: int) -> Column:
        """Return the candidates of a column."""
        return self._columns[row]

    def columns_of(self, rows: NDArray[np.int64], length: NDArray[np.int64]) -> Columns:
        """Return the columns of lattices given as rows (-1 past their end)."""
        score = self._score[rows]
        score[rows < 0] = IMPOSSIBLE
        tags = self._tags[rows]
        return Columns(self._word[rows], score, tags[..., 0], tags[..., 1], length)

    def words_of(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return word and score of the options of columns, (rows, options).

        Options that do not stand for one whole word of their token have the word NOTHING.
        """
        free = (self._tags[rows] == FREE).all(2)
        return np.where(free, self._word[rows], np.int32(NOTHING)), self._score[rows]

    def _file(self, column: tuple[Candidate, ...]) -> int:
        row = self._room(1).start
        kept = column[: self._width]
        self._columns.append(kept)
        self._rows[column] = row
        self._word[row, : len(kept)] = [option.word for option in kept]
        self._score[row, : len(kept)] = [option.score for option in kept]
        self._tags[row, : len(kept)] = [(option.needs, option.leaves) for option in kept]
        return row

    def _room(self, count: int) -> range:
        """Return the next empty rows."""
        rows = range(self._used, self._used + count)
        self._used = rows.stop
        if rows.stop > len(self._word):
            shape = (max(256, rows.start, count), self._width)
            self._word = np.concatenate([self._word, np.full(shape, NOTHING, np.int32)])
            self._score = np.concatenate([self._score, np.full(shape, IMPOSSIBLE, np.float32)])
            self._tags = np.concatenate([self._tags, np.zeros((*shape, 2), np.int8)])
        return rows


class Filed(Sequence[Candidate]):
    """The candidates of a token, written out when they are asked for: few ever are."""

    def __init__(self, options: Options, token: int) -> None:
        self._options = options
        self._token = token
        self._written: dict[int, Candidate] = {}

    def __len__(self) -> int:
        return self._options.count(self._token)

    @overload
    def __getitem__(self, place: int) -> Candidate: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Candidate]: ...
    def __getitem__(self, place: int | slice) -> Candidate | Sequence[Candidate]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        found = self._written.get(place)
        if found is None:
            if not 0 <= place < len(self):
                raise IndexError(place)
            found = self._written[place] = self._options.candidate(self._token, place)
        return found


def simple(column: Sequence[Candidate], choice: int) -> bool:
    """Whether the option chosen stands for exactly one word of its own token."""
    option = column[choice]
    return option.needs == option.leaves == FREE and option.word >= 0
