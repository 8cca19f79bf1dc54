"""restore, extract, read and schema work from a pipe and on files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.builders import write_file

pytestmark = pytest.mark.slow  # a process a call

VNOCR = str(Path(sys.executable).parent / "vnocr")
DISPATCH = """UBND TỈNH HÒA AN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc
Số: 45/SNV-VP Hòa An, ngày 05 tháng 3 năm 2021
V/v rà soát hồ sơ lưu trữ

Kính gửi: Các phòng chuyên môn thuộc Sở

Giao Văn phòng Sở chủ trì, phối hợp với các phòng chuyên môn rà soát hồ sơ,
báo cáo Giám đốc Sở trước ngày 20/4/2021./.
"""


def run(*arguments: str | Path, stdin: str | bytes = "") -> str:
    content = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [VNOCR, *map(str, arguments)], input=content, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def schema() -> dict[str, object]:
    loaded: dict[str, object] = json.loads(run("schema"))
    return loaded


def test_restore_from_a_pipe_keeps_the_lines() -> None:
    restored = run("restore", stdin="cai cach hanh chinh\n\nSo: 599/SCT-VP\n")
    assert restored.split("\n") == ["cải cách hành chính", "", "Số: 599/SCT-VP", ""]


def test_restore_of_a_file_into_a_file(tmp_path: Path) -> None:
    source = write_file(tmp_path / "old.txt", "thyc hién nhiem vu\n")
    assert run("restore", source, "-o", tmp_path / "new.txt") == ""
    assert (tmp_path / "new.txt").read_text(encoding="utf-8") == "thực hiện nhiệm vụ\n"


def test_a_file_that_is_no_text_to_its_end_leaves_the_old_result(tmp_path: Path) -> None:
    source = tmp_path / "old.txt"
    source.write_bytes(b"thyc hien nhiem vu\n" * 9000 + b"\xff\n")
    target = write_file(tmp_path / "new.txt", "as it was")
    done = subprocess.run(
        [VNOCR, "restore", source, "-o", target], capture_output=True, text=True, check=False
    )
    assert done.returncode == 4
    assert "old.txt: not UTF-8 text" in done.stderr
    assert target.read_text(encoding="utf-8") == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.txt", "old.txt"]


def test_explain_lists_every_change() -> None:
    rows = [
        json.loads(row)
        for row in run("restore", "--explain", stdin="a\ncai cach\n").split("\n")
        if row
    ]
    assert [(row["line"], row["seen"], row["text"]) for row in rows] == [
        (2, "cai", "cải"),
        (2, "cach", "cách"),
    ]
    assert all(row["reason"] for row in rows)


@pytest.mark.parametrize(("tone", "text"), [("old", "thủy"), ("new", "thuỷ"), ("keep", "thuỷ")])
def test_tone_placement(tone: str, text: str) -> None:
    assert text in run("restore", "--tone", tone, stdin="công trình thuỷ lợi của tỉnh\n")


def test_extract_from_a_pipe_gives_a_record() -> None:
    record = json.loads(run("extract", stdin=DISPATCH))
    jsonschema.validate(record, schema())
    assert record["fields"]["number"] == "45/SNV-VP"
    assert record["fields"]["issue_date"] == "2021-03-05"
    assert record["directives"][0]["deadline"] == "2021-04-20"


def test_read_of_text_from_a_pipe_and_a_file_agree(tmp_path: Path) -> None:
    piped = json.loads(run("read", "-", stdin=DISPATCH))
    filed = json.loads(run("read", write_file(tmp_path / "a.txt", DISPATCH)))
    assert piped.pop("source")["path"] == "-"
    assert filed.pop("source")["path"].endswith("a.txt")
    assert piped == filed


def test_formats(tmp_path: Path) -> None:
    path = write_file(tmp_path / "a.txt", DISPATCH)
    assert "V/v rà soát hồ sơ lưu trữ" in run("read", "--format", "text", path)
    assert run("read", "--format", "markdown", path).startswith("# Công văn 45/SNV-VP")
    run("read", path, "-o", tmp_path / "a.json")
    jsonschema.validate(json.loads((tmp_path / "a.json").read_text(encoding="utf-8")), schema())


def test_a_closed_pipe_is_no_error() -> None:
    command = f"{VNOCR} schema | head -c 1 >/dev/null; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_every_command_explains_itself() -> None:
    from vnocr.cli.main import COMMANDS

    for name in COMMANDS:
        assert run(name, "--help").startswith(f"Usage: vnocr {name}")
