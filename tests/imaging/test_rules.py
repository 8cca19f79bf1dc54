import cv2
import numpy as np

from tests.imaging.sheets import text_page
from vnocr.imaging.rules import remove_table_rules

COLUMNS, ROWS = (70, 300, 620, 940), (80, 290, 510, 780)


def ruled(columns: tuple[int, ...], rows: tuple[int, ...]) -> np.ndarray:  # type: ignore[type-arg]
    page = text_page()
    for x in columns:
        cv2.line(page, (x, rows[0]), (x, rows[-1]), 0, 2)
    for y in rows:
        cv2.line(page, (columns[0], y), (columns[-1], y), 0, 2)
    return page


def test_rules_go_and_letters_stay() -> None:
    page = ruled(COLUMNS, ROWS)
    bare, cells = remove_table_rules(page, 200)
    assert len(cells) == 9
    assert any(
        cell.left <= 300 + 8 and cell.top <= 80 + 8 and cell.right >= 620 - 8 for cell in cells
    )
    assert bare[400, 70] == bare[780, 800] == 255
    letters = text_page() < 128
    assert (bare[letters] < 128).mean() > 0.97


def test_page_without_a_table_is_left_as_it_is() -> None:
    page = text_page()
    bare, cells = remove_table_rules(page, 200)
    assert bare is page
    assert cells == ()


def test_a_frame_is_no_table() -> None:
    page = ruled((70, 940), (80, 780))
    bare, cells = remove_table_rules(page, 200)
    assert bare is page
    assert cells == ()
