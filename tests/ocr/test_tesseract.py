import subprocess
from pathlib import Path

import numpy as np
import pytest

from vnocr.errors import MissingToolError, RecogniserError, SettingsError
from vnocr.model import PageImage
from vnocr.ocr.engine import load_engine
from vnocr.ocr.tesseract import Tesseract, load_tesseract
from vnocr.settings import OcrSettings

IMAGE = PageImage(3, np.full((300, 600), 255, np.uint8), 200)
COLUMNS = "level page_num block_num par_num line_num word_num left top width height conf text"
HEADER = COLUMNS.replace(" ", "\t") + "\n"
ROWS = (
    "1\t1\t0\t0\t0\t0\t0\t0\t600\t300\t-1\t\n"
    "5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t96.5\tSố:\n"
    "5\t1\t1\t1\t1\t2\t50\t20\t60\t40\t31\t12/QĐ\n"
    "5\t1\t1\t1\t2\t1\t10\t70\t60\t40\t80\t \n"
    '5\t1\t2\t1\t1\t1\t10\t120\t60\t40\t80\t"Hà"\n'
)


def fake(folder: Path, script: str) -> Path:
    """A program named tesseract that runs `script`, with $2 for the base of the output."""
    program = folder / "tesseract"
    version = '[ "$1" = --version ] && echo "tesseract 5.3.0" && exit'
    program.write_text(f"#!/bin/sh\n{version}\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tesseract:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return Tesseract("vie", 2, "0")


def test_words_become_lines_with_boxes(tmp_path: Path, engine: Tesseract) -> None:
    (tmp_path / "answer").write_text(HEADER + ROWS, encoding="utf-8")
    fake(tmp_path, f'cp {tmp_path}/answer "$2.tsv"')

    page = engine.recognise(IMAGE)

    assert [line.text for line in page.lines] == ["Số: 12/QĐ", '"Hà"']
    assert (page.number, page.width, page.height, page.dpi) == (3, 600, 300, 200)
    word = page.lines[0].words[1]
    assert (word.seen, word.text, word.confidence) == ("12/QĐ", "12/QĐ", 0.31)
    assert word.box is not None
    assert (word.box.left, word.box.right, word.box.bottom) == (50, 110, 60)


def test_rules_taken_for_letters_are_no_words(tmp_path: Path, engine: Tesseract) -> None:
    rows = ROWS.replace("12/QĐ", "_").replace('"Hà"', "~|ˆ")
    (tmp_path / "answer").write_text(HEADER + rows, encoding="utf-8")
    fake(tmp_path, f'cp {tmp_path}/answer "$2.tsv"')
    assert [line.text for line in engine.recognise(IMAGE).lines] == ["Số:"]


def test_one_thread_an_uncompressed_image_and_the_right_mode(
    tmp_path: Path, engine: Tesseract
) -> None:
    (tmp_path / "answer").write_text(HEADER + ROWS, encoding="utf-8")
    fake(
        tmp_path,
        f'echo "$OMP_THREAD_LIMIT $@" >> {tmp_path}/calls; head -c 2 "$1" >> {tmp_path}/calls;'
        f' cp {tmp_path}/answer "$2.tsv"',
    )

    engine.recognise(IMAGE)
    engine.recognise(IMAGE, block=True)

    calls = (tmp_path / "calls").read_text()
    assert calls.count("P5") == 2
    assert "--psm 3" in calls.splitlines()[0]
    assert "--psm 6" in calls
    assert all(line.startswith(("1 ", "P51 ")) for line in calls.splitlines() if "psm" in line)


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo 'cannot load' >&2; exit 1", "cannot load"),
        ("kill -SEGV $$", "failed"),
        ("sleep 20", "not done after 2 s"),
        ('printf "\\377\\376\\000" > "$2.tsv"', "answer"),
        ('echo "level" > "$2.tsv"', "answer"),
        ("true", "answer"),
    ],
)
def test_what_goes_wrong_names_the_page(
    tmp_path: Path, engine: Tesseract, script: str, message: str
) -> None:
    fake(tmp_path, script)
    with pytest.raises(RecogniserError, match="page 3") as caught:
        engine.recognise(IMAGE)
    assert message in str(caught.value)


def test_nothing_is_left_behind(
    tmp_path: Path, engine: Tesseract, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    fake(tmp_path, "exit 1")
    with pytest.raises(RecogniserError):
        engine.recognise(IMAGE)
    assert list(scratch.iterdir()) == []


def test_missing_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingToolError, match="apt-get install tesseract-ocr"):
        load_tesseract(OcrSettings())


def test_missing_language() -> None:
    with pytest.raises(MissingToolError, match="apt-get install tesseract-ocr-tlh"):
        load_engine(OcrSettings(language="tlh"))


def test_unknown_engine_names_those_that_exist() -> None:
    with pytest.raises(SettingsError, match="tesseract"):
        load_engine(OcrSettings(engine="abacus"))


def test_description() -> None:
    version = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True)
    assert version.stdout.split()[1][:1] in load_engine(OcrSettings()).describe()
