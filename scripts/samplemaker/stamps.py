"""Draws seals and stamps as ink masks (0 bare paper, 1 full ink)."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from samplemaker.fonts import Face, path_of
from samplemaker.pen import Mask, digits_mask
from samplemaker.sheet import MM, ArrivalMark, SealMark, UrgencyMark

_SERIF, _SANS = Face("Tinos", bold=True), Face("Arimo", bold=True)
_FINE = 2  # drawn this much larger, then reduced, for smooth edges


def _font(face: Face, pixels: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path_of(face), round(pixels), layout_engine=ImageFont.Layout.BASIC)


def _mask(image: Image.Image) -> Mask:
    small = image.resize((image.width // _FINE, image.height // _FINE), Image.Resampling.BOX)
    return np.asarray(small, np.float32) / 255


def worn(mask: Mask, strength: float, rng: Generator) -> Mask:
    """Return `mask` with the uneven ink of a hand stamp."""
    rows, columns = mask.shape
    cloud = rng.normal(0, 1, (rows // 24 + 2, columns // 24 + 2)).astype(np.float32)
    cloud = cv2.resize(cloud, (columns, rows), interpolation=cv2.INTER_CUBIC)
    dust = cv2.GaussianBlur(rng.normal(0, 1, mask.shape).astype(np.float32), (0, 0), 0.8)
    ink = 1 - strength * np.clip(0.35 + 0.45 * cloud + 0.9 * dust, 0, 1)
    return (mask * np.clip(ink, 0, 1)).astype(np.float32)


def turned(mask: Mask, degrees: float) -> Mask:
    """Return `mask` turned counter-clockwise on a canvas that holds all of it."""
    image = Image.fromarray((mask * 255).astype(np.uint8))
    image = image.rotate(degrees, Image.Resampling.BICUBIC, expand=True)
    return np.asarray(image, np.float32) / 255


def seal_mask(mark: SealMark, scale: float, rng: Generator) -> Mask:
    """Return a round seal at `scale` pixels a point: double ring, text, star, centre lines."""
    radius = mark.radius * scale * _FINE
    side = round(2 * radius * 1.04)
    image = Image.new("L", (side, side))
    pen = ImageDraw.Draw(image)
    middle = side / 2
    for share, weight in ((1.0, 0.036), (0.93, 0.014), (0.62, 0.018)):
        r = radius * share
        box = (middle - r, middle - r, middle + r, middle + r)
        pen.ellipse(box, outline=255, width=max(1, round(radius * weight)))
    _ring_text(image, mark.ring, radius)
    _star(pen, (middle, middle + radius * 0.775), radius * 0.085)
    if mark.centre:
        _centre_lines(pen, mark.centre, middle, radius)
    else:
        _emblem(pen, middle, radius)
    return worn(turned(_mask(image), rng.uniform(-9, 9)), 0.5, rng)


def _ring_text(image: Image.Image, text: str, radius: float) -> None:
    middle, track = image.width / 2, radius * 0.775
    size, longest = radius * 0.235, np.radians(306) * track
    size *= min(1.0, longest / (1.06 * _font(_SERIF, size).getlength(text)))
    font = _font(_SERIF, size)
    widths = [font.getlength(letter) * 1.06 for letter in text]
    angle = -sum(widths) / track / 2  # from the top, clockwise
    for letter, room in zip(text, widths, strict=True):
        angle += room / track / 2
        tile = Image.new("L", (round(radius * 0.5),) * 2)
        ImageDraw.Draw(tile).text((tile.width / 2,) * 2, letter, 255, font, anchor="mm")
        tile = tile.rotate(-np.degrees(angle), Image.Resampling.BICUBIC)
        x = middle + track * np.sin(angle) - tile.width / 2
        y = middle - track * np.cos(angle) - tile.height / 2
        image.paste(255, (round(x), round(y)), tile)
        angle += room / track / 2


def _star(pen: ImageDraw.ImageDraw, centre: tuple[float, float], radius: float) -> None:
    points = []
    for index in range(10):
        r = radius if index % 2 == 0 else radius * 0.4
        angle = np.pi * index / 5
        points.append((centre[0] + r * np.sin(angle), centre[1] - r * np.cos(angle)))
    pen.polygon(points, fill=255)


def _centre_lines(
    pen: ImageDraw.ImageDraw, lines: tuple[str, ...], middle: float, radius: float
) -> None:
    longest = max(lines, key=len)
    size = radius * 0.26
    size *= min(1.0, radius * 1.08 / _font(_SERIF, size).getlength(longest))
    y = middle - (len(lines) - 1) * size * 0.6
    for line in lines:
        pen.text((middle, y), line, 255, _font(_SERIF, size), anchor="mm")
        y += size * 1.2


def _emblem(pen: ImageDraw.ImageDraw, middle: float, radius: float) -> None:
    """Draw a star over a cogwheel between two sheaves, simplified as on a worn stamp."""
    _star(pen, (middle, middle - radius * 0.14), radius * 0.2)
    weight = max(1, round(radius * 0.02))
    r = radius * 0.2
    low = middle + radius * 0.3
    pen.arc((middle - r, low - r, middle + r, low + r), 180, 360, 255, weight * 2)
    for step in range(7):
        angle = np.pi * (1 + step / 6)
        x, y = middle + r * np.cos(angle), low + r * np.sin(angle)
        pen.line(
            (x, y, x + 0.28 * r * np.cos(angle), y + 0.28 * r * np.sin(angle)), 255, weight * 2
        )
    for side in (-1, 1):
        for step in range(13):
            angle = np.pi / 2 - side * np.radians(22 + step * 10)
            x, y = middle + radius * 0.46 * np.cos(angle), middle + radius * 0.46 * np.sin(angle)
            grain = radius * 0.05
            pen.ellipse((x - grain, y - grain * 0.6, x + grain, y + grain * 0.6), fill=255)


def arrival_mask(mark: ArrivalMark, scale: float, rng: Generator) -> tuple[Mask, Mask]:
    """Return the stamp ĐẾN (50 x 30 mm) and, in the same frame, what the pen wrote on it."""
    pixel = scale * _FINE
    width, height = round(50 * MM * pixel), round(27 * MM * pixel)
    image = Image.new("L", (width, height))
    pen = ImageDraw.Draw(image)
    edge = max(2, round(1.1 * pixel))
    pen.rectangle((edge, edge, width - edge, height - edge), outline=255, width=edge)
    y = 8.5 * pixel
    for line in mark.office:
        size = 8.5 * pixel
        size *= min(1.0, (width - 12 * pixel) / _font(_SANS, size).getlength(line))
        pen.text((width / 2, y), line, 255, _font(_SANS, size), anchor="mm")
        y += 9 * pixel
    pen.line((edge, y - 3 * pixel, width - edge, y - 3 * pixel), 255, max(1, round(0.6 * pixel)))
    pen.text((24 * pixel, y + 18 * pixel), "ĐẾN", 255, _font(_SANS, 18 * pixel), anchor="mm")
    rows = [y + (7 + 15.5 * step) * pixel for step in range(3)]
    for label, row in zip(("Số:", "Ngày:", "Chuyển:"), rows, strict=True):
        pen.text((52 * pixel, row), label, 255, _font(_SANS, 8 * pixel), anchor="lm")
        dots = 52 * pixel + _font(_SANS, 8 * pixel).getlength(label) + 2 * pixel
        while dots < width - 5 * pixel:
            pen.rectangle((dots, row + 3 * pixel, dots + pixel * 0.7, row + 3.7 * pixel), fill=255)
            dots += 2.6 * pixel
    stamp = _mask(image)
    written = np.zeros_like(stamp)
    for text, row, start in ((mark.serial, rows[0], 70), (mark.date, rows[1], 76)):
        _paste(written, digits_mask(text, 10 * scale, rng), (start * scale, row / _FINE))
    degrees = mark.angle
    return worn(turned(stamp, degrees), 0.35, rng), turned(written, degrees)


def _paste(canvas: Mask, piece: Mask, place: tuple[float, float]) -> None:
    """Lay `piece` on `canvas` with its left edge and its middle height at `place`."""
    left, top = round(place[0]), max(0, round(place[1] - piece.shape[0] / 2))
    room = canvas[top : top + piece.shape[0], left : left + piece.shape[1]]
    np.maximum(room, piece[: room.shape[0], : room.shape[1]], out=room)


def urgency_mask(mark: UrgencyMark, scale: float, rng: Generator) -> Mask:
    """Return a boxed word, 30 x 8 mm."""
    pixel = scale * _FINE
    width, height = round(30 * MM * pixel), round(8 * MM * pixel)
    image = Image.new("L", (width, height))
    pen = ImageDraw.Draw(image)
    pen.rectangle((2, 2, width - 3, height - 3), outline=255, width=max(2, round(1.2 * pixel)))
    font = _font(_SERIF, 14 * pixel)
    pen.text((width / 2, height / 2), mark.text, 255, font, anchor="mm")
    return worn(turned(_mask(image), rng.uniform(-4, 4)), 0.45, rng)


def tint(paper: NDArray[np.float32], mask: Mask, colour: tuple[float, float, float]) -> None:
    """Multiply `paper` (rows, columns, 3) by ink of `colour` where `mask` says so, in place."""
    rows, columns = paper.shape[:2]
    for channel in range(3):
        paper[..., channel] *= 1 - mask[:rows, :columns] * (1 - colour[channel])
