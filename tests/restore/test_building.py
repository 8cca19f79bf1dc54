"""The script that builds the dictionaries, from text of our own to a model that loads."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from vnocr.restore.dictionary import read_counts, read_language_model, read_rows

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "build_language_model"
OFFICIAL = [
    "Ủy ban nhân dân (UBND) tỉnh ban hành Quyết định số {n}/2019/QĐ-UBND về cải cách hành chính.",
    "Thủ tục hành chính (TTHC) được niêm yết; các sở, ngành báo cáo kết quả thực hiện.",
    "Căn cứ Nghị định số {n}/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ.",
]
GENERAL = ["Mùa mưa năm nay đến sớm, người dân trồng lúa và cải tạo ruộng đồng."]


def corpus(path: Path, sentences: list[str], times: int) -> Path:
    rows = [sentence.format(n=number) for number in range(times) for sentence in sentences]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.mark.slow
def test_building_twice_gives_the_same_files(tmp_path: Path) -> None:
    official = corpus(tmp_path / "official.txt", OFFICIAL, 120)
    general = corpus(tmp_path / "general.txt", GENERAL, 60)
    built = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        command = [sys.executable, SCRIPT, official, general, folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        built.append({path.name: path.read_bytes() for path in folder.glob("*.tsv")})
    assert built[0] == built[1]
    first = tmp_path / "first"
    model = read_language_model(first / "language-model.npz")
    assert {"hành", "chính", "ruộng"} <= set(model.index)
    assert read_counts(first / "symbols.tsv").keys() >= {"QĐ-UBND", "NĐ-CP"}
    assert {row[0] for row in read_rows(first / "abbreviations.tsv", 3)} >= {"UBND", "TTHC"}
    assert "hành chính" in read_counts(first / "phrases.tsv")
    shutil.rmtree(first)
