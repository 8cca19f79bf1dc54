"""`vnocr read --debug-images`: what was done to a page, as pictures."""

import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image


@pytest.mark.slow
def test_each_stage_of_a_page_is_written(tmp_path: Path) -> None:
    scan, folder = tmp_path / "cong-van.png", tmp_path / "new" / "stages"
    pixels = np.full((900, 1000), 255, np.uint8)
    for row in range(3):
        cv2.putText(pixels, "QUY CHE LAM VIEC", (80, 300 + 90 * row), 0, 1.6, 0, 3)
    Image.fromarray(pixels).save(scan, dpi=(120, 120))
    command = [sys.executable, "-m", "vnocr", "read", str(scan), "--debug-images", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in folder.iterdir())
    assert names == [f"cong-van-p1-{stage}.png" for stage in ("1-scanned", "2-cleaned", "3-read")]
    with Image.open(folder / names[2]) as read:
        assert np.ptp(np.asarray(read.convert("RGB")), axis=2).max() > 100  # frames in colour
