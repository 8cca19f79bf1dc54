"""Importing vnocr is cheap: heavy libraries load when first needed."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("numpy", "cv2", "spacy", "underthesea", "pdfplumber", "sqlalchemy", "rapidfuzz", "rich")


def modules_after(statement: str) -> set[str]:
    code = f"{statement}\nimport sys\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_loads_no_heavy_library() -> None:
    assert not modules_after("import vnocr") & set(HEAVY)


def test_the_command_line_loads_no_heavy_library_for_its_help() -> None:
    call = "from vnocr.cli.main import cli\ntry: cli(['--help'])\nexcept SystemExit: pass"
    assert not modules_after(call) & set(HEAVY)
