"""Paints a laid-out sheet as a clean picture: RGB, 0..1, white paper."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from samplemaker.fonts import path_of, width
from samplemaker.pen import Mask, digits_mask, signature_mask
from samplemaker.sheet import (
    HEIGHT,
    WIDTH,
    ArrivalMark,
    Rule,
    SealMark,
    Sheet,
    SignatureMark,
    Text,
    UrgencyMark,
    Written,
)
from samplemaker.stamps import arrival_mask, seal_mask, tint, urgency_mask

Picture = NDArray[np.float32]
Colour = tuple[float, float, float]

RED: Colour = (0.86, 0.13, 0.2)
BLUE_PEN: Colour = (0.12, 0.2, 0.6)
_TONER = 18  # grey level of printed black
VIOLET: Colour = (0.36, 0.22, 0.62)


def size_in_pixels(dpi: int) -> tuple[int, int]:
    """Return columns and rows of an A4 sheet."""
    return round(WIDTH * dpi / 72), round(HEIGHT * dpi / 72)


def paint(sheet: Sheet, dpi: int, rng: Generator) -> Picture:
    """Return `sheet` as (rows, columns, 3) at `dpi`."""
    scale = dpi / 72
    picture = np.repeat(_print(sheet, dpi)[..., None], 3, axis=2)
    for mark in sheet.marks:
        match mark:
            case Written():
                mask = digits_mask(mark.text, mark.height * scale, rng)
                # The margin of the mask is half a height on every side.
                x = (mark.x + mark.room / 2) * scale - mask.shape[1] / 2
                y = (mark.y - mark.height * 1.42) * scale
                _ink(picture, mask, (x, y), BLUE_PEN)
            case SignatureMark():
                mask = signature_mask(mark.width * scale, mark.height * scale, rng)
                _ink(picture, mask, (mark.x * scale, mark.y * scale), BLUE_PEN)
            case SealMark():
                mask = seal_mask(mark, scale, rng)
                half_x, half_y = mask.shape[1] / 2, mask.shape[0] / 2
                _ink(picture, mask, (mark.x * scale - half_x, mark.y * scale - half_y), RED)
            case ArrivalMark():
                stamp, written = arrival_mask(mark, scale, rng)
                _ink(picture, stamp, (mark.x * scale, mark.y * scale), VIOLET)
                _ink(picture, written, (mark.x * scale, mark.y * scale), BLUE_PEN)
            case UrgencyMark():
                mask = urgency_mask(mark, scale, rng)
                _ink(picture, mask, (mark.x * scale, mark.y * scale), RED)
    return picture


def _print(sheet: Sheet, dpi: int) -> Mask:
    scale = dpi / 72
    image = Image.new("L", size_in_pixels(dpi), 255)
    pen = ImageDraw.Draw(image)
    for mark in sheet.marks:
        if isinstance(mark, Text):
            _letters(pen, mark, scale)
        elif isinstance(mark, Rule):
            ends = tuple(round(v * scale) for v in (mark.x0, mark.y0, mark.x1, mark.y1))
            pen.line(ends, _TONER, max(1, round(mark.weight * scale)))
    return np.asarray(image, np.float32) / 255


def _letters(pen: ImageDraw.ImageDraw, mark: Text, scale: float) -> None:
    """Draw letter by letter: a run drawn at once would round each advance to whole pixels."""
    # Half sizes matter (13.5 pt), so the size stays a fraction.
    font = ImageFont.truetype(
        path_of(mark.face), mark.size * scale, layout_engine=ImageFont.Layout.BASIC
    )
    x = mark.x
    for letter in mark.text:
        pen.text((x * scale, mark.y * scale), letter, _TONER, font, anchor="ls")
        x += width(letter, mark.face, mark.size)


def _ink(picture: Picture, mask: Mask, place: tuple[float, float], colour: Colour) -> None:
    """Press `mask` on `picture` with its top left corner at `place`; what hangs over is lost."""
    left, top = round(place[0]), round(place[1])
    rows, columns = picture.shape[:2]
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + mask.shape[1], columns), min(top + mask.shape[0], rows)
    if x0 < x1 and y0 < y1:
        part = mask[y0 - top : y1 - top, x0 - left : x1 - left]
        tint(picture[y0:y1, x0:x1], part, colour)
