import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from evaluation import readings

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "evaluate"


def run(*arguments, cwd=None):
    return subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "nowhere: no such folder"),
        ([".", "--only", "texts"], "unknown measure texts; known: text, pages"),
        ([".", "--jobs", "0"], "--jobs must be at least 1"),
        (["."], "holds none of text/, scans/ and headers/"),
        ([".", "--compare", "old.json"], "old.json: no such file"),
    ],
)
def test_wrong_usage_is_explained(tmp_path, arguments, message):
    result = run(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert message in result.stderr
    assert not (tmp_path / "evaluation.json").exists()


def test_help_names_the_layout_of_the_folder():
    assert "text/ (recognised and gold texts)" in run("--help").stdout


@pytest.mark.slow
def test_a_folder_of_texts_is_measured_and_compared(tmp_path):
    folder = tmp_path / "answers" / "text"
    folder.mkdir(parents=True)
    (folder / "a.ocr.txt").write_text("Báo cáo của Sở Y tế", encoding="utf-8")
    (folder / "a.gold.txt").write_text("Báo cáo của Sở Y tế", encoding="utf-8")
    (folder / "a.fields.json").write_text("{}", encoding="utf-8")
    first = run("answers", "--only", "text", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "skipped, not in answers: scans/fields.jsonl" in first.stdout
    content = json.loads((tmp_path / "evaluation.json").read_text("utf-8"))
    assert content["summary"]["text"]["ocr"]["a"]["wer"] == 0
    again = ("answers", "--only", "text", "--json", "new.json", "--compare", "evaluation.json")
    second = run(*again, cwd=tmp_path)
    assert "Changed since" in second.stdout
    assert (tmp_path / "new.json").exists()


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract is not installed")
def test_bare_tesseract_reads_a_picture_and_takes_time(tmp_path):
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (900, 200), "white")
    ImageDraw.Draw(picture).text((40, 60), "THONG BAO", "black", ImageFont.load_default(60))
    picture.save(tmp_path / "a.jpg")
    (grey,) = readings.grey_pages(tmp_path / "a.jpg")
    assert grey.mode == "L"
    text, seconds = readings.tesseract(grey)
    assert "THONG BAO" in text.upper().replace("Ô", "O").replace("Á", "A")
    assert seconds.wall > 0
    assert seconds.cpu > 0
