import numpy as np
import pytest

from tests.imaging.sheets import coloured, text_page, tilted
from vnocr.imaging.clean import clean
from vnocr.model import PageImage
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
