"""Offices that sign documents: `PHÓ GIÁM ĐỐC` on paper to "Phó Giám đốc"."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from vnocr.extract.tables import read_table
from vnocr.vietnamese.unicode import fold

_CUTOFF = 86.0
_MIN_FUZZY = 8  # letters; shorter offices must be read without a fault


@dataclass(frozen=True, slots=True)
class Offices:
    """The names of offices, by their folded form; some differ in marks only."""

    names: dict[str, tuple[str, ...]]

    @classmethod
    def load(cls, folder: Path) -> Offices:
        """Read `positions.tsv`. Raises DictionaryError if it is damaged."""
        names: dict[str, list[str]] = defaultdict(list)
        for (name,) in read_table(folder / "positions.tsv", 1):
            names[fold(name)].append(name)
        return cls({key: tuple(group) for key, group in names.items()})

    def find(self, text: str) -> str | None:
        """Return the office that `text` opens with, in normal case, with what follows it.

        A damaged text counts when it is nearly an office and nothing else.
        """
        text = re.sub(r"^[\W_]+|[\W_]+$", "", text.replace("-", " "))
        words = fold(text).split()
        for size in range(len(words), 0, -1):
            group = self.names.get(" ".join(words[:size]))
            if group is not None:
                printed = text.split()
                # "Thứ trưởng" and "Thủ trưởng" differ in marks only.
                as_read = " ".join(printed[:size]).lower()
                best = next((name for name in group if name.lower() == as_read), group[0])
                return best + _rest(printed[size:])
        key = " ".join(words)
        if len(key) < _MIN_FUZZY:
            return None
        near = process.extractOne(key, self.names.keys(), scorer=fuzz.ratio, score_cutoff=_CUTOFF)
        return self.names[near[0]][0] if near else None


def _rest(words: list[str]) -> str:
    """Return what follows an office in small letters, without scratches of one letter."""
    kept = [word.lower() for word in words if word.isalpha() and (len(word) > 1 or word in "Yy")]
    return "".join(f" {word}" for word in kept)
