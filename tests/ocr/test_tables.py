import shutil
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.ocr.pages import centred, line, page
from vnocr.imaging.clean import clean
from vnocr.model import Box, PageImage, Region
from vnocr.ocr.engine import load_engine
from vnocr.ocr.layout import arrange
from vnocr.ocr.reading import read_page
from vnocr.settings import ImagingSettings, OcrSettings

ROWS = (
    ("STT", "Nội dung công việc", "Đơn vị thực hiện"),
    ("1", "Kiểm tra hồ sơ|của các trường học", "Phòng Giáo dục"),
    ("2", "Lập danh sách|học sinh giỏi", "Trường Trung học|cơ sở Hoa Mai"),
    ("3", "Báo cáo kết quả", "Văn phòng huyện"),
)
EDGES, TOPS = (200, 320, 820, 1440), (700, 780, 900, 1020, 1100)
CELLS = [
    Box(left + 2, top + 2, right, bottom)
    for top, bottom in pairwise(TOPS)
    for left, right in pairwise(EDGES)
]
WANTED = [part for row in ROWS for cell in row for part in cell.split("|")]


def test_words_of_a_cell_stay_together_though_lines_run_across() -> None:
    lines = [
        centred("Danh sách các việc phải làm", 820, 600),
        line("1 Kiểm tra Phòng Y tế", 330 - 12 * 2, 720),
        line("hồ sơ", 330, 760),
        line("Các phòng thực hiện theo danh sách", 240, 1000),
    ]
    first = lines[1].words
    assert first[0].box
    assert first[3].box
    cells = [
        Box(290, 700, first[1].box.left - 2, 800),  # type: ignore[union-attr]
        Box(first[1].box.left - 2, 700, first[3].box.left - 2, 800),  # type: ignore[union-attr]
        Box(first[3].box.left - 2, 700, 900, 800),
    ]
    read = arrange(page(lines), cells)
    assert [one.text for one in read.lines] == [
        "Danh sách các việc phải làm",
        "1",
        "Kiểm tra",
        "hồ sơ",
        "Phòng Y tế",
        "Các phòng thực hiện theo danh sách",
    ]
    assert [one.region for one in read.lines[1:5]] == [Region.TABLE] * 4


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("tesseract"), reason="needs Tesseract")
def test_a_printed_table_is_read_cell_by_cell() -> None:
    picture = Image.new("RGB", (1654, 2339), "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype("DejaVuSerif.ttf", 30)
    draw.text((200, 600), "Phân công thực hiện các nhiệm vụ trong tháng như sau:", "black", font)
    for left in EDGES:
        draw.line((left, TOPS[0], left, TOPS[-1]), "black", 3)
    for top in TOPS:
        draw.line((EDGES[0], top, EDGES[-1], top), "black", 3)
    for row, top in zip(ROWS, TOPS, strict=False):
        for cell, left in zip(row, EDGES, strict=False):
            for at, part in enumerate(cell.split("|")):
                draw.text((left + 18, top + 14 + 46 * at), part, "black", font)
    draw.text((200, 1180), "Các đơn vị báo cáo kết quả trước ngày 20 hằng tháng.", "black", font)

    cleaned = clean(PageImage(1, np.asarray(picture), 200), ImagingSettings())
    read = read_page(cleaned.grey, load_engine(OcrSettings()), cleaned.cells)

    assert len(cleaned.cells) == len(CELLS)
    words = [one.text for one in read.lines if one.region is Region.TABLE]
    assert [text for text in words if len(text) > 1] == [text for text in WANTED if len(text) > 1]
    assert read.lines[0].text.startswith("Phân công")
    assert read.lines[-1].text.startswith("Các đơn vị")
