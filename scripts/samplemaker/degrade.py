"""Wears a clean page like paper that was printed, stored, copied and scanned.

    wear = Wear(skew=1.4, speckle=1.5, blur=0.6, faint=0.2, bilevel=True)
    scan = degrade(page, wear, np.random.default_rng(7), dpi=200)

Every effect has its own number, 0 for none, so robustness sets can raise one at a time.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Picture = NDArray[np.float32]
Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Wear:
    """What happened to a page.

    `skew` degrees, counter-clockwise; `blur` standard deviation in 1/300 inch; `grain` sensor
    noise in grey levels; `faint` share of ink lost (0..1); `speckle` black specks per square
    inch; `show_through` share of the other side's ink (0..1); `shade` darkening towards the
    left edge (0..1); `tone` colour of the paper; `bilevel` ends in black and white, cut at
    `threshold`; `punched` leaves two binder holes.
    """

    skew: float = 0.0
    blur: float = 0.0
    grain: float = 0.0
    faint: float = 0.0
    speckle: float = 0.0
    show_through: float = 0.0
    shade: float = 0.0
    tone: tuple[int, int, int] = (255, 255, 255)
    bilevel: bool = False
    threshold: int = 150
    punched: bool = False


def degrade(
    page: Picture | Pixels, wear: Wear, rng: Generator, dpi: int, back: Picture | None = None
) -> Pixels:
    """Return `page` worn, as RGB uint8 (rows, columns, 3), or 0/255 grey if `wear.bilevel`.

    `page` is RGB or grey, either uint8 or 0..1; `back` is the other side of the same sheet
    (RGB, 0..1), seen mirrored through the paper.
    """
    picture = _as_picture(page)
    if wear.faint:
        picture = _fade(picture, wear.faint, rng)
    if wear.show_through and back is not None:
        picture = picture * (1 - wear.show_through * _ghost(back, dpi))
    if wear.punched:
        _punch(picture, dpi)
    picture = _turn(picture, wear.skew, rng, dpi)
    picture *= _paper(picture.shape[:2], wear, rng)[..., None] * (np.float32(wear.tone) / 255)
    if wear.speckle:
        _speckle(picture, wear.speckle, rng, dpi)
    if wear.blur:
        picture = cv2.GaussianBlur(picture, (0, 0), max(0.05, wear.blur * dpi / 300))
    if wear.grain:
        picture += rng.normal(0, wear.grain / 255, picture.shape).astype(np.float32)
    pixels = np.clip(picture * 255 + 0.5, 0, 255).astype(np.uint8)
    if not wear.bilevel:
        return pixels
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return np.where(grey < wear.threshold, 0, 255).astype(np.uint8)


def _as_picture(page: Picture | Pixels) -> Picture:
    picture = page.astype(np.float32) / 255 if page.dtype == np.uint8 else page.copy()
    return np.repeat(picture[..., None], 3, axis=2) if picture.ndim == 2 else picture


def _cloud(shape: tuple[int, int], cell: int, rng: Generator) -> Picture:
    coarse = rng.normal(0, 1, (shape[0] // cell + 2, shape[1] // cell + 2)).astype(np.float32)
    return cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)


def _fade(picture: Picture, faint: float, rng: Generator) -> Picture:
    """Thin the ink: toner lost in patches and in grains, as on a copy of a copy."""
    shape = picture.shape[:2]
    patches = np.clip(0.75 + 0.3 * _cloud(shape, 160, rng), 0.3, 1.2)
    grains = cv2.GaussianBlur(rng.normal(0, 1, shape).astype(np.float32), (0, 0), 0.7)
    lost = np.clip(faint * patches + faint * 0.9 * grains, 0, 0.92)[..., None]
    return picture + (1 - picture) * lost


def _ghost(back: Picture, dpi: int) -> Picture:
    ink = 1 - back[:, ::-1].mean(axis=2, keepdims=True)
    return cv2.GaussianBlur(ink, (0, 0), 2.2 * dpi / 300)[..., None]


def _punch(picture: Picture, dpi: int) -> None:
    rows = picture.shape[0]
    for share in (0.365, 0.635):  # 80 mm apart
        centre = (round(0.47 * dpi), round(rows * share))
        cv2.circle(picture, centre, round(0.11 * dpi), (0.52, 0.51, 0.5), -1, cv2.LINE_AA)
        cv2.circle(picture, centre, round(0.11 * dpi), (0.3, 0.3, 0.3), 1, cv2.LINE_AA)


def _turn(picture: Picture, degrees: float, rng: Generator, dpi: int) -> Picture:
    rows, columns = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), degrees, 1.0)
    matrix[:, 2] += rng.uniform(-0.04, 0.04, 2) * dpi if degrees else 0
    return cv2.warpAffine(
        picture, matrix, (columns, rows), flags=cv2.INTER_CUBIC, borderValue=(0.97, 0.97, 0.97)
    ).clip(0, 1)


def _paper(shape: tuple[int, int], wear: Wear, rng: Generator) -> Picture:
    if wear.tone == (255, 255, 255) and not wear.shade:
        return np.ones(shape, np.float32)
    paper = 1 - 0.0025 * np.clip(_cloud(shape, 150, rng), -2, 2)
    if wear.shade:
        across = np.linspace(0, 1, shape[1], dtype=np.float32)[None, :]
        paper = paper * (1 - wear.shade * np.exp(-across * 9))
        paper[:, -round(shape[1] * 0.006) :] *= 1 - wear.shade * 0.8
    return paper.astype(np.float32)


def _speckle(picture: Picture, density: float, rng: Generator, dpi: int) -> None:
    rows, columns = picture.shape[:2]
    count = rng.poisson(density * rows * columns / dpi**2)
    for _ in range(count):
        centre = (int(rng.integers(columns)), int(rng.integers(rows)))
        radius = max(0, round(rng.exponential(0.0028) * dpi))
        cv2.circle(picture, centre, radius, (rng.uniform(0.05, 0.5),) * 3, -1, cv2.LINE_AA)
