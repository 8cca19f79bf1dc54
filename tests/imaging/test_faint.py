import numpy as np
import pytest

from tests.imaging.sheets import text_page
from vnocr.imaging.faint import smooth_if_faint


def faded(lost: float, grain: float = 0.0) -> np.ndarray:  # type: ignore[type-arg]
    page = text_page().astype(np.float32)
    noise = np.random.default_rng(5).normal(0, grain, page.shape)
    return np.clip(255 - (255 - page) * (1 - lost) + (page < 128) * noise, 0, 255).astype(np.uint8)


def test_good_print_is_left_as_it_is() -> None:
    page = faded(0.1)
    assert smooth_if_faint(page, 200) is page


def test_empty_page_is_left_as_it_is() -> None:
    blank = np.full((300, 200), 250, np.uint8)
    assert smooth_if_faint(blank, 200) is blank


def test_grains_of_faint_print_are_smoothed() -> None:
    grainy = faded(0.6, grain=40)
    smooth = smooth_if_faint(grainy, 200)
    ink = text_page() < 60  # the middle of the strokes
    assert smooth[ink].std() < 0.75 * grainy[ink].std()


@pytest.mark.parametrize("lost", [0.0, 0.5, 0.9])
def test_paper_stays_paper(lost: float) -> None:
    page = faded(lost)
    assert smooth_if_faint(page, 200)[:60].min() == 255
