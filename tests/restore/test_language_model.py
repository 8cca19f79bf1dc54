import numpy as np
import pytest

from vnocr.restore.language_model import LanguageModel


def context(model: LanguageModel, words: list[int]):
    state = model.start(1)
    for word in words:
        _, state = model.advance(state, np.array([word]))
    return state


@pytest.mark.parametrize("words", [[], [5], [6, 7], [5, 5, 5], [8, 11, 10], [9, 5, 6, 7]])
def test_probabilities_of_every_context_sum_to_one(
    toy_model: LanguageModel, words: list[int]
) -> None:
    state = context(toy_model, words).take(np.zeros(len(toy_model.words), np.int64))
    scores, _ = toy_model.advance(state, np.arange(len(toy_model.words)))
    # quantised to 8 bits, so nearly one
    assert np.exp(scores.astype(float)).sum() == pytest.approx(1, abs=0.03)


def test_running_text_scores_as_word_by_word(toy_model: LanguageModel) -> None:
    stream = np.array([0, 5, 6, 7, 5, 0, 8, 9, 5, 5, 6, 0, 11])
    scores = toy_model.score_stream(stream)
    state = toy_model.start(1)
    for place, word in enumerate(stream[1:], 1):
        one, state = toy_model.advance(state, np.array([word]))
        assert one[0] == pytest.approx(scores[place], abs=1e-5)
        if word == toy_model.break_id:
            state = toy_model.start(1)


def test_states_of_running_text_are_those_of_word_by_word(toy_model: LanguageModel) -> None:
    stream = np.array([0, 5, 6, 7, 5, 0, 8])
    traced = toy_model.trace(stream)
    state = context(toy_model, [5, 6, 7])
    assert (traced.word[3], traced.bigram[3], traced.trigram[3]) == (
        state.word[0],
        state.bigram[0],
        state.trigram[0],
    )
    assert traced.bigram[5] == traced.trigram[5] == -1
