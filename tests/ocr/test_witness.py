"""Text of an earlier recognition beside our own doubtful one."""

from dataclasses import replace

from tests.ocr.pages import line, page
from vnocr.model import Box, Line, Page
from vnocr.ocr.witness import heed_witness


def doubting(text: str, words: dict[str, float]) -> Line:
    whole = line(text, 240, 400)
    return replace(
        whole,
        words=tuple(
            replace(word, confidence=words.get(word.seen, word.confidence)) for word in whole.words
        ),
    )


def heard(ours: Line, told: str, *, left: int = 240, top: int = 400) -> Page:
    return heed_witness(page([ours]), page([line(told, left, top)]))


def test_what_both_read_is_surer() -> None:
    ours = doubting("kinh phí 1.250.000 đồng", {"1.250.000": 0.5})

    word = heard(ours, "kinh phi 1.250.000 d6ng").lines[0].words[2]

    assert word.text == word.seen == "1.250.000"
    assert 0.8 < word.confidence < 0.9


def test_a_word_takes_the_place_of_what_is_none_and_what_was_seen_stays() -> None:
    ours = doubting("báo cxo kết quả", {"cxo": 0.4})

    word = heard(ours, "bao cao ket qua").lines[0].words[1]

    assert (word.seen, word.text) == ("cxo", "cao")
    assert word.confidence <= 0.6


def test_figures_and_proper_words_of_ours_are_never_replaced() -> None:
    ours = doubting("ngày 17 thánh ba", {"17": 0.4, "thánh": 0.4})

    read = heard(ours, "ngay 12 thang ba").lines[0]

    assert read == ours


def test_sure_words_and_words_elsewhere_are_left_alone() -> None:
    sure = line("báo cxo kết quả", 240, 400)
    assert heard(sure, "bao cao ket qua").lines[0] == sure
    doubtful = doubting("báo cxo kết quả", {"cxo": 0.4})
    assert heard(doubtful, "bao cao ket qua", top=460).lines[0] == doubtful
    assert heard(doubtful, "bao cao ket qua", left=270).lines[0] == doubtful


def test_lines_without_boxes_and_a_silent_witness_change_nothing() -> None:
    ours = page([doubting("báo cxo", {"cxo": 0.4})])
    boxless = Page(1, (replace(ours.lines[0], box=None),), "ocr")
    assert heed_witness(boxless, ours) == boxless
    assert heed_witness(ours, page([])) is ours


def test_boxes_are_compared_not_rows() -> None:
    ours = doubting("báo cxo kết quả", {"cxo": 0.4})
    wide = Box(240, 400, 900, 428)  # the layer of a program that gives one box for all
    words = tuple(replace(word, box=wide) for word in line("bao cao", 240, 400).words)
    assert heed_witness(page([ours]), page([Line(words, wide)])).lines[0] == ours
