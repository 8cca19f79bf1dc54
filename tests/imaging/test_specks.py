import cv2
import numpy as np

from tests.imaging.sheets import text_page
from vnocr.imaging.specks import remove_specks


def speckled(page: np.ndarray, count: int) -> np.ndarray:  # type: ignore[type-arg]
    random = np.random.default_rng(5)
    dirty = page.copy()
    for y, x in zip(random.integers(0, 1398, count), random.integers(0, 998, count), strict=True):
        dirty[y : y + 2, x : x + 2] = 0
    return dirty


def test_specks_go_and_letters_stay() -> None:
    page = text_page()

    cleaned = remove_specks(speckled(page, 1500))

    ink = page < 128
    assert np.array_equal(cleaned[ink] < 128, page[ink] < 128)
    count = cv2.connectedComponents((cleaned < 128).astype(np.uint8))[0]
    assert count < cv2.connectedComponents((page < 128).astype(np.uint8))[0] + 250


def test_clean_page_is_returned_as_it_is() -> None:
    page = text_page()
    assert remove_specks(page) is page
    few = speckled(page, 100)
    assert remove_specks(few) is few


def test_dots_and_marks_near_letters_stay_on_a_speckled_page() -> None:
    page = text_page(lines=10)
    marks = [(700 + 40 * row, 100 + 40 * column) for row in range(10) for column in range(20)]
    for y, x in marks:
        cv2.rectangle(page, (x, y), (x + 9, y + 12), 0, -1)  # a letter
        page[y - 5 : y - 2, x + 3 : x + 6] = 0  # and its mark
    cleaned = remove_specks(speckled(page, 1500))
    assert all((cleaned[y - 5 : y - 2, x + 3 : x + 6] == 0).all() for y, x in marks)
