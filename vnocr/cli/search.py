"""`vnocr search`: find documents in an archive."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import click

from vnocr.catalog.search import Hit, SearchQuery, search
from vnocr.cli.options import catalog_argument, format_option, open_catalog, write_result
from vnocr.cli.table import render

_COLUMNS = ("document", "page", "number", "issue_date", "issuer", "found")
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@catalog_argument
@click.argument("words", nargs=-1, metavar="[QUERY]")
@click.option("--number", help="The whole number, as in 599/SCT-VP.")
@click.option("--issuer", help="Words of the issuer's name.")
@click.option("--type", "kind", help="Words of the type, as in 'quyet dinh'.")
@click.option("--from", "since", type=_DAY, help="Issued on this day or later.")
@click.option("--to", "until", type=_DAY, help="Issued on this day or earlier.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@format_option
def command(
    catalog: str,
    words: tuple[str, ...],
    number: str | None,
    issuer: str | None,
    kind: str | None,
    since: datetime | None,
    until: datetime | None,
    limit: int,
    form: str,
) -> None:
    """Find the documents in CATALOG that hold every word of QUERY on one page.

    CATALOG is the output folder of `vnocr batch`, or the URL of its database. Marks and
    case may be left out: "cai cach" finds "cải cách"; what is typed with marks ranks
    exact hits first. Words in double quotes must follow each other. The options narrow
    the search, or list documents when there is no QUERY; marks may be left out there too.

    \b
    vnocr search records/ cai cach hanh chinh
    vnocr search records/ '"thủ tục hành chính" đất đai' --from 2024-01-01
    vnocr search records/ --issuer "so y te" --type "quyet dinh" --format csv
    """
    query = SearchQuery(
        " ".join(words),
        number,
        issuer,
        kind,
        since.date() if since else None,
        until.date() if until else None,
        limit,
    )
    if query == SearchQuery(limit=limit):
        raise click.UsageError("Say what to find: words, or at least one of the options.")
    with open_catalog(catalog) as opened:
        hits = search(opened, query)
    write_result(render([_row(hit) for hit in hits], _COLUMNS, form), None)
    if not hits:
        click.echo("vnocr: nothing found", err=True)


def _row(hit: Hit) -> dict[str, object]:
    row = asdict(hit)
    row.pop("snippet")
    return {**row, "found": hit.snippet.marked()}
