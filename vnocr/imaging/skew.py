"""Find and remove the tilt of a page, and tell which way up it is.

Method: the page's dark pixels, shrunk, are projected on the vertical axis under many small
angles; the rows of text are sharpest, and the projection's steps largest, at the true one
(projection profile; Postl 1986). Text lying on its side is ripples on the other axis. Upside
down, the tall letters and marks of Vietnamese hang below the lines instead of standing above.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vnocr.imaging.ink import ink_threshold, inner
from vnocr.model import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SEARCH_SIDE = 1000
_LIMIT_DEGREES = 6.0
_COARSE, _FINE = 0.5, 0.05
_SMALLEST = 0.1
_ENOUGH_POINTS = 40_000
_WHITE = 255
# Sideways text ripples this much more on the other axis; of upright pages the least clear,
# with a few lines and a large seal, still ripples 1.5 times more on its own.
_SIDEWAYS = 1.3
_SWELL = 41
_EDGE = 0.04  # of the ink, at each end
# An upright page has more ink above the lines than below; turned pages are clear the other way.
_UPSIDE_DOWN = 0.8
# Where not most of the lines agree, as where there is handwriting below a few, it must be clearer.
_CLEARLY, _MOST, _HALF = 0.7, 0.7, 0.5
_FEWEST_LINES = 5


def find_pose(grey: NDArray[np.uint8]) -> tuple[int, float]:
    """Return (turn, skew) of (height, width) `grey`, both in degrees.

    The page must first be turned clockwise by `turn` (0, 90, 180 or 270); then its lines sink
    to the right by `skew`. A page too sparse to judge counts as upright.
    """
    small = _shrunk(grey)
    ys, xs = np.nonzero(inner(small) < ink_threshold(small))
    if len(ys) == 0:
        return 0, 0.0
    every = max(1, len(ys) // _ENOUGH_POINTS)
    turn = 90 if _is_sideways(*_points(ys, xs, every)) else 0
    if turn:
        ys, xs = xs, ys.max() - ys
    skew = _skew(*_points(ys, xs, every))
    level = _profile(*_points(ys, xs, 1), skew)
    return (turn + 180 if _is_upside_down(level) else turn), skew


def _points(
    ys: NDArray[np.intp], xs: NDArray[np.intp], every: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    return ys[::every].astype(np.float32), xs[::every].astype(np.float32)


def _skew(ys: NDArray[np.float32], xs: NDArray[np.float32]) -> float:
    angles = np.arange(-_LIMIT_DEGREES, _LIMIT_DEGREES + _COARSE, _COARSE)
    coarse = float(angles[int(np.argmax(_sharpness(ys, xs, angles)))])
    angles = np.arange(coarse - _COARSE, coarse + _COARSE + _FINE / 2, _FINE)
    scores = _sharpness(ys, xs, angles)
    fine = _vertex(angles, scores)
    return fine if abs(fine) >= _SMALLEST else 0.0  # what `rotate` leaves alone


def _vertex(angles: NDArray[np.float64], scores: NDArray[np.float64]) -> float:
    """Return where the parabola through the best score and its neighbours has its vertex."""
    best = int(np.argmax(scores))
    near = slice(max(0, best - 2), best + 3)
    offsets = angles[near] - angles[best]
    square, linear, _ = np.polyfit(offsets, scores[near] / max(float(scores[best]), 1.0), 2)
    if square >= 0:  # no peak
        return float(angles[best])
    return float(angles[best] + np.clip(-linear / (2 * square), -_FINE, _FINE))


def turn_upright(pixels: NDArray[np.uint8], turn: int) -> NDArray[np.uint8]:
    """Return `pixels`, grey or colour, turned clockwise by `turn` degrees (a multiple of 90)."""
    return np.ascontiguousarray(np.rot90(pixels, -turn // 90)) if turn else pixels


def rotate(pixels: NDArray[np.uint8], degrees: float, box: Box | None = None) -> NDArray[np.uint8]:
    """Return `pixels`, grey or colour, of the same size, turned so that a tilt is undone.

    Of these only what lies in `box`, if one is given.
    """
    height, width = pixels.shape[:2]
    box = box or Box(0, 0, width, height)
    if abs(degrees) < _SMALLEST:
        whole = (box.width, box.height) == (width, height)
        return pixels if whole else pixels[box.top : box.bottom, box.left : box.right]
    import cv2

    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turn[:, 2] -= box.left, box.top
    turned = cv2.warpAffine(
        pixels,
        turn,
        (box.width, box.height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(_WHITE, _WHITE, _WHITE),
    )
    return turned.astype(np.uint8, copy=False)


def turned(box: Box, degrees: float, centre: tuple[float, float]) -> Box:
    """Return `box`, of the same size, at where `rotate` moves its middle about `centre` (x, y)."""
    angle = np.radians(degrees)
    across = (box.left + box.right) / 2 - centre[0]
    down = (box.top + box.bottom) / 2 - centre[1]
    right = round(float(across * np.cos(angle) + down * np.sin(angle) - across))
    below = round(float(down * np.cos(angle) - across * np.sin(angle) - down))
    return Box(box.left + right, box.top + below, box.right + right, box.bottom + below)


def _shrunk(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the page with whole numbers of pixels averaged, which takes a tenth of the time."""
    import cv2

    factor = round(min(grey.shape) / _SEARCH_SIDE)
    if factor <= 1:
        return grey
    size = (grey.shape[1] // factor, grey.shape[0] // factor)
    whole = grey[: size[1] * factor, : size[0] * factor]
    return cv2.resize(whole, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


def _sharpness(
    ys: NDArray[np.float32], xs: NDArray[np.float32], angles: NDArray[np.float64]
) -> NDArray[np.float64]:
    steps = [np.diff(_profile(ys, xs, float(angle))) for angle in angles]
    return np.array([np.sum(step**2) for step in steps])


def _profile(
    ys: NDArray[np.float32], xs: NDArray[np.float32], degrees: float
) -> NDArray[np.float64]:
    """Return how much ink stands in each row of the page once a tilt is undone."""
    rows = ys - xs * np.float32(np.tan(np.radians(degrees)))
    return np.bincount((rows - rows.min()).astype(np.int32)).astype(np.float64)


def _is_sideways(ys: NDArray[np.float32], xs: NDArray[np.float32]) -> bool:
    tilts = range(-3, 4)
    along = max(_ripple(_profile(ys, xs, tilt)) for tilt in tilts)
    across = max(_ripple(_profile(xs, ys, tilt)) for tilt in tilts)
    return across > _SIDEWAYS * along


def _ripple(profile: NDArray[np.float64]) -> float:
    """Return how much the profile rises and falls from line to line, margins left out."""
    total = np.cumsum(profile)
    first, last = np.searchsorted(total, (_EDGE * total[-1], (1 - _EDGE) * total[-1]))
    profile = profile[first : last + 1]
    if len(profile) <= _SWELL:
        return 0.0
    padded = np.pad(profile, _SWELL // 2, mode="edge")
    swell = np.convolve(padded, np.ones(_SWELL) / _SWELL, "valid")
    # A table's rule is one steep wave; it must not outweigh all the lines of text.
    waves = np.clip(profile - swell, -3 * swell, 3 * swell)
    return float(np.sqrt(np.mean(waves**2)) / max(float(swell.mean()), 1e-6))


def _is_upside_down(profile: NDArray[np.float64]) -> bool:
    """Compare the ink just above the bodies of the lines with the ink just below them."""
    bodies = _line_bodies(profile)
    if len(bodies) < _FEWEST_LINES:
        return False
    reaches = [max(2, round(0.7 * (bottom - top))) for top, bottom in bodies]
    above = np.array([profile[max(0, top - reach) : top].sum()
                      for (top, _), reach in zip(bodies, reaches, strict=True)])  # fmt: skip
    below = np.array([profile[bottom : bottom + reach].sum()
                      for (_, bottom), reach in zip(bodies, reaches, strict=True)])  # fmt: skip
    agree = float(np.mean(above < below))
    share = float(above.sum() / max(1.0, below.sum()))
    return share < (_UPSIDE_DOWN if agree >= _MOST else _CLEARLY) and agree >= _HALF


def _line_bodies(profile: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return (top, bottom) of the rows in which the small letters of each line stand."""
    strong = profile > 0.45 * np.percentile(profile, 95)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], strong.view(np.int8), [0]))))
    spans = [(int(top), int(bottom)) for top, bottom in zip(edges[::2], edges[1::2], strict=True)]
    return [(top, bottom) for top, bottom in spans if 4 <= bottom - top <= 30]
