"""What several rooms test with: an archive, and catalogs on real databases.

SQLite is always there, PostgreSQL where a server can be had.
"""

from __future__ import annotations

import itertools
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.batch.archive import Archive

SCRIPT = Path(__file__).parents[1] / "scripts" / "start_postgresql"
_NO_SERVER = 3


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    archive = Archive(tmp_path)
    monkeypatch.setenv("VNOCR_TEST_MARKS", str(archive.marks))
    return archive


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own."""
    pytest.importorskip("psycopg", reason="PostgreSQL's driver is not installed")
    # Beside the tests' own folders, which the server's user may not enter.
    folder = Path(tempfile.mkdtemp(prefix="vnocr-postgresql-"))
    result = subprocess.run([SCRIPT, folder], capture_output=True, text=True, check=False)
    if result.returncode == _NO_SERVER:
        shutil.rmtree(folder)
        pytest.skip(result.stderr.strip())
    assert result.returncode == 0, result.stderr
    yield result.stdout.strip()
    subprocess.run([SCRIPT, "--stop", folder], check=True)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def new_database(server: str) -> Callable[[], str]:
    """A function that makes an empty database and returns its URL."""
    from sqlalchemy import create_engine, text

    numbers = itertools.count(1)

    def make() -> str:
        name = f"catalog{next(numbers)}"
        engine = create_engine(server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return server.replace("/postgres?", f"/{name}?")

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a catalog is to be made: a file, then a database."""
    if request.param == "sqlite":
        return tmp_path / "catalog.sqlite"
    url: str = request.getfixturevalue("new_database")()
    return url
