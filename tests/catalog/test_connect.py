"""Catalogs are made, brought up to date and shared by URL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

import vnocr.catalog
from tests.batch.archive import Archive
from tests.builders import make_dispatch
from vnocr.catalog.connect import NEWEST, connect, location, migrate, shown
from vnocr.catalog.register import RegisterQuery, find_directives, trace
from vnocr.catalog.rows import rows_of
from vnocr.catalog.runs import begin_run, last_runs, totals
from vnocr.catalog.schema import METADATA
from vnocr.catalog.search import SearchQuery, search
from vnocr.catalog.store import Catalog, FileState
from vnocr.errors import LockedError, OutputError, SettingsError
from vnocr.model import Outcome

SEARCH_TABLES = ("page_search", "alembic_version")


def test_the_migrations_end_at_the_tables_of_the_schema(tmp_path: Path) -> None:
    engine = connect(location(tmp_path / "c.sqlite"))
    options = {
        "include_object": lambda _, name, kind, *__: (
            not (kind == "table" and name.startswith(SEARCH_TABLES))
        )
    }
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_the_newest_migration_is_the_one_looked_for() -> None:
    folder = Path(vnocr.catalog.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_current_head() == NEWEST


def test_a_catalog_without_a_version_is_migrated_and_filled(archive: Archive) -> None:
    archive.add("a.pdf", "one")
    archive.run()
    path = archive.output / "catalog.sqlite"
    path.unlink()
    engine = connect(location(archive.output / "empty.sqlite"))
    engine.dispose()
    _make_first(path)
    run = archive.run()
    assert (run.adopted, run.read) == (1, 0)
    with Catalog(path) as catalog:
        assert [hit.document for hit in search(catalog, SearchQuery("bao cao"))] == ["a.pdf"]


def _make_first(path: Path) -> None:
    """The catalog of the first vnocr, which knew of no versions."""
    from sqlalchemy import create_engine

    engine = create_engine(location(path))
    with engine.begin() as connection:
        migrate(connection, "0001")
        connection.execute(text("DROP TABLE alembic_version"))
        connection.execute(
            text(
                "INSERT INTO documents (path, key, record, reason, message, attempts, pages, "
                "seconds, needs_review, finished_at) "
                "VALUES ('a.pdf', 'k', 'a.json', '', '', 1, 1, 1.0, 0, '2026-01-01')"
            )
        )
    engine.dispose()


def test_a_catalog_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    connect(location(path)).dispose()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(OutputError, match="newer vnocr"):
        Catalog(path)


@pytest.mark.parametrize("url", ["mysql://u@h/d", "nonsense", "postgresql"])
def test_urls_of_no_known_kind_are_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="postgresql"):
        Catalog(url)


def test_a_password_is_never_shown() -> None:
    url = "postgresql+psycopg://me:secret@127.0.0.1:1/x"
    assert "secret" not in shown(url)
    with pytest.raises(OutputError) as caught:
        Catalog(url)
    assert "secret" not in str(caught.value)


def test_everything_comes_back_from_either_database(where: Path | str) -> None:
    outcome = Outcome("a\udcab\0.pdf", "k", "a.json", pages=2)
    with Catalog(where) as catalog:
        catalog.remember_files([FileState("a.pdf", 1 << 40, 1_700_000_000_123_456_789, "d" * 64)])
        catalog.save(outcome, rows_of(make_dispatch()))
        catalog.save(outcome, rows_of(make_dispatch()))
        begin_run(catalog)
        run = begin_run(catalog)
    with Catalog(where) as catalog:
        assert catalog.file_states()["a.pdf"].modified_ns == 1_700_000_000_123_456_789
        assert list(catalog.outcomes()) == ["a? .pdf"]
        assert [one.ended for one in last_runs(catalog, 5)] == ["running", "killed"]
        assert last_runs(catalog, 1) == [run]
        assert (totals(catalog).documents, totals(catalog).pages) == (1, 2)
        (entry,) = find_directives(catalog, RegisterQuery(assignee="so y te"))
        assert entry.cooperating == ("Sở Tài chính",)
        assert trace(catalog, "12/bc-snv").cites[0].number == "30/2020/NĐ-CP"


def test_a_batch_with_a_shared_catalog(
    archive: Archive, new_database: Callable[[], str], tmp_path: Path
) -> None:
    archive.catalog = new_database()
    archive.add("a.pdf", "one")
    archive.add("b.pdf", "corrupt")
    assert archive.run().read == 1
    assert archive.run().unchanged == 1
    assert not (archive.output / "catalog.sqlite").exists()
    with (
        Catalog(archive.catalog) as catalog,
        catalog.claimed_by(archive.output),
        pytest.raises(LockedError),
    ):
        archive.run()
    archive.output = tmp_path / "other"
    with pytest.raises(OutputError, match="belongs to"):
        archive.run()


def test_an_archive_moves_to_another_catalog_without_being_read(
    archive: Archive, new_database: Callable[[], str]
) -> None:
    archive.add("a.pdf", "one")
    archive.run()
    archive.catalog = new_database()
    run = archive.run()
    assert (run.adopted, run.read) == (1, 0)
