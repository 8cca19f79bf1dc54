"""Boxes find their way back to the page as it was drawn."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from vnocr.export.geometry import drawn_box, drawn_size, to_drawn, within
from vnocr.imaging.skew import rotate, turn_upright
from vnocr.model import Box, Page


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [0.0, 2.5, -4.0])
def test_a_mark_is_found_where_it_was_drawn(turn: int, skew: float) -> None:
    """A blot is drawn, the page cleaned as imaging cleans it, the blot's box mapped back."""
    drawn = np.full((500, 300), 255, np.uint8)
    cv2.rectangle(drawn, (60, 120), (99, 139), 0, -1)
    clean = rotate(turn_upright(drawn, turn), skew)
    ys, xs = np.nonzero(clean < 128)
    seen = Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)
    height, width = clean.shape
    page = Page(1, (), "ocr", width, height, 200, turn=turn, skew=skew)

    assert drawn_size(page) == (300, 500)
    found = drawn_box(seen, to_drawn(page))
    centre = ((found.left + found.right) / 2, (found.top + found.bottom) / 2)
    assert centre == pytest.approx((80, 130), abs=1.0)
    slack = abs(skew) * 1.5 + 1
    assert found.width == pytest.approx(40, abs=slack)
    assert found.height == pytest.approx(20, abs=2 * slack)


def test_boxes_end_at_the_edge_of_the_page() -> None:
    assert within(Box(-3, -4, 90, 120), 80, 100) == Box(0, 0, 80, 100)
