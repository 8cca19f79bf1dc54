"""Reading the dictionary files; every failure names the file and the remedy."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vnocr.errors import DictionaryError
from vnocr.restore.channel import Channel
from vnocr.restore.groups import Counts
from vnocr.restore.language_model import LanguageModel
from vnocr.vietnamese.syllable import parse
from vnocr.vietnamese.tones import place_tones
from vnocr.vietnamese.unicode import nfc, strip_marks

REMEDY = "Install vnocr again, or point the setting 'dictionaries' to a complete folder."
CHANNELS = ("eng", "vie")


def dictionary_digest(folder: Path, user_words: str = "") -> str:
    """Return the SHA-256 over the names and contents of all dictionary files.

    The list `user_words` counts by its content: the name may stay while words are learned.

    Raises DictionaryError if the folder is missing or holds no file.
    """
    digest = hashlib.sha256()
    files = sorted(path for path in folder.glob("*") if path.is_file()) if folder.is_dir() else []
    if not files:
        raise DictionaryError(f"{folder}: no dictionaries found there. {REMEDY}")
    for path in files:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    if user_words and Path(user_words).is_file():  # a missing one is told when it is loaded
        digest.update(hashlib.sha256(Path(user_words).read_bytes()).digest())
    return digest.hexdigest()


def read_rows(path: Path, columns: int) -> Iterator[list[str]]:
    """Yield the rows of a tab-separated dictionary; `#` starts a comment line.

    Raises DictionaryError naming the file (and line) if it is missing or malformed.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DictionaryError(f"{path}: cannot be read ({error.strerror}). {REMEDY}") from error
    except UnicodeDecodeError as error:
        raise DictionaryError(f"{path}: not UTF-8 text. Save it as UTF-8 or restore it.") from error
    for number, line in enumerate(text.split("\n"), 1):
        if line and not line.startswith("#"):
            row = line.split("\t")
            if len(row) < columns:
                raise DictionaryError(
                    f"{path}, line {number}: {columns} columns parted by tabs expected, "
                    f"found {len(row)}. Mend the line or restore the file."
                )
            yield row


def read_language_model(path: Path) -> LanguageModel:
    """Load the language model. Raises DictionaryError if it is missing or damaged."""
    try:
        with np.load(path, allow_pickle=False) as tables:
            arrays = {name: tables[name] for name in tables.files}
        return LanguageModel(arrays.pop("words").tolist(), arrays)
    except OSError as error:
        raise DictionaryError(f"{path}: cannot be read ({error.strerror}). {REMEDY}") from error
    except (ValueError, KeyError, EOFError, IndexError, zipfile.BadZipFile) as error:
        raise DictionaryError(f"{path}: damaged language model ({error}). {REMEDY}") from error


@dataclass(frozen=True, slots=True)
class WordList:
    """What is known of the language model's words beside their order."""

    syllables: list[int]  # the words that a channel scores, as language-model numbers
    parts: list[tuple[str, str]]  # their onsets and toned rimes
    cases: dict[str, tuple[int, int, int]]  # lower, title, upper inside sentences


def read_word_list(path: Path, model: LanguageModel) -> WordList:
    """Load the word list. Raises DictionaryError if it is missing or malformed."""
    syllables, parts, cases = [], [], {}
    for row in read_rows(path, 6):
        word = place_tones(nfc(row[0]).lower(), "old")
        try:
            lower, title, upper = (int(field) for field in row[3:6])
        except ValueError as error:
            raise DictionaryError(f"{path}: '{row[0]}': counts must be numbers.") from error
        cases[word] = (lower, title, upper)
        syllable = parse(word)
        if syllable and word in model.index:
            size = len(word) - len(syllable.rime)
            syllables.append(model.index[word])
            parts.append((word[:size], word[size:]))
    return WordList(syllables, parts, cases)


def read_phrases(path: Path, model: LanguageModel) -> dict[str, tuple[str, str]]:
    """Load the compounds of two words the model knows, by their bare letters run together.

    Raises DictionaryError if the file is missing or malformed.
    """
    phrases: dict[str, tuple[str, str]] = {}
    for phrase, _ in read_counts(path).items():  # the most frequent first
        words = place_tones(phrase.lower(), "old").split()
        if len(words) == 2 and all(word in model.index for word in words):
            phrases.setdefault(strip_marks("".join(words)), (words[0], words[1]))
    return phrases


def read_counts(path: Path) -> dict[str, int]:
    """Load a list of entries with counts. Raises DictionaryError if missing or malformed."""
    counts = {}
    for row in read_rows(path, 2):
        if not row[1].isdecimal():
            raise DictionaryError(f"{path}: '{row[0]}': the count must be a number.")
        counts[nfc(row[0])] = int(row[1])
    return counts


def read_channel(path: Path, parts: list[tuple[str, str]]) -> Channel:
    """Load one recogniser's channel. Raises DictionaryError if it is missing or malformed."""
    tables: dict[str, list[tuple[str, str, int]]] = {"onset": [], "rime": [], "group": []}
    for name, letters, glyphs, count in read_rows(path, 4):
        if name not in tables or not count.isdecimal():
            raise DictionaryError(f"{path}: unknown row '{name} {letters} {glyphs} {count}'.")
        tables[name].append((letters, glyphs, int(count)))
    return Channel(parts, Counts(tables["onset"]), Counts(tables["rime"]), Counts(tables["group"]))
