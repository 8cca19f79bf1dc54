"""Every gate of the continuous integration refuses a breach: none is a decoration."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    tools = Path(sys.executable).parent
    return subprocess.run(
        [str(tools / command[0]), *command[1:]],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package and its configuration, to be spoilt."""
    shutil.copytree(ROOT / "vnocr", tmp_path / "vnocr")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_ruff_refuses_an_unused_import(copy: Path) -> None:
    (copy / "vnocr" / "errors.py").write_text('"""Errors."""\n\nimport os\n')
    result = run("ruff", "check", "vnocr/errors.py", folder=copy)
    assert result.returncode == 1
    assert "F401" in result.stdout


@pytest.mark.slow
def test_mypy_refuses_an_untyped_function(copy: Path) -> None:
    with (copy / "vnocr" / "errors.py").open("a") as module:
        module.write("\n\ndef untyped(value):\n    return value\n")
    result = run("mypy", "vnocr/errors.py", folder=copy)
    assert result.returncode == 1
    assert "no-untyped-def" in result.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("model.py", "import vnocr.cli.main", "Rooms import downwards only"),
        ("restore/__init__.py", "import vnocr.ocr", "Rooms import downwards only"),
        ("errors.py", "import pytesseract", "pytesseract only in ocr"),
    ],
)
def test_import_linter_refuses_a_wrong_import(
    copy: Path, module: str, line: str, contract: str
) -> None:
    with (copy / "vnocr" / module).open("a") as source:
        source.write(f"\n{line}\n")
    result = run("lint-imports", folder=copy)
    assert result.returncode == 1
    assert f"{contract} BROKEN" in result.stdout


@pytest.mark.slow
def test_coverage_refuses_untested_code(copy: Path) -> None:
    (copy / "test_nothing.py").write_text(
        "import vnocr.errors\n\ndef test_it():\n    assert vnocr.errors.ExitCode.DONE == 0\n"
    )
    result = run("pytest", "-q", "--cov", "test_nothing.py", folder=copy)
    assert result.returncode != 0
    assert "total of" in result.stdout + result.stderr
