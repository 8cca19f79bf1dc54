import sys
from unittest.mock import Mock

import cv2
import numpy as np
import pytest

from vnocr.errors import MissingToolError, RecogniserError
from vnocr.model import PageImage
from vnocr.ocr.engine import load_engine
from vnocr.ocr.tesserocr import Tesserocr
from vnocr.settings import OcrSettings


def printed() -> PageImage:
    pixels = np.full((400, 1000), 255, np.uint8)
    cv2.putText(pixels, "BAN HANH KEM THEO", (60, 120), cv2.FONT_HERSHEY_COMPLEX, 1.4, 0, 3)
    cv2.putText(pixels, "QUY CHE SO 15", (60, 220), cv2.FONT_HERSHEY_COMPLEX, 1.4, 0, 3)
    return PageImage(4, pixels, 200)


def test_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    with pytest.raises(MissingToolError, match=r"vnocr\[fast\]"):
        load_engine(OcrSettings(engine="tesserocr"))


@pytest.mark.slow
@pytest.mark.parametrize("block", [False, True])
def test_reads_as_the_program_does(block: bool) -> None:
    pytest.importorskip("tesserocr")
    engines = [load_engine(OcrSettings(engine=name)) for name in ("tesseract", "tesserocr")]
    program, inside = (engine.recognise(printed(), block=block) for engine in engines)
    assert inside.text == program.text
    assert (inside.number, inside.width, inside.dpi) == (4, 1000, 200)
    assert "tesserocr" in engines[1].describe()


def test_without_the_package_the_program_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    assert load_engine(OcrSettings()).describe().startswith("Tesseract ")


def test_a_page_that_takes_too_long_is_given_up() -> None:
    api = Mock(**{"Recognize.return_value": False})
    with pytest.raises(RecogniserError, match=r"page 4.*not done after 7 s.*ocr\.timeout_seconds"):
        Tesserocr(api, 7, "slow").recognise(printed())
    api.Recognize.assert_called_once_with(7000)
    api.Clear.assert_called_once()


@pytest.mark.slow
def test_an_odd_page_leaves_standard_error_alone(capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tesserocr")
    blank = PageImage(1, np.full((300, 300), 255, np.uint8), 200)
    thin = PageImage(2, np.zeros((2, 300), np.uint8), 200)
    engine = load_engine(OcrSettings(engine="tesserocr"))
    assert not engine.recognise(blank).lines
    assert not engine.recognise(thin).lines
    assert capfd.readouterr().err == ""
