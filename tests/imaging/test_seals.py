import numpy as np

from tests.imaging.sheets import coloured, text_page, with_seal
from vnocr.imaging.clean import clean
from vnocr.model import PageImage
from vnocr.settings import ImagingSettings

RED, BLUE = (205, 40, 50), (40, 60, 200)


def cleaned(pixels: np.ndarray, dpi: int = 150):  # type: ignore[no-untyped-def, type-arg]
    return clean(PageImage(1, pixels, dpi), ImagingSettings())


def test_red_seal_is_found_where_it_stands() -> None:
    page = with_seal(coloured(text_page()), (600, 900), 105, RED)

    (seal,) = cleaned(page).seals

    assert seal.colour == "red"
    assert abs(seal.box.left - 495) < 15
    assert abs(seal.box.bottom - 1005) < 15


def test_blue_seal_is_a_seal_and_a_blue_stroke_is_none() -> None:
    import cv2

    page = with_seal(coloured(text_page()), (600, 900), 105, BLUE)
    stroke = np.array([[200, 1200], [330, 1150], [260, 1260], [460, 1190]], np.int32)
    cv2.polylines(page, [stroke], False, BLUE, 4)

    assert [seal.colour for seal in cleaned(page).seals] == ["blue"]


def test_grey_and_unstamped_pages_have_no_seals() -> None:
    assert cleaned(text_page()).seals == ()
    assert cleaned(coloured(text_page())).seals == ()


def test_seal_fades_and_print_stays() -> None:
    page = with_seal(coloured(text_page()), (600, 900), 105, RED)

    grey = cleaned(page).grey.pixels

    assert np.abs(grey.astype(int) - text_page()).max() < 60
