"""`vnocr review`: the page on which people check and correct an archive."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

import click

from vnocr.cli.options import catalog_argument, config_option, open_catalog
from vnocr.errors import NotFoundError
from vnocr.settings import Settings, load_settings


@click.command()
@catalog_argument
@click.option(
    "--source",
    type=click.Path(path_type=Path),
    help="Folder of the originals, if it is not where they were read.",
)
@click.option("--user", help="Who corrects.  [default: the name you logged in with]")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="[default: a free one]")
@click.option("--no-browser", is_flag=True, help="Show the address, open no browser.")
@config_option
def command(
    catalog: str,
    source: Path | None,
    user: str | None,
    port: int,
    no_browser: bool,
    config: Path | None,
) -> None:
    """Check and correct the documents in CATALOG on a page in your browser.

    CATALOG is the output folder of `vnocr batch`, or the URL of its database. The page is
    there for you alone: it answers on this machine only, and only to the address shown,
    which holds a secret. Nothing is fetched from the network. Ctrl-C ends it.

    Documents with a missing or doubtful field come first. Every correction is kept in the
    catalog with who made it and when; records, search and tables show it at once, and a
    later `vnocr batch` keeps it.

    \b
    vnocr review records/
    vnocr review records/ --source /mnt/scans --user lan
    """
    from vnocr.catalog.queue import owner_of
    from vnocr.review.desk import Desk
    from vnocr.review.serve import serve

    settings = load_settings(config) if config else Settings()
    if source and not source.is_dir():
        raise NotFoundError(f"{source}: no such folder. Name the folder that holds the scans.")
    with open_catalog(catalog) as opened:
        output = output_folder(catalog, owner_of(opened))
        desk = Desk(opened, output, source, settings, user or _login())
        serve(desk, port, lambda address: _tell(address, browse=not no_browser))


def output_folder(catalog: str, owner: str | None) -> Path:
    """Return the folder of the records of `catalog`. Raises NotFoundError if it is not there."""
    if "://" not in catalog:
        path = Path(catalog)
        return path if path.is_dir() else path.parent
    if owner is None or not Path(owner).is_dir():
        raise NotFoundError(
            f"the records of this catalog are not on this machine ({owner or 'none yet'}). "
            "Run vnocr review where the output folder of vnocr batch is."
        )
    return Path(owner)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user without a name, as in a container
        return str(os.getuid())


def _tell(address: str, *, browse: bool) -> None:
    click.echo(address)
    click.echo("vnocr: the review page is open at this address; Ctrl-C ends it", err=True)
    if browse:
        click.launch(address)
