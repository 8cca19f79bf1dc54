"""degrade: every kind of wear does what its name says and nothing when it is 0."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from samplemaker.degrade import Wear, degrade

DPI = 100


def page() -> np.ndarray:
    """Twelve black bars on white, a hundred pixels from the edges."""
    picture = np.full((900, 700, 3), 255, np.uint8)
    for top in range(100, 800, 60):
        picture[top : top + 8, 100:600] = 0
    return picture


def worn(wear: Wear, seed: int = 5, back: np.ndarray | None = None) -> np.ndarray:
    return degrade(page(), wear, np.random.default_rng(seed), DPI, back)


def test_no_wear_changes_nothing():
    assert np.array_equal(worn(Wear()), page())


def test_the_page_given_is_left_alone():
    given = page()
    degrade(given, Wear(skew=2, faint=0.3, speckle=2), np.random.default_rng(1), DPI)
    assert np.array_equal(given, page())
    floats = given.astype(np.float32) / 255
    degrade(floats, Wear(punched=True, tone=(240, 240, 230)), np.random.default_rng(1), DPI)
    assert np.array_equal(floats, page().astype(np.float32) / 255)


def test_a_seed_repeats_and_another_differs():
    wear = Wear(skew=1, grain=3, speckle=2, faint=0.2, tone=(250, 248, 240))
    assert np.array_equal(worn(wear), worn(wear))
    assert not np.array_equal(worn(wear), worn(wear, seed=6))


@pytest.mark.parametrize("degrees", [-4.0, -1.0, 0.5, 3.0])
def test_skew_turns_the_page_counter_clockwise(degrees):
    dark = worn(Wear(skew=degrees)).min(axis=2) < 100
    left, right = (int(np.argmax(dark[:, column])) for column in (200, 500))
    assert right - left == pytest.approx(-300 * np.tan(np.radians(degrees)), abs=1.5)


def test_faint_ink_is_lighter_and_the_paper_is_not_darker():
    faint = worn(Wear(faint=0.5))
    ink = page() == 0
    assert 60 < faint[ink].mean() < 220
    assert faint[~ink].min() == 255


def test_blur_softens_edges():
    sharp, soft = (cv2.Laplacian(worn(w)[..., 0], cv2.CV_64F).var() for w in (Wear(), Wear(blur=3)))
    assert soft < sharp / 2


def test_specks_are_as_many_as_asked():
    clean = np.full((900, 700), 255, np.uint8)
    scan = degrade(clean, Wear(speckle=2.0), np.random.default_rng(3), DPI)
    count = cv2.connectedComponents((scan[..., 0] < 200).astype(np.uint8))[0] - 1
    assert 80 < count < 150  # 63 square inches


def test_bilevel_is_black_and_white_in_one_channel():
    scan = worn(Wear(bilevel=True, grain=8, blur=1))
    assert scan.ndim == 2
    assert set(np.unique(scan)) == {0, 255}


def test_the_other_side_shines_through_mirrored():
    back = np.ones((900, 700, 3), np.float32)
    back[400:460, 0:80] = 0
    blank = np.full((900, 700, 3), 255, np.uint8)
    scan = degrade(blank, Wear(show_through=0.2), np.random.default_rng(1), DPI, back)
    assert scan[430, 670].mean() == pytest.approx(204, abs=4)
    assert scan[430, 40].mean() == 255


def test_paper_tone_and_shade_colour_the_page():
    scan = worn(Wear(tone=(240, 230, 200), shade=0.4))
    assert scan[50, 350, 2] < scan[50, 350, 0]
    assert scan[50, 3].mean() < scan[50, 350].mean() - 30


def test_two_binder_holes_in_the_left_margin():
    scan = worn(Wear(punched=True))
    margin = (scan[:, :90].mean(axis=2) < 200).astype(np.uint8)
    assert cv2.connectedComponents(margin)[0] - 1 == 2


def test_effects_add_up_without_changing_the_size():
    wear = Wear(skew=2, blur=1, grain=4, faint=0.2, speckle=1, shade=0.2, tone=(245, 240, 230))
    for variant in (wear, replace(wear, bilevel=True)):
        assert worn(variant).shape[:2] == page().shape[:2]
