"""Hands that exist: photographed digits, and fonts made from the handwriting of people."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFont

from digit_training.hands import Ink

# Fonts drawn from real hands, under free licences: in Debian packages, and in packages of npm.
FONTS = (
    "dkg", "dkgIt", "Breip", "Delphine", "SteveHand", "Humor-Sans", "Kristi", "Purisa",
    "KleeOne-Regular", "setofont", "BecauseWeBuild-Regular", "BecauseWeConnect-Regular",
    "BecauseWeCreate-Regular", "BecauseWeLearn-Regular", "BecauseWeMentor-Regular",
    "ComicNeue-Italic", "DancingScript-Regular", "KaushanScript-Regular", "YuseiMagic-Regular",
    "YOzRE_", "amatic-sc", "architects-daughter", "bad-script", "caveat", "cedarville-cursive",
    "courgette", "delius", "gochi-hand", "handlee", "indie-flower", "itim", "mansalva",
    "marck-script", "neucha", "patrick-hand", "permanent-marker", "playpen-sans", "rock-salt",
    "sacramento", "schoolbell", "shadows-into-light", "shantell-sans", "short-stack", "sriracha",
    "sue-ellen-francisco", "swanky-and-moo-moo", "the-girl-next-door", "vibur",
)  # fmt: skip
FONTS_HELD_OUT = (
    "Rufscript010", "BecauseWeOrganize-Regular", "TomsonTalks", "annie-use-your-telescope",
    "gloria-hallelujah", "kalam",
)  # fmt: skip
# Held out of calibration too: on these it is judged whether a confidence is the share right.
FONTS_JUDGED = (
    "NanumPen", "NanumBrush", "kiloji", "Havana-Regular", "covered-by-your-grace",
    "homemade-apple", "reenie-beanie", "Ecolier-court",
)  # fmt: skip
PACKAGES = (
    "fonts-dkg-handwriting fonts-breip fonts-sjfonts fonts-humor-sans fonts-kristi "
    "fonts-tlwg-purisa-ttf fonts-klee fonts-seto fonts-bwht fonts-comic-neue fonts-dancingscript "
    "fonts-kaushanscript fonts-yusei-magic fonts-yozvox-yozfont-edu fonts-rufscript "
    "fonts-tomsontalks fonts-nanum-extra fonts-kiloji fonts-havana fonts-ecolier-court"
)
_SIGNS = "0123456789ABCDEabcd"
_SIZE = 64  # glyphs are kept this large, then scaled to the line

Cell = tuple[Ink, int]  # the picture of a sign, and how many of its rows lie under the baseline


@dataclass(frozen=True)
class DigitPictures:
    """Real handwritten digits, 28 x 28, by class."""

    by_digit: tuple[Ink, ...]

    @classmethod
    def load(cls, folder: Path, keep: slice) -> DigitPictures:
        """Read the idx files in `folder`; `keep` selects pictures (training or held out)."""
        with gzip.open(folder / "t10k-images-idx3-ubyte.gz") as stream:
            images = np.frombuffer(stream.read(), np.uint8, offset=16).reshape(-1, 28, 28)
        with gzip.open(folder / "t10k-labels-idx1-ubyte.gz") as stream:
            labels = np.frombuffer(stream.read(), np.uint8, offset=8)
        images, labels = images[keep], labels[keep]
        return cls(tuple(images[labels == digit] for digit in range(10)))

    def write(self, text: str, height: float, rng: Generator) -> tuple[Ink, int]:
        """Return the digits `text` side by side and the row of their baseline."""
        slant, gap = rng.normal(0, 0.15), rng.normal(0.1, 0.12)
        stretch, thick = rng.uniform(0.75, 1.15), int(rng.integers(0, 3))
        style = (height, slant, stretch, thick)
        return assemble([(self._cell(int(sign), style, rng), 0) for sign in text], height, gap, rng)

    def _cell(self, digit: int, style: tuple[float, float, float, int], rng: Generator) -> Ink:
        height, slant, stretch, thick = style
        pictures = self.by_digit[digit]
        picture = pictures[int(rng.integers(len(pictures)))]
        if thick == 0:  # a finer pen
            picture = cv2.erode(picture, np.ones((2, 2), np.uint8))
        leaned = _lean(picture, slant)
        zoom = height * rng.uniform(0.9, 1.1) / max(leaned.shape[0], 14)
        return _scaled(leaned, zoom * stretch, zoom)


@dataclass(frozen=True)
class FontHands:
    """The signs of each hand font, cut out, with what hangs under the baseline."""

    hands: tuple[dict[str, Cell], ...]

    @classmethod
    def load(cls, folders: Sequence[Path], names: Sequence[str]) -> FontHands:
        """Draw the signs of the fonts `names` found under `folders`.

        Raises FileNotFoundError naming the packages if a font is missing.
        """
        return cls(tuple(_signs_of(_font_file(folders, name)) for name in names))

    def write(self, text: str, height: float, rng: Generator) -> tuple[Ink, int]:
        """Return `text` in one of the hands and the row of its baseline."""
        signs = self.hands[int(rng.integers(len(self.hands)))]
        slant, gap = rng.normal(0.02, 0.14), rng.normal(0.06, 0.1)
        stretch, pen = rng.uniform(0.75, 1.25), int(rng.choice((-1, 0, 0, 1, 2)))
        cells = []
        for sign in text:
            picture, under = signs[sign]
            zoom = height / _SIZE * rng.uniform(0.88, 1.12)
            if pen:
                change = cv2.dilate if pen > 0 else cv2.erode
                picture = change(picture, np.ones((2 * abs(pen), 2 * abs(pen)), np.uint8))
            leaned = _lean(picture, slant + rng.normal(0, 0.04))
            cells.append((_scaled(leaned, zoom * stretch, zoom), round(under * zoom)))
        return assemble(cells, height, gap, rng)


def assemble(cells: Sequence[Cell], height: float, gap: float, rng: Generator) -> tuple[Ink, int]:
    """Return signs side by side, about `gap` of their height apart, and their baseline's row."""
    total = round(sum(c.shape[1] + abs(gap) * height for c, _ in cells)) + 2 * round(height) + 4
    deep = max(under for _, under in cells) + 3
    tall = max(c.shape[0] - under for c, under in cells) + 4
    canvas, x = np.zeros((tall + deep, total), np.uint8), round(height * 0.5)
    for cell, under in cells:
        y = max(0, tall - cell.shape[0] + under - int(rng.integers(0, 3)))
        here = canvas[y : y + cell.shape[0], x : x + cell.shape[1]]
        np.maximum(here, cell[: here.shape[0], : here.shape[1]], out=here)
        x += max(4, round(cell.shape[1] + gap * height + rng.normal(0, 0.06) * height))
    columns = np.flatnonzero(canvas.any(axis=0))
    return canvas[:, columns[0] : columns[-1] + 1], tall - 1


def _lean(picture: Ink, slant: float) -> Ink:
    """Return `picture` leaned to the right by `slant`, cut to its ink across."""
    height, width = picture.shape
    room = round(abs(slant) * height) + 1
    matrix = np.array([[1, -slant, slant * height / 2 + room], [0, 1, 0]])
    leaned = cv2.warpAffine(picture, matrix, (width + 2 * room, height), flags=cv2.INTER_LINEAR)
    columns = np.flatnonzero(leaned.max(axis=0) > 40)
    rows = np.flatnonzero(leaned.max(axis=1) > 40)
    if not len(columns):
        return picture
    return leaned[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _scaled(picture: Ink, across: float, down: float) -> Ink:
    size = (max(2, round(picture.shape[1] * across)), max(4, round(picture.shape[0] * down)))
    how = cv2.INTER_AREA if down < 1 else cv2.INTER_LINEAR
    return cv2.resize(picture, size, interpolation=how)


def _font_file(folders: Sequence[Path], name: str) -> Path:
    for pattern in (f"{name}.[ot]tf", f"{name}-latin-400-normal.woff"):
        for folder in folders:
            for found in sorted(folder.rglob(pattern)):
                return found
    where = ", ".join(map(str, folders))
    raise FileNotFoundError(
        f"font {name} is not under {where}; install the Debian packages {PACKAGES}, and for names "
        f"in small letters `npm install --prefix {folders[-1].parent} @fontsource/NAME`"
    )


def _signs_of(path: Path) -> dict[str, Cell]:
    """Return the signs of a font, its figures _SIZE high."""
    probe = ImageFont.truetype(str(path), 100)
    figures = [probe.getbbox(sign, anchor="ls") for sign in "0123456789"]
    usual = float(np.median([bottom - top for _, top, _, bottom in figures]))
    face = ImageFont.truetype(str(path), round(100 * _SIZE / usual))
    return {sign: _cut(face, sign) for sign in _SIGNS}


def _cut(face: ImageFont.FreeTypeFont, sign: str) -> Cell:
    left, top, right, bottom = (round(edge) for edge in face.getbbox(sign, anchor="ls"))
    picture = Image.new("L", (right - left + 8, bottom - top + 8))
    ImageDraw.Draw(picture).text((4 - left, 4 - top), sign, 255, font=face, anchor="ls")
    ink = np.asarray(picture)
    rows = np.flatnonzero(ink.any(axis=1))
    columns = np.flatnonzero(ink.any(axis=0))
    under = max(0, int(rows[-1]) + 1 - (4 - top))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], under
