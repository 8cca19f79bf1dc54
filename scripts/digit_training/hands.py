"""Invented writers: each forms its digits in its own way and never twice the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from digit_training.shapes import SHAPES, Form

Ink = NDArray[np.uint8]
_SCALE = 2  # strokes are drawn twice as large, then shrunk, so that pens have any width
_CURLED = 0.4  # share of hands whose 2 begins with a loop, beside the forms that have one
_SHIFT = 4  # cv2 takes coordinates in sixteenths of a pixel


@dataclass(frozen=True)
class Writer:
    """One hand. `pen`, `spacing` and `jitter` are shares of the height of its digits."""

    forms: dict[str, Form]
    slant: float
    breadth: float
    pen: float
    spacing: float
    jitter: float
    unevenness: float


def new_writer(rng: Generator) -> Writer:
    """Return an invented hand: one form a sign, its points moved for good."""
    forms = {}
    sway = rng.uniform(0.01, 0.05)
    for sign, choices in SHAPES.items():
        form = choices[int(rng.integers(len(choices)))]
        if sign == "2" and rng.random() < _CURLED:
            form = (_curl(form[0][0], rng) + form[0], *form[1:])
        forms[sign] = tuple(
            tuple((x + dx, y + dy) for (x, y), (dx, dy) in zip(
                stroke, rng.normal(0, sway, (len(stroke), 2)), strict=True))
            for stroke in form
        )  # fmt: skip
    return Writer(
        forms=forms,
        slant=rng.normal(0.14, 0.16),
        breadth=rng.uniform(0.65, 1.3),
        pen=rng.uniform(0.05, 0.115),
        spacing=rng.normal(0.12, 0.1),
        jitter=rng.uniform(0.01, 0.04),
        unevenness=rng.uniform(0.02, 0.12),
    )


def _curl(start: tuple[float, float], rng: Generator) -> tuple[tuple[float, float], ...]:
    """Return the loop with which many hands begin a 2: from a speck to as large as a 0."""
    across, down = rng.uniform(0.06, 0.22), rng.uniform(0.06, 0.2)
    leave = rng.uniform(-0.5, 0.9) * np.pi  # where the pen leaves the loop for the arc
    turned = (1 if rng.random() < 0.75 else -1) * rng.uniform(0.8, 2.0) * np.pi
    angles = np.linspace(leave - turned, leave, 6)
    centre = (
        start[0] - across * np.cos(leave) - rng.uniform(0, 0.14),
        start[1] - down * np.sin(leave) + rng.uniform(0.04, 0.3),
    )
    return tuple(
        (float(centre[0] + across * np.cos(angle)), float(centre[1] + down * np.sin(angle)))
        for angle in angles
    )


def smooth(points: NDArray[np.float64], steps: int = 8) -> NDArray[np.float64]:
    """Return a Catmull-Rom curve through `points` (n, 2), `steps` samples a span."""
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    a, b, c, d = (padded[i : len(padded) - 3 + i, None] for i in range(4))
    spans = 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )
    return np.vstack([spans.reshape(-1, 2), points[-1:]])


def write(text: str, writer: Writer, height: float, rng: Generator) -> tuple[Ink, int]:
    """Return `text` in the hand of `writer` (255 is ink) and the row of its baseline."""
    size = height * _SCALE
    curves, x = [], 0.0
    for sign in text:
        own = size * (1 + rng.normal(0, writer.unevenness))
        lift = rng.normal(0, writer.unevenness * 0.5) * size
        right = x
        for stroke in writer.forms[sign]:
            points = np.array(stroke) + rng.normal(0, writer.jitter, (len(stroke), 2))
            points[:, 0] = points[:, 0] * writer.breadth + writer.slant * (1 - points[:, 1])
            curve = smooth(points * own)
            curve[:, 1] += size - own + lift
            curves.append(curve + np.array([x, 0.0]))
            right = max(right, x + float(curve[:, 0].max()) - writer.slant * own * 0.5)
        x = right + size * (writer.spacing + rng.normal(0, 0.05))
    return _draw(curves, max(1.6, writer.pen * size), size, rng)


def _draw(
    curves: Sequence[NDArray[np.float64]], pen: float, size: float, rng: Generator
) -> tuple[Ink, int]:
    every = np.vstack(curves)
    pad = int(pen) + 4
    low, high = every.min(axis=0), every.max(axis=0)
    shape = np.ceil(high - low).astype(int) + 2 * pad
    canvas = np.zeros((shape[1] + shape[1] % 2, shape[0] + shape[0] % 2), np.uint8)
    for curve in curves:
        fixed = np.round((curve - low + pad) * (1 << _SHIFT)).astype(np.int32)
        cut = int(rng.integers(1, len(fixed)))
        for part in (fixed[: cut + 1], fixed[cut:]):
            width = max(1, round(pen * rng.uniform(0.8, 1.2)))
            cv2.polylines(canvas, [part[:, None]], False, 255, width, cv2.LINE_AA, _SHIFT)
    half = (canvas.shape[1] // _SCALE, canvas.shape[0] // _SCALE)
    baseline = round((size - low[1] + pad) / _SCALE)
    return cv2.resize(canvas, half, interpolation=cv2.INTER_AREA), baseline
