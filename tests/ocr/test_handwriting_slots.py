from __future__ import annotations

import numpy as np
import pytest

from vnocr.model import Box, Line, Page, Word
from vnocr.ocr.handwriting.normalise import Track, darkness, settle, strip
from vnocr.ocr.handwriting.slots import find_slots
from vnocr.ocr.handwriting.tokens import BASELINE, CAP_HEIGHT, STRIP_HEIGHT

WIDTH, HEIGHT = 1654, 2339
Placed = tuple[str, int, int]  # text, left, top


def page_of(*words: Placed) -> Page:
    """A page at 200 dpi; a letter is 16 pixels wide, a word 36 high, every word its own line."""
    seen = (
        Word(text, text, Box(left, top, left + 16 * len(text), top + 36), 0.9)
        for text, left, top in words
    )
    lines = tuple(Line((word,), word.box) for word in seen)
    return Page(1, lines, "ocr", WIDTH, HEIGHT, 200)


DATE = (("Huế,", 880, 300), ("ngày", 960, 300), ("tháng", 1100, 300), ("02", 1190, 300),
        ("năm", 1240, 300), ("2025", 1310, 300))  # fmt: skip
NUMBER = (("Số:", 250, 300), ("/QĐ-UBND", 400, 300))


def test_both_lines_are_found_around_empty_slots() -> None:
    slots = find_slots(page_of(*NUMBER, *DATE))
    assert slots.number is not None
    assert slots.date is not None
    assert slots.number.left < 250
    assert 400 + 8 * 16 <= slots.number.right < 880
    assert 890 < slots.date.left < 960
    assert slots.date.right > 1310 + 4 * 16
    assert slots.number.baseline == pytest.approx(336, abs=8)


@pytest.mark.parametrize("so", ["Số:", "Sô:", "S6:", "Số", "Sé:", "Số:28("])
def test_the_printed_word_may_be_misread(so: str) -> None:
    slots = find_slots(page_of((so, 250, 300), NUMBER[1], *DATE))
    assert slots.number is not None
    assert slots.number.left == pytest.approx(236, abs=14)


@pytest.mark.parametrize("word", ["ngày24tháng", "ngày-tháng"])
def test_words_that_ink_ran_together_are_parted(word: str) -> None:
    slots = find_slots(page_of(*NUMBER, (word, 960, 300), *DATE[3:]))
    assert slots.date is not None
    assert slots.date.left == pytest.approx(950, abs=20)


def test_a_department_is_no_number_line() -> None:
    words = (("SỞ", 300, 240), ("Y", 350, 240), ("TẾ", 380, 240))
    slots = find_slots(page_of(*words, *NUMBER, *DATE))
    assert slots.number is not None
    assert slots.number.box.top > 280


def test_numbers_cited_in_the_body_are_left_alone() -> None:
    body = (("theo", 250, 700), ("Quyết", 330, 700), ("định", 420, 700), ("số", 500, 700),
            ("15/QĐ-TTg", 550, 700), ("ngày", 720, 700), ("05", 800, 700), ("tháng", 850, 700),
            ("3", 940, 700), ("năm", 970, 700), ("2020", 1040, 700))  # fmt: skip
    slots = find_slots(page_of(*NUMBER, *DATE, *body))
    assert slots.number is not None
    assert slots.date is not None
    assert slots.number.box.bottom < 400
    assert slots.date.box.bottom < 400


def test_without_the_word_and_symbol_the_strip_beside_the_date_is_read() -> None:
    slots = find_slots(page_of(*DATE))
    assert slots.number is not None
    assert slots.number.right < 960
    assert slots.number.baseline == slots.date.baseline if slots.date else False


def test_party_style_has_no_colon() -> None:
    slots = find_slots(page_of(("Số", 250, 300), ("-QĐ/TW", 380, 300), *DATE))
    assert slots.number is not None
    assert slots.number.right > 380 + 6 * 16


def test_a_page_without_a_letterhead_has_no_slots() -> None:
    slots = find_slots(page_of(("Điều", 250, 300), ("1.", 330, 300)))
    assert (slots.number, slots.date) == (None, None)
    assert find_slots(Page(1, (), "ocr", WIDTH, HEIGHT, 200)).number is None


def test_boxes_may_be_missing() -> None:
    line = Line((Word("Số:", "Số:", None, 1.0),))
    assert find_slots(Page(1, (line,), "text")).number is None


def test_a_strip_has_print_on_its_baseline() -> None:
    pixels = np.full((400, 800, 3), 255, np.uint8)
    pixels[170:200, 100:300] = 0  # a bar where capitals would be
    picture = strip(darkness(pixels), Track(90, 310, 200, 30))
    assert picture.shape[0] == STRIP_HEIGHT
    rows = np.flatnonzero(picture.mean(axis=1) > 0.3)
    assert rows[0] == pytest.approx(BASELINE - CAP_HEIGHT, abs=1)
    assert rows[-1] + 1 == pytest.approx(BASELINE, abs=1)


def test_a_strip_may_reach_beyond_the_page() -> None:
    dark = darkness(np.full((60, 80), 255, np.uint8))
    assert not strip(dark, Track(-30, 200, 10, 20)).any()


def test_red_seals_fade_and_blue_ink_stays() -> None:
    seal, ink = (225, 40, 50), (40, 60, 170)
    pixels = np.array([[seal, ink]], np.uint8)
    assert list(darkness(pixels)[0] > 128) == [False, True]


def test_printed_capitals_correct_a_box_that_holds_ink() -> None:
    dark = np.zeros((300, 600), np.uint8)
    dark[120:140, 300:500:8] = 255  # upright strokes of capitals
    guess = Track(100, 500, 145, 22, capitals=Box(300, 105, 500, 150))
    settled = settle(dark, guess)
    assert (settled.baseline, settled.cap_height) == (140, 20)
    assert settle(np.zeros_like(dark), guess) == guess
