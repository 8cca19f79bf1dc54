from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from vnocr.errors import DictionaryError
from vnocr.model import Box, Line, Page, PageImage, Reading, Word
from vnocr.ocr.handwriting.reader import CALIBRATION, WEIGHTS, LetterheadReader
from vnocr.ocr.handwriting.tokens import STEP, STRIP_HEIGHT, TOKENS
from vnocr.settings import ImagingSettings, OcrSettings, Settings

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FOLDER = Settings().dictionary_folder


@pytest.fixture(scope="module")
def reader() -> LetterheadReader:
    return LetterheadReader.load(FOLDER)


def head(number: int = 1) -> Page:
    words = [("Số:", 250), ("/QĐ-UBND", 420), ("ngày", 960), ("tháng", 1100), ("năm", 1240)]
    seen = (
        Word(text, text, Box(left, 300, left + 16 * len(text), 336), 0.9) for text, left in words
    )
    return Page(number, (Line(tuple(seen)),), "ocr", 1654, 2339, 200)


def copy_of(folder: Path) -> Path:
    for name in (WEIGHTS, CALIBRATION):
        shutil.copy(FOLDER / name, folder / name)
    return folder


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DictionaryError, match=WEIGHTS):
        LetterheadReader.load(tmp_path)


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    weights = copy_of(tmp_path) / WEIGHTS
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(DictionaryError, match=WEIGHTS):
        LetterheadReader.load(tmp_path)


def test_weights_for_other_tokens_are_refused(tmp_path: Path) -> None:
    calibration = copy_of(tmp_path) / CALIBRATION
    values = json.loads(calibration.read_text(encoding="utf-8"))
    values["tokens"] = values["tokens"][:-1]
    calibration.write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(DictionaryError, match="tokens"):
        LetterheadReader.load(tmp_path)


@pytest.mark.parametrize("width", [32, 320, 736])
def test_the_network_takes_lines_of_any_width(reader: LetterheadReader, width: int) -> None:
    scores = reader.scores(np.zeros((STRIP_HEIGHT, width), np.float32))
    assert scores.shape == (len(TOKENS), width // STEP)
    assert np.isfinite(scores).all()


@pytest.mark.parametrize("shape", [(2339, 1654, 3), (2339, 1654)])
def test_blank_paper_gives_no_reading(reader: LetterheadReader, shape: tuple[int, ...]) -> None:
    image = PageImage(1, np.full(shape, 250, np.uint8), 200)
    assert reader.read(image, head()) == ()


def test_noise_gives_nothing_that_is_sure(reader: LetterheadReader) -> None:
    noise = np.random.default_rng(5).integers(0, 255, (2339, 1654, 3), dtype=np.uint8)
    for reading in reader.read(PageImage(1, noise, 200), head()):
        assert reading.candidates[0].probability < 0.9


def test_a_page_without_a_letterhead_is_not_read(reader: LetterheadReader) -> None:
    image = PageImage(3, np.full((2339, 1654, 3), 250, np.uint8), 200)
    assert reader.read(image, Page(3, (), "ocr", 1654, 2339, 200)) == ()


def read_sample(reader: LetterheadReader, path: Path) -> dict[str, Reading]:
    from vnocr.imaging.clean import clean
    from vnocr.imaging.load import open_document
    from vnocr.ocr.engine import load_engine

    with open_document(path, ImagingSettings()) as document:
        cleaned = clean(document.page_image(1), ImagingSettings())
    page = load_engine(OcrSettings()).recognise(cleaned.grey)
    return {reading.kind: reading for reading in reader.read(cleaned.colour, page)}


# Invented dispatches with ink in number and date, drawn by a hand that was not trained on.
@pytest.mark.slow
@pytest.mark.parametrize("name", ["01-cong-van-so-noi-vu", "03-quyet-dinh", "04-thong-bao"])
def test_reads_the_ink_of_a_sample(reader: LetterheadReader, name: str) -> None:
    gold = json.loads((SAMPLES / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    readings = read_sample(reader, SAMPLES / f"{name}.pdf")
    assert readings["date"].candidates[0].value == gold["fields"]["issue_date"]
    assert readings["number"].candidates[0].value == gold["fields"]["serial"]


@pytest.mark.slow
def test_leaves_a_blank_number_blank(reader: LetterheadReader) -> None:
    readings = read_sample(reader, SAMPLES / "14-so-trong.pdf")
    number = readings.get("number")
    assert number is None or number.candidates[0].probability < 0.5
