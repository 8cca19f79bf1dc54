import cv2
import numpy as np
import pytest

from tests.imaging.sheets import text_page, tilted
from vnocr.imaging.skew import find_pose, rotate, turn_upright


@pytest.mark.parametrize("degrees", [-4.0, -2.0, -0.5, 0.5, 2.0, 4.0])
def test_tilt_is_found_and_undone_on_both_sides(degrees: float) -> None:
    page = tilted(text_page(), degrees)

    turn, skew = find_pose(page)

    assert turn == 0
    assert skew == pytest.approx(degrees, abs=0.15)
    _, left = find_pose(rotate(page, skew))
    assert abs(left) <= 0.15


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_page_lying_on_any_side_is_turned_upright(turn: int) -> None:
    page = text_page()
    lying = np.ascontiguousarray(np.rot90(page, turn // 90))

    found, _ = find_pose(lying)

    assert found == turn
    assert np.array_equal(turn_upright(lying, found), page)


def test_turn_and_tilt_together() -> None:
    lying = np.ascontiguousarray(np.rot90(tilted(text_page(), 1.5), 1))
    turn, skew = find_pose(lying)
    assert turn == 90
    assert skew == pytest.approx(1.5, abs=0.15)


def test_page_without_ink_is_left_alone() -> None:
    assert find_pose(np.full((800, 600), 255, np.uint8)) == (0, 0.0)


def test_three_lines_are_too_few_to_call_a_page_upside_down() -> None:
    page = np.ascontiguousarray(np.rot90(text_page(lines=3), 2))
    assert find_pose(page)[0] == 0


def test_tiny_angles_do_not_touch_the_pixels() -> None:
    page = text_page()
    assert rotate(page, 0.05) is page


def test_ink_below_a_few_lines_does_not_turn_a_letterhead() -> None:
    page = text_page(lines=10, height=700)
    for row in (1, 2, 4, 5, 7):  # a pen's ink hanging below a number, a date, a subject
        cv2.rectangle(page, (300, 131 + 45 * row), (415, 140 + 45 * row), 0, -1)

    assert find_pose(page)[0] == 0
    assert find_pose(np.ascontiguousarray(np.rot90(text_page(lines=10, height=700), 2)))[0] == 180
