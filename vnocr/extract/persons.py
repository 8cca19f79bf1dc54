"""Names of persons: their shape, family names, and the ranks printed before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vnocr.extract.tables import read_table
from vnocr.vietnamese.syllable import is_syllable
from vnocr.vietnamese.unicode import fold, nfc

_TITLES = re.compile(
    r"^(?:(?:PGS|GS|TS|ThS|BS|CKI{1,2}|CK[12]|DS|KS|CN|LS|Th\.S|Dr|NGƯT|TTND|TTƯT|NSND)[.,\s]+)+"
    r"|^(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy|uý)\s+|^(?:Ông|Bà|Đ/c)\s+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{1,8}['’]?[^\W\d_]{0,4}")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_LENGTHS = range(2, 6)
_LEAST_LEFT = 2  # letters of a family name under a seal


@dataclass(frozen=True, slots=True)
class PersonName:
    """A full name; `alone`: its line holds no other letters; `spelled`: the family name
    carries its right marks."""

    text: str
    alone: bool
    spelled: bool


@dataclass(frozen=True, slots=True)
class Persons:
    """Recognises full names by their family name, also with its marks lost."""

    family_names: frozenset[str]
    folded_names: frozenset[str]

    @classmethod
    def load(cls, folder: Path) -> Persons:
        """Read `family_names.tsv`. Raises DictionaryError if it is damaged."""
        names = [name for (name,) in read_table(folder / "family_names.tsv", 1)]
        return cls(frozenset(names), frozenset(map(fold, names)))

    def find(self, text: str) -> PersonName | None:
        """Return the full name that stands in `text`, or None.

        It is the longest run of two to five capitalised words that opens with a family
        name; a name in capitals is returned in normal case.
        """
        text = _TITLES.sub("", _EDGES.sub("", nfc(text)))
        runs: list[list[str]] = [[]]
        for raw in text.split():
            word = _EDGES.sub("", raw)
            if _is_name_word(word):
                runs[-1].append(word)
            elif any(map(str.isalnum, word)):
                runs.append([])
            if raw[-1] in ":;,":
                runs.append([])
        letters = sum(map(str.isalnum, text))
        names = [name for run in runs for name in self._names(run, letters)]
        torn = self._torn(text)
        return torn or max(names, key=lambda name: (name.spelled, len(name.text)), default=None)

    def _torn(self, text: str) -> PersonName | None:
        """Return the name that `text` is when a seal hides the first letters: "uyễn Văn An"."""
        first, *others = text.split() or [""]
        if len(first) < _LEAST_LEFT or not (first.islower() and all(map(_is_name_word, others))):
            return None
        whole = [name for name in self.family_names if name.endswith(first) and name != first]
        if len(whole) != 1 or len(others) not in _LENGTHS:
            return None
        name = " ".join([whole[0], *(word.capitalize() for word in others)])
        return PersonName(name, alone=True, spelled=False)

    def _names(self, run: list[str], letters: int) -> Iterator[PersonName]:
        for start, word in enumerate(run):
            words = [part.capitalize() for part in run[start:]]
            if len(words) in _LENGTHS and fold(word) in self.folded_names:
                name = " ".join(words)
                alone = sum(map(str.isalpha, name)) == letters
                yield PersonName(name, alone, words[0] in self.family_names)


def _is_name_word(word: str) -> bool:
    return (
        _WORD.fullmatch(word) is not None
        and word[0].isupper()
        and (word[1:].islower() or (word.isupper() and is_syllable(word)))
    )
