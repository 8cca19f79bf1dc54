"""Temporary files are private, go with the process, and are swept when it was killed."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from vnocr.cli.scratch import private_folder


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def aged(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "page.pgm").write_text("what a document shows")
    os.utime(folder, (time.time() - 3600,) * 2)
    return folder


def test_it_holds_what_the_process_and_its_programs_put_down(place: Path) -> None:
    with private_folder() as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        with tempfile.NamedTemporaryFile(delete=False) as kept:
            assert Path(kept.name).parent == folder
        code = "import tempfile; print(tempfile.mkdtemp())"
        made = subprocess.check_output([sys.executable, "-c", code], text=True)
        assert Path(made.strip()).parent == folder
    assert list(place.iterdir()) == []
    assert tempfile.gettempdir() == os.environ["TMPDIR"] == str(place)


def test_what_a_killed_process_left_is_removed_by_the_next(place: Path) -> None:
    code = (
        "import os, signal\nfrom vnocr.cli.scratch import private_folder\n"
        "with private_folder(): os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    (left,) = place.iterdir()
    aged(left)
    with private_folder():
        assert not left.exists()


def test_folders_in_use_or_of_others_stay(place: Path) -> None:
    used = aged(place / "vnocr-run-used")
    outside = aged(place / "precious")
    (place / "vnocr-run-link").symlink_to(outside)
    handle = os.open(used, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with private_folder():
            pass
        assert used.exists()
        assert (outside / "page.pgm").exists()
    finally:
        os.close(handle)
