from pathlib import Path

import numpy as np
import pytest

from tests.imaging.sheets import coloured, text_page, tilted, with_seal
from vnocr.errors import OutputError
from vnocr.imaging.clean import clean
from vnocr.imaging.debug import write_debug_images
from vnocr.model import Box, Line, Page, PageImage, Region, Word
from vnocr.settings import ImagingSettings

BOX = Box(90, 100, 300, 140)
PAGE = Page(2, (Line((Word("a", "a", BOX, 0.2),), BOX, Region.TYPE),), "ocr", 1000, 1400, 150)


def test_each_stage_is_written_and_shows_the_boxes(tmp_path: Path) -> None:
    from PIL import Image

    scan = with_seal(coloured(tilted(text_page(), 2)), (600, 900), 105, (205, 40, 50))
    cleaned = clean(PageImage(2, scan, 150), ImagingSettings())

    paths = write_debug_images(PAGE, cleaned, tmp_path / "new", "scan")

    assert [path.name for path in paths] == [
        "scan-p2-1-scanned.png",
        "scan-p2-2-cleaned.png",
        "scan-p2-3-read.png",
    ]
    read = np.asarray(Image.open(paths[2]))
    assert tuple(read[100, 200]) == (253, 2, 0)  # doubtful: red
    seal = cleaned.seals[0].box
    assert tuple(read[seal.top, (seal.left + seal.right) // 2]) == (255, 0, 0)


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cleaned = clean(PageImage(2, text_page(), 150), ImagingSettings())
    with pytest.raises(OutputError, match="another folder"):
        write_debug_images(PAGE, cleaned, tmp_path / "file", "scan")
