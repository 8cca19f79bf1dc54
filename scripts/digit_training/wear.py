"""What paper, pens and scanners do to a line; ends in the strip that the network sees."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from digit_training.hands import Ink
from digit_training.lines import BASE, TALL, Sheet, Stock, any_of, lay, typeset
from vnocr.ocr.handwriting.tokens import BASELINE, STRIP_HEIGHT


@dataclass(frozen=True, slots=True)
class Wear:
    """How often lines are spoilt, as shares of them, and how far at worst."""

    pens: float  # ink thinned or thickened
    faint: float
    coarse: float  # scanned at a low resolution
    coarsest: float  # of the strip's own resolution
    one_bit: float
    ragged: float  # noise under the threshold of one bit, of 255
    noise: float  # of a grey scan, of 255
    specks: float  # of the one-bit lines


HARD = Wear(0.4, 0.4, 0.22, 0.5, 0.5, 16.0, 7.0, 0.12)
# Offices scan at 200 to 300 dpi in colour or grey: the strip is a half to four fifths as fine,
# so that its noise and blur are small. Fax, 100 dpi and one bit are met, but seldom.
USUAL = Wear(0.3, 0.15, 0.1, 0.65, 0.2, 8.0, 4.0, 0.05)


def strip_of(sheet: Sheet, stock: Stock, wear: Wear, rng: Generator) -> Ink:
    """Return the line as a strip STRIP_HEIGHT high: uint8, 255 is black."""
    width = min(round(sheet.x) + int(rng.integers(2, 14)), sheet.print.shape[1])
    printed, ink = sheet.print[:, :width], sheet.ink[:, :width]
    _neighbours(printed, sheet, stock, rng)
    if rng.random() < wear.pens:
        ink = _thin_or_thick(ink, rng)
    printed = printed * rng.uniform(0.7, 1.0)
    strength = rng.uniform(0.4, 1.0) if rng.random() < wear.faint else rng.uniform(0.75, 1.0)
    ink = ink * strength
    dark = np.maximum(printed, ink).astype(np.float32)
    if rng.random() < 0.08:
        dark = np.maximum(dark, _seal(dark.shape, rng))
    dark = _warp(dark, rng)
    dark = _scan(dark, strength, wear, rng)
    top = BASE - BASELINE
    return np.ascontiguousarray(dark[top : top + STRIP_HEIGHT])


def _neighbours(printed: Ink, sheet: Sheet, stock: Stock, rng: Generator) -> None:
    """Add what stands over and under the line: print, or the rule under a motto."""
    pitch = sheet.cap / 0.66 * rng.uniform(1.1, 1.6)
    for side in (-1, 1):
        if rng.random() < 0.35:
            text = any_of(stock.places, rng) + " " + any_of(stock.symbols, rng)
            piece = typeset(text, stock, sheet.font, sheet.cap)
            lay(printed, piece, rng.uniform(0, 60), round(side * pitch))
    if rng.random() < 0.15:
        row = round(BASE - sheet.cap * rng.uniform(1.7, 2.4))
        left = int(rng.integers(0, 100))
        printed[row : row + int(rng.integers(1, 3)), left : left + int(rng.integers(40, 200))] = 255


def _thin_or_thick(ink: Ink, rng: Generator) -> Ink:
    kernel = np.ones((2, 2), np.uint8)
    if rng.random() < 0.5:
        return cv2.dilate(ink, kernel)
    thinner: Ink = cv2.erode(ink, kernel)
    return np.maximum(thinner, (ink * 0.5).astype(np.uint8))


def _seal(shape: tuple[int, ...], rng: Generator) -> np.ndarray:
    """Return the arc of a faded stamp."""
    canvas = np.zeros(shape, np.uint8)
    centre = (int(rng.integers(-40, shape[1] + 40)), int(rng.integers(-60, TALL + 60)))
    radius = int(rng.integers(60, 130))
    cv2.circle(canvas, centre, radius, int(rng.integers(40, 130)), int(rng.integers(2, 5)))
    return canvas.astype(np.float32)


def _warp(dark: np.ndarray, rng: Generator) -> np.ndarray:
    """Turn, shear, lift and zoom the line a little about its baseline."""
    angle, shear = rng.normal(0, 0.008), rng.normal(0, 0.05)
    zoom, drop = rng.uniform(0.92, 1.08), rng.normal(0, 1.6)
    middle = dark.shape[1] / 2
    matrix = np.array([
        [zoom, shear, -shear * BASE],
        [angle, zoom, BASE * (1 - zoom) - angle * middle + drop],
    ])  # fmt: skip
    size = (max(16, round(dark.shape[1] * zoom)), TALL)
    return cv2.warpAffine(dark, matrix, size, flags=cv2.INTER_LINEAR)


def _scan(dark: np.ndarray, strength: float, wear: Wear, rng: Generator) -> Ink:
    height, width = dark.shape
    if rng.random() < wear.coarse:
        share = rng.uniform(wear.coarsest, 0.85)
        small = cv2.resize(dark, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        dark = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.5:
        dark = cv2.GaussianBlur(dark, (0, 0), rng.uniform(0.3, 0.9))
    noise = rng.normal(0, 1, (height // 2 + 1, width // 2 + 1)).astype(np.float32)
    noise = cv2.resize(noise, (width, height), interpolation=cv2.INTER_NEAREST)
    if rng.random() < wear.one_bit:
        bitonal = dark + noise * rng.uniform(0, wear.ragged) > strength * rng.uniform(60, 130)
        dark = bitonal.astype(np.float32) * 255
        if rng.random() < wear.specks:
            specks = rng.random((height, width)) < rng.uniform(0, 0.008)
            dark = np.where(specks, 255 - dark, dark)
        if rng.random() < 0.6:  # one bit, then scaled to the strip
            dark = cv2.GaussianBlur(dark, (0, 0), rng.uniform(0.3, 0.7))
    else:
        dark = (dark - rng.uniform(0, 12)) * rng.uniform(0.9, 1.15)
        dark += noise * rng.uniform(0, wear.noise) + rng.uniform(0, 10)
    return np.clip(dark, 0, 255).astype(np.uint8)
