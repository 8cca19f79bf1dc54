"""Pages that read badly are read twice, the second time with thicker strokes."""

import numpy as np
import pytest

from tests.ocr.pages import ReplayEngine, image_of, line, page
from vnocr.ocr.renderings import recognise_twice_if_bad

TEXT = "Thực hiện nhiệm vụ được giao trong năm nay"
SPOILT = "Thyc híén nhlêm vu dưọc gíao trpng nâm náy"
ROWS = range(200, 700, 50)


def rows(text: str, confidence: float, count: int = len(ROWS)):  # type: ignore[no-untyped-def]
    return page([line(text, 240, top, confidence) for top in list(ROWS)[:count]])


def test_a_page_that_reads_well_is_read_once() -> None:
    good = rows(TEXT, 0.93)
    engine = ReplayEngine(good)
    assert recognise_twice_if_bad(image_of(good), engine) is good
    assert len(engine.images) == 1


def test_few_doubtful_words_are_not_worth_a_second_page() -> None:
    engine = ReplayEngine(rows(SPOILT, 0.5, count=2))
    recognise_twice_if_bad(image_of(rows(SPOILT, 0.5, count=2)), engine)
    assert len(engine.images) == 1


def test_the_second_look_has_thicker_strokes_and_the_surer_reading_is_the_base() -> None:
    bad, better = rows(SPOILT, 0.5), rows(TEXT, 0.9)
    engine = ReplayEngine(bad, better)
    read = recognise_twice_if_bad(image_of(bad), engine)
    assert read.text == better.text
    first, second = (image.pixels for image in engine.images)
    assert np.count_nonzero(second < 128) > np.count_nonzero(first < 128)
    assert (second <= first).all()


@pytest.mark.parametrize("worse", [0.3, 0.45])
def test_what_the_first_look_read_surely_stays(worse: float) -> None:
    good = line(TEXT, 240, 200, 0.97)
    first = page([good, *(line(SPOILT, 240, top, 0.5) for top in ROWS[1:])])
    second = rows(SPOILT, worse)
    read = recognise_twice_if_bad(image_of(first), ReplayEngine(first, second))
    assert read.lines[0].text == TEXT


def test_words_of_the_other_reading_fill_in_where_they_are_surer() -> None:
    first = page([line(TEXT, 240, 200, 0.97), *(line(SPOILT, 240, top, 0.5) for top in ROWS[1:])])
    second = rows(TEXT, 0.79)
    read = recognise_twice_if_bad(image_of(first), ReplayEngine(first, second))
    assert [one.text for one in read.lines] == [TEXT] * len(ROWS)
    assert read.lines[0].confidence == pytest.approx(0.97)
