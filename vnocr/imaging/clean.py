"""From a page image in colour to a grey, upright one that reads well.

Each step is taken only where the page shows that it needs it. What the steps are worth was
measured on real scans; sharpening, median filters and binarisation by ourselves cost Vietnamese
its marks and are left out; so does blurring, except where the print is faint.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vnocr.imaging.faint import smooth_if_faint
from vnocr.imaging.ink import brightest_channel, inner, paper_brightness
from vnocr.imaging.rules import remove_table_rules
from vnocr.imaging.seals import COARSENESS, find_seals
from vnocr.imaging.skew import find_pose, rotate, turn_upright, turned
from vnocr.imaging.specks import remove_specks
from vnocr.model import Box, Line, Page, PageImage, Seal
from vnocr.settings import ImagingSettings

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Ink, as a share of the inner page, below which nobody would see writing.
_BLANK_INK = 0.0004
_INK_BELOW = 0.6
# A letterhead ends this share of the page's width below its top.
_LETTERHEAD = 0.8


@dataclass(frozen=True, slots=True)
class CleanedPage:
    """A page ready to be recognised.

    All boxes of the page hold in `grey`, which is `original` turned clockwise by `turn`
    degrees (0, 90, 180 or 270) and then straightened by `skew` degrees about its centre,
    in the same size. `seals` are where coloured stamps stand, `cells` those of tables with a grid.
    """

    grey: PageImage
    original: PageImage
    turn: int
    skew: float
    blank: bool
    seals: tuple[Seal, ...] = ()
    cells: tuple[Box, ...] = ()

    @classmethod
    def as_drawn(cls, image: PageImage) -> CleanedPage:
        """Return a page that needs no cleaning because its text is known."""
        grey = brightest_channel(image.pixels)
        return cls(PageImage(image.number, grey, image.dpi), image, 0, 0.0, blank=False)

    @property
    def colour(self) -> PageImage:
        """The original, turned and straightened alike: for ink, seals and handwriting."""
        height, width = self.grey.pixels.shape
        return replace(self.original, pixels=self.colour_of(Box(0, 0, width, height)))

    def straightened(self, page: Page) -> Page | None:
        """Return `page`, whose boxes lie in `original`, with its boxes in `grey`.

        None where the picture was turned: text that was written on its side is of no use.
        """
        if self.turn:
            return None
        height, width = self.grey.pixels.shape
        lines = tuple(
            _straightened(line, self.skew, (width / 2, height / 2)) for line in page.lines
        )
        return replace(page, lines=lines)

    @property
    def letterhead(self) -> PageImage:
        """The upper part of the page in red light: red seals fade in it, blue ink stays.

        Grey, with the boxes of the page.
        """
        height, width = self.grey.pixels.shape
        upper = Box(0, 0, width, min(height, round(_LETTERHEAD * width)))
        pixels = self.original.pixels
        red = np.ascontiguousarray(pixels[..., 0]) if pixels.ndim == 3 else pixels
        return replace(self.original, pixels=rotate(turn_upright(red, self.turn), self.skew, upper))

    def colour_of(self, box: Box) -> NDArray[np.uint8]:
        """Return the part of `colour` in `box`, which takes less time than the whole."""
        return rotate(turn_upright(self.original.pixels, self.turn), self.skew, box)


def _straightened(line: Line, degrees: float, centre: tuple[float, float]) -> Line:
    words = tuple(
        replace(word, box=turned(word.box, degrees, centre)) if word.box else word
        for word in line.words
    )
    return replace(line, words=words, box=Box.around(word.box for word in words))


def clean(image: PageImage, settings: ImagingSettings) -> CleanedPage:
    """Return `image` grey, upright and straight; without specks, smoothed where it needs that."""
    grey = brightest_channel(image.pixels)
    if is_blank(grey):
        return CleanedPage(PageImage(image.number, grey, image.dpi), image, 0, 0.0, blank=True)
    turn, skew = find_pose(grey) if settings.deskew else (0, 0.0)
    grey = smooth_if_faint(remove_specks(turn_upright(grey, turn)), image.dpi)
    grey, cells = remove_table_rules(rotate(grey, skew), image.dpi)
    coarse = turn_upright(image.pixels, turn)[::COARSENESS, ::COARSENESS]
    seals = find_seals(rotate(coarse, skew), image.dpi / COARSENESS)
    straight = PageImage(image.number, grey, image.dpi)
    return CleanedPage(straight, image, turn, skew, blank=False, seals=seals, cells=cells)


def is_blank(grey: NDArray[np.uint8]) -> bool:
    """Whether (height, width) `grey` shows no writing; faint print from the back is none."""
    dark = inner(grey)[::2, ::2] < paper_brightness(grey) * _INK_BELOW
    return float(np.mean(dark)) < _BLANK_INK
