"""Rendering text as the scanned pages an archive holds: fonts, sizes, resolutions, wear."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

FONT_ROOT = Path("/usr/share/fonts/truetype")
# Times look-alikes lead, as they do on paper; the others keep the channel from fitting one font.
_FONTS = (
    ("croscore/Tinos-Regular.ttf", 10),
    ("croscore/Tinos-Bold.ttf", 4),
    ("croscore/Tinos-Italic.ttf", 3),
    ("croscore/Tinos-BoldItalic.ttf", 1),
    ("freefont/FreeSerif.ttf", 4),
    ("freefont/FreeSerifBold.ttf", 1),
    ("freefont/FreeSerifItalic.ttf", 1),
    ("noto/NotoSerif-Regular.ttf", 2),
    ("dejavu/DejaVuSerif.ttf", 1),
    ("croscore/Arimo-Regular.ttf", 2),
    ("freefont/FreeSans.ttf", 1),
    ("noto/NotoSans-Regular.ttf", 1),
)
_DPI = (120, 150, 200, 200, 300)
_LINES = 34
_MARGIN = 60


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page image (grey, uint8) with the text lines that stand on it."""

    pixels: NDArray[np.uint8]
    lines: tuple[str, ...]
    dpi: int
    font: str
    wear: float


def render(paragraphs: list[str], chance: random.Random) -> RenderedPage:
    """Set paragraphs in a random font, size and resolution, and wear the page."""
    name = chance.choices([font for font, _ in _FONTS], [weight for _, weight in _FONTS])[0]
    dpi = chance.choice(_DPI)
    points = chance.choice((12, 13, 13, 14, 14))
    page = typeset([_headed(text, chance) for text in paragraphs], name, dpi, points)
    wear = chance.choice((0.0, 0.3, 0.6, 0.8, 1.0))
    return replace(page, pixels=_worn(page.pixels, wear, chance), wear=wear)


def typeset(paragraphs: list[str], name: str, dpi: int, points: int) -> RenderedPage:
    """Return a clean page with the first lines of `paragraphs` in the font `name`."""
    font = ImageFont.truetype(str(FONT_ROOT / name), round(points * dpi / 72))
    width = round(6.3 * dpi)
    lines = _wrap(paragraphs, font, width)[:_LINES]
    pixels = _draw(lines, font, width, round(points * dpi / 72 * 1.35))
    return RenderedPage(pixels, tuple(lines), dpi, name, 0.0)


def _headed(text: str, chance: random.Random) -> str:
    """Turn one paragraph in eight into a heading in capitals."""
    if chance.random() > 0.125:
        return text
    return " ".join(text.split()[: chance.randint(3, 14)]).upper()


def _wrap(paragraphs: list[str], font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    for text in paragraphs:
        line = ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if font.getlength(longer) > width and line:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return [line for line in lines if line]


def _draw(
    lines: list[str], font: ImageFont.FreeTypeFont, width: int, step: int
) -> NDArray[np.uint8]:
    height = step * len(lines) + 2 * _MARGIN
    image = Image.new("L", (width + 2 * _MARGIN, height), 255)
    draw = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        draw.text((_MARGIN, _MARGIN + row * step), line, font=font, fill=0)
    return np.array(image, dtype=np.uint8)


def _worn(pixels: NDArray[np.uint8], wear: float, chance: random.Random) -> NDArray[np.uint8]:
    """Blur, thin or thicken, tilt, add grain and compress, as copying and scanning do."""
    if wear == 0:
        return pixels
    image = cv2.GaussianBlur(pixels, (0, 0), 0.3 + 0.9 * wear * chance.random())
    if chance.random() < 0.5 * wear:
        kernel = np.ones((2, 2), np.uint8)
        image = cv2.dilate(image, kernel) if chance.random() < 0.6 else cv2.erode(image, kernel)
    height, width = image.shape
    tilt = cv2.getRotationMatrix2D((width / 2, height / 2), chance.gauss(0, 0.35 * wear), 1)
    image = cv2.warpAffine(image, tilt, (width, height), borderValue=255)
    grain = np.random.default_rng(chance.getrandbits(32)).normal(0, 28 * wear, image.shape)
    noisy = np.clip(image.astype(np.float32) + grain, 0, 255).astype(np.uint8)
    if chance.random() < 0.4 * wear:
        noisy = np.where(noisy > 255 * chance.uniform(0.45, 0.65), 255, 0).astype(np.uint8)
    quality = int(90 - 50 * wear * chance.random())
    _, packed = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
