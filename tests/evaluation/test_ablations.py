import shutil

import numpy as np
import pytest
from evaluation import ablations

from vnocr.restore.dictionary import read_language_model
from vnocr.settings import Settings

WORDS = ("ủy", "ban", "nhân", "dân")


@pytest.fixture
def folder(tmp_path):
    for path in Settings().dictionary_folder.glob("*"):
        if path.is_file():
            shutil.copy(path, tmp_path)
    return tmp_path


def chain(folder, words):
    """Log probabilities of `words`, each after those before it."""
    model = read_language_model(folder / ablations.MODEL)
    state, scores = model.start(1), []
    for word in words:
        score, state = model.advance(state, np.array([model.index[word]]))
        scores.append(float(score[0]))
    return scores


def test_without_context_a_word_is_as_likely_anywhere(folder):
    whole = chain(folder, WORDS)
    ablations.PARTS["words alone, no context"](folder)
    assert chain(folder, WORDS)[-1] == pytest.approx(chain(folder, WORDS[-1:])[0])
    assert chain(folder, WORDS)[-1] < whole[-1]


@pytest.mark.parametrize(("part", "order"), [("bigrams", 2), ("trigrams", 3)])
def test_a_shorter_model_sees_only_the_last_words(folder, part, order):
    ablations.PARTS[f"{part}, no longer context"](folder)
    after_all = chain(folder, WORDS)[-1]
    assert after_all == pytest.approx(chain(folder, WORDS[-order:])[-1])
    assert after_all != pytest.approx(chain(folder, WORDS[1 - order :])[-1])


def test_the_channel_is_emptied_but_stays_readable(folder):
    ablations.PARTS["without the channel"](folder)
    assert list(folder.glob("channel-*.tsv"))
    for path in folder.glob("channel-*.tsv"):
        assert all(line.startswith("#") for line in path.read_text("utf-8").split("\n") if line)


@pytest.mark.slow
def test_nothing_is_taken_from_the_real_folder(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    from evaluation.gold import Gold

    ablations.measure(Gold(), folder, lambda: None)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
