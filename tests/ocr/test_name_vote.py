"""Readings of one name that a seal has crossed: what most say, word by word."""

from __future__ import annotations

import numpy as np

from tests.ocr.pages import ReplayEngine, line, page
from vnocr.model import Box, Line, PageImage
from vnocr.ocr.name_vote import voted_name

AREA = Box(800, 600, 1600, 1000)
STACK = PageImage(1, np.full((2 * AREA.height, AREA.width), 255, np.uint8), 200)
FAMILIES = ("Trần", "Phạm")


def voted(*readings: str, sure: tuple[float, ...] = ()) -> Line | None:
    rows = [
        line(text, 900, 700, confidence)
        for text, confidence in zip(readings, sure or (0.9,) * len(readings), strict=True)
    ]
    return voted_name(rows, STACK, AREA, ReplayEngine(page([]), page([])), FAMILIES)


def test_each_word_is_what_most_readings_say() -> None:
    name = voted("Trần Vxn Hòa", "Trần Văn Hoa", "Tnân Văn Hòa")
    assert name is not None
    assert name.seen == "Trần Văn Hòa"
    assert name.box == Box(900, 700, 900 + 12 * 12, 728)


def test_the_less_they_agree_the_less_sure_is_the_word() -> None:
    name = voted("Trần Văn Hòa", "Trần Văn Hòa", "Trần Văn Hoa")
    assert name is not None
    family, middle, given = (word.confidence for word in name.words)
    assert family == middle == 0.9 > given


def test_a_family_name_is_likelier_than_another_first_word() -> None:
    name = voted("Trận Văn Hòa", "Trận Văn Hòa", "Trần Văn Hòa")
    assert name is not None
    assert name.seen == "Trần Văn Hòa"


def test_a_row_without_a_family_name_names_nobody() -> None:
    assert voted("Đơn Vị Lập", "Đơn Vị Lập") is None


def test_a_word_that_nobody_could_read_leaves_no_name() -> None:
    assert voted("Trần V#n Hòa", "Trần Vzn Hòa") is None
    assert voted("Trần Văn Hòa", "Trần Văn Hòa", sure=(0.0, 0.0)) is None


def test_a_hole_in_the_row_leaves_no_name() -> None:
    assert voted("Trần       Hòa", "Trần       Hòa") is None


def test_one_reading_is_no_vote() -> None:
    assert voted("Trần Văn Hòa") is None
