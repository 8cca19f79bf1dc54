import shutil

import pytest
from evaluation import turned
from evaluation.readings import Reading, Seconds
from PIL import Image

from tests.evaluation.builders import dispatch, document, gold_page, read_page

pytestmark = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="Poppler is not installed")


@pytest.fixture
def paper(tmp_path):
    Image.new("RGB", (400, 600), "grey").save(tmp_path / "a.pdf", resolution=100)
    return document(tmp_path / "a.pdf", pages=[gold_page(("báo cáo", "body"))])


def test_each_angle_is_read_and_scored(paper, monkeypatch):
    sizes = []

    def read(paths, jobs, done):
        readings = {}
        for path in paths:
            with Image.open(path) as picture:
                sizes.append(picture.size)
                corner = picture.convert("RGB").getpixel((0, 0))
            said = dispatch(pages=[read_page([("báo", "báo"), ("cao", "cáo")])])
            text = "báo cáo" if corner != (255, 255, 255) else ""
            readings[path] = Reading(path, said, None, Seconds(), (text,), Seconds())
            done()
        return readings

    monkeypatch.setattr(turned, "read_all", read)
    ticks = []
    summary = turned.measure([paper], 1, lambda: ticks.append(1)).summary
    assert len(ticks) == len(turned.DEGREES)
    assert sizes[3] == (800, 1200)
    assert all(size[0] > 800 for place, size in enumerate(sizes) if place != 3)
    assert {name: figures["tesseract"]["wer"] for name, figures in summary.items()} == {
        "-3": 1, "-1.5": 1, "-0.5": 1, "+0": 0, "+0.5": 1, "+1.5": 1, "+3": 1,
    }  # fmt: skip
    assert all(figures["vnocr"]["wer"] == 0 for figures in summary.values())
