"""Candidates worked out beforehand are those that would be worked out, or they are not used."""

import random
import shutil
from pathlib import Path

import numpy as np
import pytest

from vnocr.errors import DictionaryError
from vnocr.restore.damage import Damage
from vnocr.restore.dictionary import read_channel, read_language_model, read_word_list
from vnocr.restore.explanations import Explainer
from vnocr.restore.language_model import LanguageModel
from vnocr.restore.ready import FILE, none_ready, read_ready
from vnocr.restore.weights import Weights

SOURCES = ("syllables.tsv", "channel-eng.tsv", "channel-vie.tsv")


@pytest.fixture(scope="module")
def model(dictionaries: Path) -> LanguageModel:
    return read_language_model(dictionaries / "language-model.npz")


@pytest.fixture
def folder(tmp_path: Path, dictionaries: Path) -> Path:
    for name in (*SOURCES, FILE):
        shutil.copy(dictionaries / name, tmp_path / name)
    return tmp_path


def tokens_of(folder: Path, damage: Damage) -> list[str]:
    with np.load(folder / FILE) as stored:
        return stored[damage.value].tobytes().decode().split("\n")


@pytest.mark.parametrize(("damage", "channel"), [(Damage.MISREAD, "eng"), (Damage.MARKED, "vie")])
def test_what_is_ready_is_what_would_be_worked_out(
    dictionaries: Path, model: LanguageModel, damage: Damage, channel: str
) -> None:
    words = read_word_list(dictionaries / "syllables.tsv", model)
    channels = {damage: read_channel(dictionaries / f"channel-{channel}.tsv", words.parts)}
    explainer = Explainer(model, words, channels, Weights(), none_ready())
    ready = read_ready(dictionaries, model)
    sample = random.Random(5).sample(tokens_of(dictionaries, damage), 300)
    for token, worked_out in explainer.explain(sample, damage).items():
        found = ready.get(token, damage)
        assert found is not None
        assert found.word.tolist() == worked_out.word.tolist(), token
        assert found.form.tolist() == worked_out.form.tolist(), token
        assert np.allclose(found.score, worked_out.score, atol=1e-4), token


@pytest.mark.parametrize("name", SOURCES)
def test_nothing_is_ready_after_an_edit(folder: Path, model: LanguageModel, name: str) -> None:
    assert read_ready(folder, model).get("hanh", Damage.MISREAD) is not None
    with (folder / name).open("a", encoding="utf-8") as stream:
        stream.write("# looked through\n")
    assert read_ready(folder, model).get("hanh", Damage.MISREAD) is None


def test_nothing_need_be_ready(folder: Path, model: LanguageModel) -> None:
    (folder / FILE).unlink()
    assert read_ready(folder, model).get("hanh", Damage.MISREAD) is None


def test_a_damaged_file_is_named(folder: Path, model: LanguageModel) -> None:
    path = folder / FILE
    path.write_bytes(path.read_bytes()[:200_000])
    with pytest.raises(DictionaryError, match=rf"{FILE}.*Install vnocr again"):
        read_ready(folder, model)
