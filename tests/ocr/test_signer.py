"""Names under signatures that a seal or a pen has crossed, on invented blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tests.ocr.pages import ReplayEngine, centred, page
from vnocr.model import Box, Line, Page, PageImage, Region
from vnocr.ocr.engine import load_engine
from vnocr.ocr.reading import read_page
from vnocr.ocr.signer import read_signer
from vnocr.settings import OcrSettings

FONT = "/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf"
RED, BLUE, BLACK = (200, 25, 50), (40, 60, 170), (15, 15, 15)
COLUMN = 1160


def block(name: str, ink: tuple[int, int, int] = BLACK) -> NDArray[np.uint8]:
    """The foot of a dispatch at 200 dpi: recipients, position and name, in RGB."""
    sheet = Image.new("RGB", (1654, 1100), (252, 252, 250))
    draw, font = ImageDraw.Draw(sheet), ImageFont.truetype(FONT, 38)
    for row in range(6):
        text = "Các đơn vị được giao nhiệm vụ báo cáo kết quả trước ngày đã định trong năm"
        draw.text((210, 60 + 52 * row), text, BLACK, ImageFont.truetype(FONT, 36))
    draw.text((210, 430), "Nơi nhận:", BLACK, font)
    draw.text((210, 480), "- Như trên;", BLACK, font)
    draw.text((COLUMN, 430), "KT. GIÁM ĐỐC", BLACK, font, anchor="ma")
    draw.text((COLUMN, 478), "PHÓ GIÁM ĐỐC", BLACK, font, anchor="ma")
    draw.text((COLUMN, 740), name, ink, font, anchor="ma")
    return np.array(sheet)


def part_of(pixels: NDArray[np.uint8]) -> Callable[[Box], NDArray[np.uint8]]:
    return lambda box: pixels[box.top : box.bottom, box.left : box.right]


def read(pixels: NDArray[np.uint8], families: tuple[str, ...] = ()) -> Page:
    engine = load_engine(OcrSettings())
    first = read_page(PageImage(1, pixels.max(axis=2), 200), engine)
    return read_signer(first, part_of(pixels), engine, families)


def signature(read: Page) -> list[str]:
    return [line.seen for line in read.lines if line.region is Region.SIGNATURE]


def test_name_crossed_by_the_rim_of_an_opaque_seal() -> None:
    pixels = block("Nguyễn Văn Phước")
    cv2.circle(pixels, (930, 640), 150, RED, 7, cv2.LINE_AA)

    assert signature(read(pixels))[-1] == "Nguyễn Văn Phước"


def test_readings_of_a_name_under_a_broad_rim_vote_word_by_word() -> None:
    # No reading of the row has all three words.
    pixels = block("Đặng Quốc Bảo")
    cv2.circle(pixels, (960, 634), 150, RED, 12, cv2.LINE_AA)

    assert signature(read(pixels))[-1] != "Đặng Quốc Bảo"
    assert signature(read(pixels, ("Đặng", "Lê")))[-1] == "Đặng Quốc Bảo"


def test_name_stamped_in_red() -> None:
    pixels = block("Lê Hoàng Nam", RED)
    cv2.polylines(pixels, [np.array([(960, 690), (1100, 560), (1150, 690), (1330, 600)])], False,
                  BLUE, 4)  # fmt: skip

    assert "Lê Hoàng Nam" in signature(read(pixels))


def test_name_whose_first_letters_a_black_seal_hides_is_kept_as_far_as_it_is_legible() -> None:
    pixels = block("Hoàng Văn Phước")
    left = 1160 - 140
    cv2.circle(pixels, (left - 60, 690), 140, BLACK, -1, cv2.LINE_AA)

    last = signature(read(pixels))[-1]
    assert last.endswith("Văn Phước")
    assert "Hoàng".endswith(last.split()[0])


def test_sure_name_is_not_read_again() -> None:
    lines = [centred("GIÁM ĐỐC", 1160, 430), centred("Trần Thị Mai", 1160, 740)]
    signed = page([])
    signed = Page(
        1,
        tuple(replace(line, region=Region.SIGNATURE) for line in lines),
        "ocr",
        signed.width,
        1100,
        200,
    )

    assert read_signer(signed, part_of(block("Trần Thị Mai")), ReplayEngine()) is signed


@pytest.mark.parametrize("lines", [[], [centred("Thực hiện nhiệm vụ", 800, 300)]])
def test_page_without_a_foot_is_left_alone(lines: list[Line]) -> None:
    unsigned = page(lines)
    pixels = np.full((2339, 1654, 3), 255, np.uint8)

    assert read_signer(unsigned, part_of(pixels), ReplayEngine()) is unsigned
