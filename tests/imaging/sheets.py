"""Page images and PDFs for tests: text-like rows, seals, noise; no font and no scan needed."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

WHITE = 255
PARAGRAPH = "bhdl xuong trinh dkfl bhid lo khth nal bhot idkl hon tab lkd hift odl"


def text_page(lines: int = 24, height: int = 1400, width: int = 1000) -> NDArray[np.uint8]:
    """A grey page of rows of small letters with more tall letters than hanging ones."""
    page = np.full((height, width), WHITE, np.uint8)
    for row in range(lines):
        cv2.putText(page, PARAGRAPH[row % 9 :][:52], (90, 130 + 45 * row), 0, 0.85, 0, 2)
    return page


def tilted(page: NDArray[np.uint8], degrees: float) -> NDArray[np.uint8]:
    """The page with its lines sinking to the right by `degrees`."""
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    tilt = cv2.warpAffine(page, turn, (width, height), borderValue=(WHITE,) * 3)
    return np.asarray(tilt, dtype=np.uint8)


def coloured(page: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The grey page as RGB."""
    return np.repeat(page[..., None], 3, axis=2)


def with_seal(
    page: NDArray[np.uint8], centre: tuple[int, int], radius: int, ink: tuple[int, int, int]
) -> NDArray[np.uint8]:
    """The RGB page with a round stamp printed over it, as ink that lets the print through."""
    stamp = np.full_like(page, WHITE)
    for share in (1.0, 0.92, 0.6):
        cv2.circle(stamp, centre, int(radius * share), ink, 4)
    for angle in range(0, 360, 20):
        turn = np.radians(angle)
        x, y = centre[0] + 0.76 * radius * np.cos(turn), centre[1] + 0.76 * radius * np.sin(turn)
        cv2.putText(stamp, "B", (int(x) - 8, int(y) + 8), 0, 0.6, ink, 2)
    return np.minimum(page, stamp)


def save_image(pixels: NDArray[np.uint8], path: Path, **options: object) -> Path:
    """Write pixels with Pillow in the format of the suffix."""
    from PIL import Image

    Image.fromarray(pixels).save(path, **options)  # type: ignore[arg-type]
    return path


def pdf_of(
    path: Path, content: str = "", pages: int = 1, size: tuple[float, float] = (595, 842)
) -> Path:
    """A PDF whose pages carry `content` in Helvetica operators, written with pikepdf."""
    import pikepdf

    with pikepdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=size)
            font = pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
            page.Contents = pdf.make_stream(content.encode("latin-1"))
        pdf.save(path)
    return path


def text_at(x: float, y: float, text: str, size: float = 13) -> str:
    """PDF operators that set `text` with its baseline at (x, y) points."""
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n"
