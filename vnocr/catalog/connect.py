"""Opening the database of a catalog: by file or by URL, brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from vnocr.errors import MissingToolError, OutputError, SettingsError

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

NEWEST = "0009"
_FIRST = "0001"
_DATABASES = ("sqlite", "postgresql")
_WAIT_SECONDS = 30


def location(path: Path) -> str:
    """Return the URL of the SQLite catalog at `path`."""
    return f"sqlite:///{path}"


def shown(url: str) -> str:
    """Return `url` as people may see it: the plain path of a file, no password."""
    parsed = _parse(url)
    if parsed.drivername == "sqlite":
        return parsed.database or ""
    return parsed.render_as_string(hide_password=True)


def connect(url: str) -> Engine:
    """Open the database at `url`, made or migrated as needed.

    Raises SettingsError if `url` names no known kind of database, MissingToolError if
    its driver is not installed, OutputError if it cannot be opened.
    """
    engine = _engine(_parse(url))
    try:
        with engine.begin() as connection:
            _bring_up_to_date(connection, url)
    except SQLAlchemyError as error:
        engine.dispose()
        raise OutputError(f"{shown(url)}: cannot open the catalog: {error.args[0]}") from error
    return engine


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise SettingsError(
            "the catalog must be a URL, as in postgresql+psycopg://user@host/database "
            "or sqlite:////var/lib/vnocr/catalog.sqlite"
        ) from error
    if parsed.get_backend_name() not in _DATABASES:
        raise SettingsError(
            f"{parsed.get_backend_name()}: catalogs are kept in {' or '.join(_DATABASES)} only"
        )
    return parsed


def _engine(url: URL) -> Engine:
    sqlite = url.get_backend_name() == "sqlite"
    options: dict[str, Any] = {"timeout": _WAIT_SECONDS} if sqlite else {}
    try:
        engine = create_engine(url, connect_args=options)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise MissingToolError(
            f"the database driver for {url.drivername} is not installed. "
            "Use: pip install 'vnocr[postgresql]' and a URL postgresql+psycopg://..."
        ) from error
    if sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    # Write-ahead: readers do not block the batch, and a killed run leaves a whole database.
    # A loss of power may take the newest rows; the next run has them from the records.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")


def _bring_up_to_date(connection: Connection, url: str) -> None:
    tables = set(inspect(connection).get_table_names())
    revision = None
    if "alembic_version" in tables:
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision == NEWEST:
        return
    if revision is not None and revision > NEWEST:
        raise OutputError(
            f"{shown(url)}: a newer vnocr made this catalog (version {revision}, this one "
            f"knows {NEWEST}). Use that vnocr, or give this one a catalog of its own."
        )
    migrate(connection, unmarked=revision is None and "documents" in tables)


def migrate(connection: Connection, revision: str = "head", *, unmarked: bool = False) -> None:
    """Bring the tables to `revision`. `unmarked` tables are those of the first vnocr."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    if unmarked:
        command.stamp(config, _FIRST)
    command.upgrade(config, revision)
