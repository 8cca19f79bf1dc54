"""PDFs broken at random meet no bug; those that did once are kept, and tried again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KEPT = Path(__file__).parent / "kept"


def fuzz(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    # In a process of its own: a crash of a library must not take the tests with it.
    command = [sys.executable, str(ROOT / "scripts" / "fuzz"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


@pytest.mark.slow
def test_no_mutant_meets_a_bug(tmp_path: Path) -> None:
    done = fuzz("--cases", "150", "--seconds", "60", "--seed", "1", "--keep", tmp_path)
    assert done.returncode == 0, done.stderr[-3000:]
    assert list(tmp_path.iterdir()) == []


def test_what_once_met_a_bug_meets_it_no_more() -> None:
    kept = sorted(KEPT.glob("*.pdf"))
    assert kept
    done = fuzz(*kept)
    assert done.returncode == 0, done.stderr[-3000:]
