import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"


@pytest.fixture(scope="session")
def gold(samples: Path) -> Callable[[str], dict[str, Any]]:
    def read(name: str) -> dict[str, Any]:
        record: dict[str, Any] = json.loads((samples / "gold" / f"{name}.json").read_text("utf-8"))
        return record

    return read


@pytest.fixture(scope="session")
def fonts() -> None:
    from samplemaker.fonts import Face, FontMissingError, path_of

    try:
        for family in ("Tinos", "Arimo", "FreeSerif"):
            path_of(Face(family))
    except FontMissingError as error:
        pytest.skip(str(error))
