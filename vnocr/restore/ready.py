"""Candidates worked out beforehand for the tokens that texts have most.

They are what would be worked out: the file bears a digest of all that they were made of, and is
passed over where an archivist edited the word list or a channel.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vnocr.errors import DictionaryError
from vnocr.restore.damage import Damage
from vnocr.restore.dictionary import REMEDY
from vnocr.restore.language_model import LanguageModel
from vnocr.restore.likely import NOTHING_ELSE, Likely
from vnocr.restore.weights import Weights

FILE = "candidates.npz"
_SOURCES = ("syllables.tsv", "channel-eng.tsv", "channel-vie.tsv")
_DAMAGES = (Damage.MISREAD, Damage.MARKED)
_FORM_BITS = 2


class ReadyCandidates:
    """Candidates of tokens, found by token and damage."""

    def __init__(
        self, tokens: Mapping[Damage, Sequence[str]], ends: NDArray[np.uint32], found: Likely
    ) -> None:
        self._ends = ends
        self._found = found
        self._place: dict[Damage, dict[str, int]] = {}
        first = 0
        for damage, cores in tokens.items():
            self._place[damage] = dict(zip(cores, range(first, first + len(cores)), strict=True))
            first += len(cores)

    def get(self, core: str, damage: Damage) -> Likely | None:
        """Return the candidates of a token, None if they are not ready."""
        place = self._place.get(damage, {}).get(core)
        if place is None:
            return None
        start = int(self._ends[place - 1]) if place else 0
        return self._found.only(slice(start, int(self._ends[place])))


def none_ready() -> ReadyCandidates:
    """Return that nothing is ready."""
    return ReadyCandidates({}, np.zeros(0, np.uint32), NOTHING_ELSE)


def read_ready(folder: Path, model: LanguageModel) -> ReadyCandidates:
    """Load what is ready; nothing is if the file is missing or of other dictionaries.

    Raises DictionaryError if the file is damaged.
    """
    path = folder / FILE
    if not path.exists():
        return none_ready()
    try:
        with np.load(path, allow_pickle=False) as stored:
            if stored["digest"].item() != digest(folder, model):
                return none_ready()
            tokens = {damage: _listed(stored[damage.value]) for damage in _DAMAGES}
            packed, score, ends = stored["packed"], stored["score"], stored["ends"]
    except OSError as error:
        raise DictionaryError(f"{path}: cannot be read ({error.strerror}). {REMEDY}") from error
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise DictionaryError(f"{path}: damaged list of candidates ({error}). {REMEDY}") from error
    word = (packed >> _FORM_BITS).astype(np.int32)
    form = (packed & ((1 << _FORM_BITS) - 1)).astype(np.int8)
    return ReadyCandidates(tokens, ends, Likely(word, form, score))


def write_ready(
    folder: Path, model: LanguageModel, found: Mapping[Damage, Mapping[str, Likely]]
) -> None:
    """Write candidates worked out for tokens, by damage."""
    rows = [likely for damage in _DAMAGES for likely in found[damage].values()]
    word = np.concatenate([row.word for row in rows]).astype(np.uint16)
    form = np.concatenate([row.form for row in rows]).astype(np.uint16)
    np.savez(
        folder / FILE,
        digest=np.array(digest(folder, model)),
        packed=(word << _FORM_BITS) | form,
        score=np.concatenate([row.score for row in rows]),
        ends=np.cumsum([len(row.word) for row in rows]).astype(np.uint32),
        misread=_blob(found[Damage.MISREAD]),
        marked=_blob(found[Damage.MARKED]),
    )


def digest(folder: Path, model: LanguageModel) -> str:
    """Return the SHA-256 of all that candidates are made of."""
    total = hashlib.sha256(repr(Weights()).encode())
    total.update("\n".join(model.words).encode())
    total.update(np.ascontiguousarray(model.unigram).tobytes())
    for name in _SOURCES:
        total.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return total.hexdigest()


def _blob(tokens: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(tokens).encode(), np.uint8)


def _listed(blob: NDArray[np.uint8]) -> list[str]:
    return blob.tobytes().decode().split("\n")
