"""Draws digits and signatures as a hand would: smooth strokes that never repeat exactly."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Mask = NDArray[np.float32]
Points = NDArray[np.float64]

# Strokes through points in a box one unit high, y down; drawn for this project.
_DIGITS: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "0": (((0.32, 0.02), (0.1, 0.25), (0.06, 0.62), (0.22, 0.97), (0.43, 0.88), (0.55, 0.5),
           (0.48, 0.14), (0.28, 0.03)),),
    "1": (((0.08, 0.3), (0.22, 0.16), (0.34, 0.02), (0.3, 0.5), (0.27, 1.0)),),
    "2": (((0.08, 0.22), (0.24, 0.02), (0.46, 0.1), (0.46, 0.34), (0.28, 0.64), (0.04, 0.97),
           (0.28, 0.92), (0.6, 0.97)),),
    "3": (((0.08, 0.1), (0.3, 0.0), (0.5, 0.14), (0.42, 0.38), (0.2, 0.47), (0.47, 0.55),
           (0.54, 0.78), (0.35, 0.99), (0.04, 0.88)),),
    "4": (((0.34, 0.02), (0.18, 0.34), (0.03, 0.64), (0.3, 0.62), (0.6, 0.58)),
          ((0.44, 0.36), (0.41, 0.7), (0.38, 1.06))),
    "5": (((0.2, 0.04), (0.13, 0.42), (0.34, 0.38), (0.53, 0.58), (0.46, 0.88), (0.22, 1.0),
           (0.02, 0.88)), ((0.2, 0.04), (0.38, 0.05), (0.58, 0.01))),
    "6": (((0.48, 0.02), (0.22, 0.28), (0.07, 0.68), (0.2, 0.97), (0.44, 0.9), (0.5, 0.68),
           (0.34, 0.55), (0.1, 0.7)),),
    "7": (((0.04, 0.06), (0.3, 0.07), (0.58, 0.03), (0.4, 0.46), (0.24, 1.0)),
          ((0.2, 0.52), (0.52, 0.46))),
    "8": (((0.47, 0.13), (0.26, 0.0), (0.1, 0.18), (0.28, 0.44), (0.5, 0.72), (0.31, 1.0),
           (0.08, 0.8), (0.28, 0.48), (0.47, 0.24), (0.44, 0.1)),),
    "9": (((0.5, 0.2), (0.3, 0.02), (0.08, 0.2), (0.2, 0.46), (0.44, 0.36), (0.5, 0.16),
           (0.48, 0.6), (0.36, 1.04)),),
    "/": (((0.42, -0.05), (0.2, 0.5), (0.0, 1.1)),),
    ".": (((0.1, 0.95), (0.14, 1.0), (0.1, 1.0)),),
}  # fmt: skip
_ADVANCE = {"1": 0.52, "/": 0.5, ".": 0.3}
_SHIFT = 4  # cv2 takes coordinates in sixteenths of a pixel


def smooth(points: Points, steps: int = 14) -> Points:
    """Return a Catmull-Rom curve through `points` (n, 2), `steps` samples a span."""
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    spans = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        spans.append(
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
                   + (3 * b - a - 3 * c + d) * t**3)
        )  # fmt: skip
    return np.vstack([*spans, points[-1:]])


def draw(mask: Mask, curve: Points, weight: float, rng: Generator) -> None:
    """Draw `curve` (pixels) on `mask` with a pen about `weight` pixels wide."""
    pressure = 1 + 0.22 * np.sin(np.linspace(0, rng.uniform(4, 9), len(curve)) + rng.uniform(0, 6))
    pressure[-4:] *= np.linspace(1, 0.6, 4)
    canvas = np.zeros(mask.shape, np.uint8)
    for start, end, force in zip(curve, curve[1:], pressure, strict=False):
        ends = [tuple(round(v * (1 << _SHIFT)) for v in point) for point in (start, end)]
        thickness = max(1, round(weight * force))
        cv2.line(canvas, ends[0], ends[1], 255, thickness, cv2.LINE_AA, _SHIFT)
    np.maximum(mask, canvas.astype(np.float32) / 255, out=mask)


def digits_mask(text: str, height: float, rng: Generator) -> Mask:
    """Return `text` (digits, `/` and `.`) written `height` pixels high, cropped with a margin."""
    slant = rng.uniform(0.05, 0.28)
    pad = height * 0.5
    advance = sum(_ADVANCE.get(sign, 0.72) for sign in text) * height
    mask = np.zeros((round(height * 1.2 + 2 * pad), round(advance + 2 * pad)), np.float32)
    x = pad
    for sign in text:
        size = height * rng.uniform(0.9, 1.08)
        lift = rng.normal(0, height * 0.03)
        for stroke in _DIGITS[sign]:
            points = np.array(stroke) + rng.normal(0, 0.022, (len(stroke), 2))
            points[:, 0] += slant * (0.6 - points[:, 1])
            points = points * size + (x, pad + lift + height - size)
            draw(mask, smooth(points), height * 0.06, rng)
        x += _ADVANCE.get(sign, 0.72) * height * rng.uniform(0.95, 1.05)
    return mask


def signature_mask(width: float, height: float, rng: Generator) -> Mask:
    """Return an invented signature: a tall opening loop, a running hand, a flourish."""
    mask = np.zeros((round(height), round(width)), np.float32)
    weight = max(2.0, height * rng.uniform(0.018, 0.028))
    t = np.linspace(0, 1, 240)
    waves, lean = rng.uniform(3.2, 8.0), rng.uniform(0.0, 0.35)
    tall = rng.uniform(0.24, 0.38) * np.exp(-((t - rng.uniform(0.05, 0.3)) ** 2) / 0.012)
    late = rng.uniform(0, 0.22) * np.exp(-((t - rng.uniform(0.6, 0.95)) ** 2) / 0.01)
    swell = (tall + late + rng.uniform(0.05, 0.15) * (1 - 0.5 * t)) * height
    y = rng.uniform(0.46, 0.56) * height + swell * np.sin(2 * np.pi * waves * t + rng.uniform(0, 6))
    y += height * 0.05 * np.sin(2 * np.pi * 1.7 * t + rng.uniform(0, 6)) - 0.08 * height * t
    loops = rng.uniform(0.02, 0.075)
    x = width * (0.1 + 0.72 * t) + width * loops * np.cos(2 * np.pi * waves * t * 0.97)
    x += lean * (0.5 * height - y)
    draw(mask, np.column_stack([x, y]), weight, rng)
    end = np.array([x[-1], y[-1]])
    draw(mask, _flourish(end, width, height, rng), weight * 0.9, rng)
    return mask


def _flourish(start: Points, width: float, height: float, rng: Generator) -> Points:
    """Return the last stroke: back under the name and out again, straight under it, or upwards."""
    low = rng.uniform(0.7, 0.86)
    shapes = (
        ((0.95, 0.3), (0.6, low), (0.14, low + 0.02), (0.4, 0.66), (0.93, low - 0.12)),
        ((0.9, 0.6), (0.7, low), (0.2, low), (0.05, low - 0.06)),
        ((0.9, 0.36), (0.97, 0.12)),
    )
    shape = shapes[int(rng.integers(len(shapes)))]
    return smooth(np.vstack([start, np.array(shape) * (width, height)]), 30)
