import itertools

import numpy as np
import pytest

from vnocr.restore.decoder import IMPOSSIBLE, NOTHING, Columns, decode
from vnocr.restore.language_model import LanguageModel

Option = tuple[int, float, int, int]  # word, score, needs, leaves


def columns_of(sentences: list[list[list[Option]]]) -> Columns:
    """Pack sentences, longest first, into the arrays that the decoder takes."""
    longest = max(map(len, sentences))
    widest = max(len(column) for sentence in sentences for column in sentence)
    shape = (len(sentences), longest, widest)
    word, score = np.full(shape, NOTHING, np.int32), np.full(shape, IMPOSSIBLE, np.float32)
    needs, leaves = np.zeros(shape, np.int8), np.zeros(shape, np.int8)
    for row, sentence in enumerate(sentences):
        for place, column in enumerate(sentence):
            for number, option in enumerate(column):
                word[row, place, number], score[row, place, number] = option[:2]
                needs[row, place, number], leaves[row, place, number] = option[2:]
    return Columns(word, score, needs, leaves, np.array([len(item) for item in sentences]))


def path_score(model: LanguageModel, path: tuple[Option, ...]) -> float:
    total, tag, state = 0.0, 0, model.start(1)
    for word, score, needs, leaves in path:
        if needs != tag:
            return -np.inf
        total, tag = total + score, leaves
        if word != NOTHING:
            gain, state = model.advance(state, np.array([word]))
            total += float(gain[0])
    gain, _ = model.advance(state, np.array([model.break_id]))
    return -np.inf if tag else total + float(gain[0])


def best_by_brute_force(model: LanguageModel, sentence: list[list[Option]]) -> float:
    return max(path_score(model, path) for path in itertools.product(*sentence))


def random_sentence(chance: np.random.Generator, *, tied: bool) -> list[list[Option]]:
    sentence = [
        [
            (int(word), float(chance.normal(0, 2)), 0, 0)
            for word in chance.choice(np.arange(3, 12), chance.integers(1, 5), replace=False)
        ]
        for _ in range(chance.integers(2, 6))
    ]
    if tied:  # the first two tokens may be one word, or the last be two
        sentence[0].append((NOTHING, 0.0, 0, 1))
        sentence[1].append((int(chance.integers(5, 12)), float(chance.normal(0, 2)), 1, 0))
        sentence[-1].append((int(chance.integers(5, 12)), 0.5, 0, 2))
        sentence.append([(NOTHING, 0.0, 0, 0), (int(chance.integers(5, 12)), 0.1, 2, 0)])
    return sentence


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("tied", [False, True])
def test_the_best_path_is_the_one_brute_force_finds(
    toy_model: LanguageModel, seed: int, tied: bool
) -> None:
    chance = np.random.default_rng(seed)
    sentences = [random_sentence(chance, tied=tied) for _ in range(5)]
    sentences.sort(key=lambda sentence: -len(sentence))
    best = decode(toy_model, columns_of(sentences), width=64)
    for sentence, choices in zip(sentences, best, strict=True):
        path = tuple(
            column[choice] for column, choice in zip(sentence, choices.tolist(), strict=False)
        )
        assert path_score(toy_model, path) == pytest.approx(
            best_by_brute_force(toy_model, sentence), abs=1e-3
        )


def test_sentences_decode_alike_alone_and_together(toy_model: LanguageModel) -> None:
    chance = np.random.default_rng(3)
    sentences = sorted(
        (random_sentence(chance, tied=False) for _ in range(6)), key=lambda item: -len(item)
    )
    together = decode(toy_model, columns_of(sentences))
    for row, sentence in enumerate(sentences):
        alone = decode(toy_model, columns_of([sentence]))
        assert alone[0].tolist() == together[row][: len(sentence)].tolist()
