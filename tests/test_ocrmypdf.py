"""The real OCRmyPDF reads a page through the plugin."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import img2pdf
import pytest

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.mark.slow
def test_ocrmypdf_writes_restored_words(tmp_path: Path) -> None:
    pytest.importorskip("ocrmypdf")
    (tmp_path / "in.pdf").write_bytes(img2pdf.convert(str(SAMPLES / "09-giay-moi.jpg")))
    command = [sys.executable, "-m", "ocrmypdf", "--plugin", "vnocr.ocrmypdf", "-j1"]
    command += ["--output-type", "pdf", tmp_path / "in.pdf", tmp_path / "out.pdf"]  # type: ignore[list-item]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    text = subprocess.run(
        ["pdftotext", tmp_path / "out.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "GM-VTLTNN" in text
    info = subprocess.run(
        ["pdfinfo", tmp_path / "out.pdf"], capture_output=True, text=True, check=True
    ).stdout
    assert "vnocr" in info
