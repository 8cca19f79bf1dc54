import numpy as np
import pytest

from tests.imaging.sheets import coloured, text_page, tilted
from vnocr.imaging.clean import clean
from vnocr.imaging.skew import turned
from vnocr.model import Box, Line, Page, PageImage, Word
from vnocr.settings import ImagingSettings

SETTINGS = ImagingSettings()


def test_white_page_is_blank() -> None:
    assert clean(PageImage(1, np.full((1400, 1000), 250, np.uint8), 150), SETTINGS).blank


def test_bleed_through_alone_is_blank() -> None:
    back = 255 - (255 - text_page()[:, ::-1]) // 4
    assert clean(PageImage(1, np.ascontiguousarray(back), 150), SETTINGS).blank


def test_two_lines_are_not_blank() -> None:
    assert not clean(PageImage(1, text_page(lines=2), 150), SETTINGS).blank


def test_scanner_shadow_round_a_white_page_is_blank() -> None:
    page = np.full((1400, 1000), 250, np.uint8)
    page[:40] = page[:, :30] = 20
    assert clean(PageImage(1, page, 150), SETTINGS).blank


def test_colour_and_grey_are_turned_alike() -> None:
    lying = np.ascontiguousarray(np.rot90(coloured(tilted(text_page(), 2.0)), 1))

    cleaned = clean(PageImage(3, lying, 150), SETTINGS)

    assert (cleaned.turn, cleaned.grey.number) == (90, 3)
    assert cleaned.skew == pytest.approx(2.0, abs=0.15)
    assert np.array_equal(cleaned.colour.pixels.max(axis=2), cleaned.grey.pixels)


def test_deskew_can_be_switched_off() -> None:
    page = tilted(text_page(), 2.0)
    cleaned = clean(PageImage(1, page, 150), ImagingSettings(deskew=False))
    assert (cleaned.turn, cleaned.skew) == (0, 0.0)
    assert np.array_equal(cleaned.grey.pixels, page)


def test_text_of_a_layer_is_straightened_with_its_page() -> None:
    flat = text_page()
    page = tilted(flat, 2.0)
    cleaned = clean(PageImage(1, page, 150), SETTINGS)
    height, width = flat.shape
    # A word that stood at the right end of a line before the page was tilted.
    level = Box(700, 390, 780, 420)
    sunk = turned(level, -cleaned.skew, (width / 2, height / 2))
    layer = Page(1, (Line((Word("xa", "xa", sunk, 0.9),), sunk),), "text-layer")

    found = cleaned.straightened(layer)

    assert sunk.top > level.top + 5
    assert found is not None
    box = found.lines[0].words[0].box
    assert box is not None
    assert (box.left, box.top) == pytest.approx((level.left, level.top), abs=2)


def test_text_of_a_page_on_its_side_bears_no_witness() -> None:
    lying = np.ascontiguousarray(np.rot90(text_page(), 1))
    cleaned = clean(PageImage(1, lying, 150), SETTINGS)
    assert cleaned.straightened(Page(1, (), "text-layer")) is None
