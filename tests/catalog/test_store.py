"""The catalog keeps one row a document."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import make_dispatch
from vnocr.catalog.rows import rows_of
from vnocr.catalog.store import Catalog, Entry, FileState
from vnocr.errors import NotFoundError, OutputError
from vnocr.model import Outcome

OUTCOME = Outcome("a.pdf", "key", "a.json", pages=2, seconds=1.5)


def test_a_document_comes_back(tmp_path: Path) -> None:
    with Catalog(tmp_path / "c.sqlite") as catalog:
        catalog.save(OUTCOME, rows_of(make_dispatch()))
    with Catalog.existing(tmp_path / "c.sqlite") as catalog:
        assert catalog.outcomes() == {"a.pdf": OUTCOME}
        assert catalog.entries() == [
            Entry(OUTCOME, "12/BC-SNV", "2024-02-05", "Báo cáo", None, directives=1)
        ]


def test_a_later_outcome_replaces_an_earlier_one(tmp_path: Path) -> None:
    failed = replace(OUTCOME, reason="timeout", attempts=2)
    with Catalog(tmp_path / "c.sqlite") as catalog:
        catalog.save(OUTCOME, rows_of(make_dispatch()))
        catalog.save(failed, None)
        assert catalog.entries() == [Entry(failed, None, None, None, None, 0)]


def test_a_missing_catalog_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="vnocr batch"):
        Catalog.existing(tmp_path / "c.sqlite")


def test_file_states_come_back(tmp_path: Path) -> None:
    state = FileState("a.pdf", 10, 1_700_000_000_123_456_789, "d" * 64)
    with Catalog(tmp_path / "c.sqlite") as catalog:
        catalog.remember_files([state])
        assert catalog.file_states() == {"a.pdf": state}


def test_the_catalog_is_in_write_ahead_mode(tmp_path: Path) -> None:
    with Catalog(tmp_path / "c.sqlite"):
        pass
    with sqlite3.connect(tmp_path / "c.sqlite") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_file_that_is_no_catalog_is_told(tmp_path: Path) -> None:
    (tmp_path / "c.sqlite").write_text("not a database, though long enough to look at")
    with pytest.raises(OutputError, match=r"c\.sqlite: cannot open the catalog"):
        Catalog(tmp_path / "c.sqlite")
