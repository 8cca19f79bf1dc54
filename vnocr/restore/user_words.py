"""An office's own words: names of villages, firms, projects that no dictionary knows.

The file is UTF-8 text, one word or phrase a line, written as it should appear; `#` starts a
comment. A phrase is recognised by its bare letters, a single word only where the text has no
word of its own, so that a list can never spoil good text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from vnocr.errors import DictionaryError
from vnocr.vietnamese.casing import Case, case_of
from vnocr.vietnamese.unicode import fold, nfc

_FUZZY_LENGTH = 5
Words = tuple[str, ...]


class UserWords:
    """Finds the user's words and phrases in runs of tokens."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self._single: dict[str, str] = {}
        self._phrases: dict[str, list[tuple[Words, Words]]] = defaultdict(list)
        for phrase in phrases:
            words = tuple(nfc(phrase).split())
            if len(words) == 1:
                self._single[fold(words[0])] = words[0]
            elif words:
                folded = tuple(fold(word) for word in words)
                self._phrases[folded[0]].append((folded, words))
        for found in self._phrases.values():
            found.sort(key=lambda entry: -len(entry[0]))

    def __bool__(self) -> bool:
        return bool(self._single or self._phrases)

    def word(self, core: str) -> str | None:
        """Return the user's word for a token that is no known word, None if there is none.

        Long words may differ in one letter.
        """
        key = fold(core)
        found = self._single.get(key)
        if found is None and len(key) >= _FUZZY_LENGTH:
            near = process.extractOne(
                key, self._single.keys(), scorer=Levenshtein.distance, score_cutoff=1
            )
            found = self._single[near[0]] if near else None
        return _as_written(found, core) if found else None

    def phrase(self, cores: Sequence[str]) -> Words | None:
        """Return the longest of the user's phrases that `cores` start with, in their case."""
        for folded, words in self._phrases.get(fold(cores[0]), ()):
            if tuple(fold(core) for core in cores[: len(folded)]) == folded:
                return tuple(
                    _as_written(word, core) for word, core in zip(words, cores, strict=False)
                )
        return None


def read_user_words(path: Path) -> UserWords:
    """Load a user's list. Raises DictionaryError if it cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise DictionaryError(
            f"{path}: cannot read the list of user words ({error.strerror}). "
            "Check the path given with --user-words or in the setting 'restore.user_words'."
        ) from error
    except UnicodeDecodeError as error:
        raise DictionaryError(f"{path}: not UTF-8 text. Save the list as UTF-8.") from error
    return UserWords([line.strip() for line in lines if line.strip() and line[0] != "#"])


def _as_written(word: str, seen: str) -> str:
    """Return a user's word as it should appear; in capitals where the text is."""
    return word.upper() if case_of(seen) is Case.UPPER and len(seen) > 1 else word
