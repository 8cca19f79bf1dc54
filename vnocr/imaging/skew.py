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
    ys, xs = _ink(small)
    if len(ys) == 0:
        return 0, 0.0
    turn = 90 if _is_sideways(ys, xs) else 0
    if turn:
        small = np.ascontiguousarray(np.rot90(small, -1))
        ys, xs = _ink(small)
    skew = _skew(ys, xs)
    return (turn + 180 if _is_upside_down(rotate(small, skew)) else turn), skew


def _skew(ys: NDArray[np.float32], xs: NDArray[np.float32]) -> float:
    coarse = _best(ys, xs, np.arange(-_LIMIT_DEGREES, _LIMIT_DEGREES + _COARSE, _COARSE))
    fine = _best(ys, xs, np.arange(coarse - _COARSE, coarse + _COARSE + _FINE / 2, _FINE))
    return fine if abs(fine) >= _SMALLEST else 0.0  # what `rotate` leaves alone


def turn_upright(pixels: NDArray[np.uint8], turn: int) -> NDArray[np.uint8]:
    """Return `pixels`, grey or colour, turned clockwise by `turn` degrees (a multiple of 90)."""
    return np.ascontiguousarray(np.rot90(pixels, -turn // 90)) if turn else pixels


def rotate(pixels: NDArray[np.uint8], degrees: float) -> NDArray[np.uint8]:
    """Return `pixels`, grey or colour, of the same size, turned so that a tilt is undone."""
    if abs(degrees) < _SMALLEST:
        return pixels
    import cv2

    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(
        pixels,
        turn,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(_WHITE, _WHITE, _WHITE),
    )
    return turned.astype(np.uint8, copy=False)


def _shrunk(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    import cv2

    factor = min(1.0, _SEARCH_SIDE / min(grey.shape))
    if factor == 1.0:
        return grey
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return small.astype(np.uint8, copy=False)


def _ink(small: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    ys, xs = np.nonzero(inner(small) < ink_threshold(small))
    step = max(1, len(ys) // _ENOUGH_POINTS)
    return ys[::step].astype(np.float32), xs[::step].astype(np.float32)


def _best(ys: NDArray[np.float32], xs: NDArray[np.float32], angles: NDArray[np.float64]) -> float:
    scores = [_sharpness(ys - xs * np.float32(np.tan(np.radians(angle)))) for angle in angles]
    return float(angles[int(np.argmax(scores))])


def _sharpness(rows: NDArray[np.floating]) -> float:
    profile = np.bincount((rows - rows.min()).astype(np.int32))
    return float(np.sum(np.diff(profile.astype(np.float64)) ** 2))


def _is_sideways(ys: NDArray[np.float32], xs: NDArray[np.float32]) -> bool:
    slopes = np.tan(np.radians(np.arange(-3.0, 3.5, 1.0))).astype(np.float32)
    along = max(_ripple(ys - xs * slope) for slope in slopes)
    across = max(_ripple(xs - ys * slope) for slope in slopes)
    return across > _SIDEWAYS * along


def _ripple(rows: NDArray[np.floating]) -> float:
    """Return how much the profile rises and falls from line to line, margins left out."""
    first, last = np.percentile(rows, (4, 96)).astype(int) - int(rows.min())
    profile = np.bincount((rows - rows.min()).astype(np.int32))[first : last + 1].astype(float)
    if len(profile) <= _SWELL:
        return 0.0
    padded = np.pad(profile, _SWELL // 2, mode="edge")
    swell = np.convolve(padded, np.ones(_SWELL) / _SWELL, "valid")
    # A table's rule is one steep wave; it must not outweigh all the lines of text.
    waves = np.clip(profile - swell, -3 * swell, 3 * swell)
    return float(np.sqrt(np.mean(waves**2)) / max(float(swell.mean()), 1e-6))


def _is_upside_down(level: NDArray[np.uint8]) -> bool:
    """Compare the ink just above the bodies of the lines with the ink just below them."""
    ink = inner(level) < ink_threshold(level)
    profile = ink.sum(axis=1).astype(np.float64)
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
