"""Starting: what is loaded, when, and by which process."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from vnocr.errors import DictionaryError
from vnocr.pipeline import Toolkit, loaded_once
from vnocr.settings import Settings


def modules_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_importing_the_package_loads_no_heavy_library() -> None:
    heavy = {"spacy", "cv2", "numpy", "PIL", "pikepdf", "pdfplumber", "sqlalchemy", "rapidfuzz"}
    assert not heavy & modules_after("import vnocr, vnocr.cli.main")


def test_the_driver_of_a_batch_leaves_reading_to_its_workers() -> None:
    heavy = {"spacy", "cv2", "pikepdf", "pdfplumber", "rapidfuzz", "tesserocr"}
    assert not heavy & modules_after("import vnocr.cli.batch, vnocr.batch.run")


def test_our_own_processes_go_without_tensor_frameworks(tmp_path: Path) -> None:
    for name in ("torch", "tensorflow"):  # installed, as spaCy sees it
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported')\n")
    code = (
        f"sys.path.insert(0, {str(tmp_path)!r})\n"
        "from vnocr.extract.frameworks import keep_frameworks_out\n"
        "keep_frameworks_out()\n"
        "import vnocr; vnocr.Toolkit().extractor"
    )
    loaded = modules_after(code)
    assert "spacy" in loaded
    assert not {"requests", "weasel", "typer"} & loaded  # of spaCy's own commands


def test_a_model_that_two_threads_want_is_loaded_once() -> None:
    loads: list[int] = []
    asked = threading.Barrier(2)

    class Kit:
        @loaded_once
        def model(self) -> object:
            loads.append(1)
            return object()

    kit, got = Kit(), []

    def ask() -> None:
        asked.wait(5)
        got.append(kit.model)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(loads) == 1
    assert got[0] is got[1]


def test_what_fails_ahead_is_told_where_it_is_needed(tmp_path: Path) -> None:
    toolkit = Toolkit(Settings(dictionaries=str(tmp_path)))
    toolkit.load_ahead()
    with pytest.raises(DictionaryError):
        _ = toolkit.restorer
