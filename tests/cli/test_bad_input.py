"""Bad input: the message names the file and the remedy, and the exit code is the right one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.builders import write_file

pytestmark = pytest.mark.slow  # a process a call

VNOCR = str(Path(sys.executable).parent / "vnocr")
SAMPLES = Path(__file__).parents[2] / "samples"


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [VNOCR, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def blank_pdf(path: Path, pages: int = 1) -> Path:
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.save(path)
    return path


def missing(folder: Path) -> Path:
    return folder / "absent.pdf"


def directory(folder: Path) -> Path:
    (folder / "scans.pdf").mkdir()
    return folder / "scans.pdf"


def empty(folder: Path) -> Path:
    return write_file(folder / "empty.pdf", "")


def no_pdf(folder: Path) -> Path:
    return write_file(folder / "letter.pdf", "<html>Not found</html>")


def truncated(folder: Path) -> Path:
    whole = blank_pdf(folder / "whole.pdf").read_bytes()
    (folder / "cut.pdf").write_bytes(whole[:40])
    return folder / "cut.pdf"


def encrypted(folder: Path) -> Path:
    with pikepdf.open(blank_pdf(folder / "open.pdf")) as pdf:
        pdf.save(folder / "locked.pdf", encryption=pikepdf.Encryption(user="secret", owner="x"))
    return folder / "locked.pdf"


def no_pages(folder: Path) -> Path:
    return blank_pdf(folder / "none.pdf", pages=0)


def endless_page(folder: Path) -> Path:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(14_400, 14_400))
        pdf.pages[0].obj.UserUnit = 75
        pdf.save(folder / "vast.pdf")
    return folder / "vast.pdf"


def endless_image(folder: Path) -> Path:
    Image.new("1", (20_000, 20_000)).save(folder / "vast.png")
    return folder / "vast.png"


def cut_image(folder: Path) -> Path:
    Image.effect_noise((600, 600), 90).save(folder / "whole.png")
    (folder / "cut.png").write_bytes((folder / "whole.png").read_bytes()[:2000])
    return folder / "cut.png"


def odd_file(folder: Path) -> Path:
    (folder / "film.pdf.bin").write_bytes(bytes(range(256)) * 10)
    return folder / "film.pdf.bin"


def old_text(folder: Path) -> Path:
    (folder / "old.txt").write_bytes("cộng hòa".encode("utf-16"))
    return folder / "old.txt"


CASES: list[tuple[Callable[[Path], Path], str]] = [
    (missing, "no such file"),
    (directory, "vnocr batch"),
    (empty, "empty"),
    (no_pdf, "not a PDF"),
    (truncated, "damaged"),
    (encrypted, "qpdf --decrypt"),
    (no_pages, "no pages"),
    (endless_page, "max_megapixels"),
    (endless_image, "max_megapixels"),
    (cut_image, "damaged"),
    (odd_file, "neither PDF"),
    (old_text, "neither PDF"),
]


@pytest.mark.parametrize(
    ("make", "remedy"), CASES, ids=lambda value: getattr(value, "__name__", "")
)
def test_unreadable_input(tmp_path: Path, make: Callable[[Path], Path], remedy: str) -> None:
    path = make(tmp_path)
    result = run("read", path)
    assert result.returncode == 4, result.stderr
    assert str(path) in result.stderr
    assert remedy in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_no_permission_for_a_user(tmp_path: Path) -> None:
    path = blank_pdf(tmp_path / "secret.pdf")
    path.chmod(0)
    result = run("read", path)
    assert (result.returncode, "permission" in result.stderr) == (4, True)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from vnocr.errors import InputError
    from vnocr.imaging.media import check_readable

    path = blank_pdf(tmp_path / "secret.pdf")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match=r"secret\.pdf: no permission.*chmod"):
        check_readable(path)


def test_missing_tesseract(tmp_path: Path) -> None:
    config = write_file(tmp_path / "vnocr.toml", '[ocr]\nengine = "tesseract"\n')
    result = run("read", "--config", config, SAMPLES / "09-giay-moi.jpg", PATH=str(tmp_path))
    assert result.returncode == 3
    assert "apt-get install" in result.stderr
    doctor = run("doctor", "--config", config, PATH=str(tmp_path))
    assert doctor.returncode == 3
    assert "missing  recogniser: Tesseract is not installed" in doctor.stdout
    assert "missing  rasteriser: Poppler" in doctor.stdout


def test_missing_language_data(tmp_path: Path) -> None:
    write_file(tmp_path / "eng.traineddata", "")
    result = run("doctor", TESSDATA_PREFIX=str(tmp_path))
    assert result.returncode == 3
    assert "tesseract-ocr-vie" in result.stdout


def test_unwritable_output(tmp_path: Path) -> None:
    text = write_file(tmp_path / "a.txt", "cộng hòa")
    write_file(tmp_path / "file", "")
    result = run("restore", text, "-o", tmp_path / "file" / "out.txt")
    assert result.returncode == 5
    assert "cannot write" in result.stderr
    (tmp_path / "in").mkdir()
    batch = run("batch", tmp_path / "in", tmp_path / "file" / "out")
    assert batch.returncode == 5


def test_unknown_setting(tmp_path: Path) -> None:
    config = write_file(tmp_path / "s.toml", "[ocr]\nlangauge = 'vie'\n")
    result = run("doctor", "--config", config)
    assert result.returncode == 6
    assert "ocr.langauge" in result.stderr


def test_missing_dictionary(tmp_path: Path) -> None:
    config = write_file(tmp_path / "s.toml", f"dictionaries = '{tmp_path}'\n")
    text = write_file(tmp_path / "a.txt", "cai cach")
    result = run("restore", text, "--config", config)
    assert result.returncode == 6
    assert str(tmp_path) in result.stderr


def test_wrong_usage() -> None:
    assert run("read").returncode == 2
    assert run("raed", "x").returncode == 2
    assert run("restore", "--tone", "odd").returncode == 2


def test_several_files_go_on_after_a_failure(tmp_path: Path) -> None:
    good = write_file(tmp_path / "good.txt", "Số: 12/BC-SNV\nBÁO CÁO\n")
    result = run("read", missing(tmp_path), good)
    assert result.returncode == 7
    assert "absent.pdf: no such file" in result.stderr
    assert len(result.stdout.splitlines()) == 1
