from dataclasses import replace

import pytest

from tests.ocr.pages import ReplayEngine, image_of, line, page
from vnocr.errors import RecogniserError
from vnocr.model import Box, Line, Page, Word
from vnocr.ocr.reading import read_page
from vnocr.ocr.strips import better_words, make_sheet, words_of_strips

SURE = line("Thực hiện nhiệm vụ được giao trong năm", 240, 400)
DOUBTFUL = line("các đơn vi báo cao kết quả", 240, 450)


def word(
    text: str, left: int, right: int, confidence: float, rows: tuple[int, int] = (0, 30)
) -> Word:
    return Word(text, text, Box(left, rows[0], right, rows[1]), confidence)


def on_sheet(image_page: Page, boxes: list[Box], texts: list[str], confidence: float) -> Page:
    """What an engine reads on the sheet of `boxes`: `texts`, one a strip, evenly spread."""
    sheet = make_sheet(image_of(image_page), boxes)
    lines = []
    for (top, bottom, _), box, text in zip(sheet.places, boxes, texts, strict=True):
        tokens = text.split()
        step = (box.right - box.left) * 1.3 / len(tokens)
        words = tuple(
            Word(
                token,
                token,
                Box(int(35 + n * step), top, int(30 + (n + 1) * step), bottom),
                confidence,
            )
            for n, token in enumerate(tokens)
        )
        lines.append(Line(words, Box.around(word.box for word in words)))
    return Page(1, tuple(lines), "ocr", sheet.image.pixels.shape[1], bottom, 200)


def test_sure_page_is_read_once() -> None:
    engine = ReplayEngine(page([SURE]))
    assert read_page(image_of(page([SURE])), engine).text == SURE.text
    assert engine.blocks == [False]


def test_doubtful_word_is_read_again_and_the_surer_reading_stays() -> None:
    doubtful = replace(
        DOUBTFUL,
        words=tuple(
            replace(word, confidence=0.5 if word.seen in {"vi", "cao"} else 0.95)
            for word in DOUBTFUL.words
        ),
    )
    first = page([SURE, doubtful])
    run = Box.around(word.box for word in doubtful.words[1:6])  # with a neighbour on each side
    assert run is not None
    again = on_sheet(first, [run], ["đơn vị báo cáo kết"], 0.8)
    engine = ReplayEngine(first, again)

    read = read_page(image_of(first), engine)

    assert [one.text for one in read.lines] == [SURE.text, "các đơn vị báo cáo kết quả"]
    assert engine.blocks == [False, True]
    assert engine.images[1].pixels.size < engine.images[0].pixels.size / 4
    assert all(word.seen == word.text for one in read.lines for word in one.words)


def test_second_reading_in_greater_doubt_changes_nothing() -> None:
    doubtful = replace(
        DOUBTFUL, words=tuple(replace(word, confidence=0.6) for word in DOUBTFUL.words)
    )
    first = page([doubtful])
    assert doubtful.box is not None
    engine = ReplayEngine(first, on_sheet(first, [doubtful.box], ["x y z u v w"], 0.4))
    assert read_page(image_of(first), engine).text == doubtful.text


def test_print_that_was_passed_over_is_read_and_put_in_its_place() -> None:
    lines = [line(f"dòng thứ {row} của trang này", 240, 400 + 50 * row) for row in range(8)]
    printed, dropped = page(lines), lines.pop(3)
    first = page(lines)
    boxes = [dropped.box]
    again = on_sheet(printed, boxes, [dropped.text], 0.9)  # type: ignore[arg-type]

    read = read_page(image_of(printed), ReplayEngine(first, again))

    assert [one.text for one in read.lines] == [f"dòng thứ {row} của trang này" for row in range(8)]
    box = read.lines[3].box
    assert box is not None and dropped.box is not None
    assert abs(box.left - dropped.box.left) < 12
    assert abs(box.top - dropped.box.top) < 12


def test_blots_are_not_believed() -> None:
    lines = [line(f"dòng thứ {row} của trang này", 240, 400 + 50 * row) for row in range(8)]
    printed, dropped = page(lines), lines.pop(3)
    again = on_sheet(printed, [dropped.box], ["~~ i| .:"], 0.4)  # type: ignore[list-item]
    read = read_page(image_of(printed), ReplayEngine(page(lines), again))
    assert len(read.lines) == 7


def test_failing_engine_is_told() -> None:
    with pytest.raises(RecogniserError, match="crashed"):
        read_page(image_of(page([SURE])), ReplayEngine(RecogniserError("crashed")))


def test_empty_page() -> None:
    assert read_page(image_of(page([SURE])), ReplayEngine(page([]))).lines == ()


def test_boxes_come_back_from_the_sheet() -> None:
    boxes = [box for box in (SURE.box, DOUBTFUL.box) if box]
    first = page([SURE, DOUBTFUL])
    read = on_sheet(first, boxes, ["một hai", "ba bốn"], 0.9)
    strips = words_of_strips(make_sheet(image_of(first), boxes), read)
    assert [[word.seen for word in strip] for strip in strips] == [["một", "hai"], ["ba", "bốn"]]
    for strip, box in zip(strips, boxes, strict=True):
        around = Box.around(word.box for word in strip)
        assert around is not None
        assert abs(around.left - box.left) < 8
        assert abs(around.bottom - box.bottom) < 8


def test_joined_and_parted_words_are_weighed_as_groups() -> None:
    first = [word("Ởcuối", 0, 100, 0.4), word("dòng", 110, 160, 0.9)]
    second = [word("Ở", 0, 20, 0.9), word("cuối", 30, 100, 0.7), word("dong", 110, 160, 0.8)]
    assert [each.text for each in better_words(first, second)] == ["Ở", "cuối", "dòng"]


def test_second_reading_adds_and_drops_nothing_by_itself() -> None:
    first = [word("a", 0, 20, 0.5)]
    assert better_words(first, [word("z", 100, 120, 0.99)]) == first
    assert better_words(first, []) == first


def test_syllables_that_the_second_reading_runs_together_stay_apart() -> None:
    first = [word("Y", 60, 80, 0.9), word("TE", 92, 140, 0.7)]
    assert better_words(first, [word("YTÉ", 60, 140, 0.8)]) == first


def test_a_syllable_that_the_first_reading_parted_is_joined() -> None:
    first = [word("Tr", 60, 80, 0.7), word("uyền", 92, 140, 0.6)]
    joined = word("Truyền", 60, 140, 0.9)
    assert better_words(first, [joined]) == [joined]
