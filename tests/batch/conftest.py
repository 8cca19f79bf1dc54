"""The archive that the tests of the batch work on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.batch.archive import Archive


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    archive = Archive(tmp_path)
    monkeypatch.setenv("VNOCR_TEST_MARKS", str(archive.marks))
    return archive
