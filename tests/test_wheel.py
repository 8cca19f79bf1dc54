"""The wheel, built and installed in a clean environment, is a working vnocr."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from vnocr.version import __version__

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `vnocr` command of an environment that holds the wheel and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    # The source archive, and from it the wheel: what is not in the archive is missed here.
    build = [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob(f"vnocr-{__version__}-*.whl")
    assert (folder / f"vnocr-{__version__}.tar.gz").exists()
    assert "vnocr/py.typed" in zipfile.ZipFile(wheel).namelist()
    venv.create(folder / "clean", with_pip=True)
    pip = [folder / "clean" / "bin" / "pip", "install", "--quiet", "--no-deps", wheel]
    subprocess.run(pip, check=True)
    return folder / "clean" / "bin" / "vnocr"


def run(command: Path, *arguments: str, stdin: str = "") -> str:
    # The libraries come from the environment of the tests, vnocr itself from the wheel alone:
    # a folder on PYTHONPATH is searched, but its links to a checkout are not followed.
    libraries = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}
    done = subprocess.run(
        [command, *arguments],
        input=stdin,
        env=libraries,
        cwd=command.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_dictionaries_are_inside(command: Path) -> None:
    folder = next(line for line in run(command, "doctor").splitlines() if "dictionaries:" in line)
    assert str(command.parents[1]) in folder


def test_it_restores(command: Path) -> None:
    assert run(command, "restore", stdin="cai cach hanh chinh\n") == "cải cách hành chính\n"


def test_it_knows_its_schema_and_version(command: Path) -> None:
    assert '"schema_version"' in run(command, "schema")
    assert run(command, "--version").startswith("vnocr, version ")


def test_it_reads_a_scan(command: Path) -> None:
    text = run(command, "read", "--format", "text", str(ROOT / "samples" / "09-giay-moi.jpg"))
    assert "GIẤY MỜI" in text
