"""A part of the hostile archive through the real `vnocr batch`: all of it is in scripts/attack."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_every_document_ends_and_none_harms_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    from hostile.attack import CONTROLS, Size, attack

    size = Size(every=24, line_megabytes=5, sparse_megabytes=2000, seconds=60)
    account = attack(tmp_path, size)
    assert account.complaints == ()
    assert account.reasons["read"] > CONTROLS
    assert account.reasons["corrupt"] > 0
