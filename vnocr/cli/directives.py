"""`vnocr directives`: the task register of an archive."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

import click

from vnocr.catalog.register import RegisterQuery, find_directives
from vnocr.cli.options import catalog_argument, format_option, open_catalog, write_result
from vnocr.cli.table import render

_COLUMNS = ("deadline", "assignee", "text", "number", "document", "page")


@click.command()
@catalog_argument
@click.option("--assignee", help="Who must do it; part of the name, marks may be left out.")
@click.option("--issuer", help="Who ordered it; part of the name, marks may be left out.")
@click.option("--due-before", type=click.DateTime(["%Y-%m-%d"]), help="Due before this day.")
@click.option("--overdue", is_flag=True, help="Due before today.")
@format_option
def command(
    catalog: str,
    assignee: str | None,
    issuer: str | None,
    due_before: datetime | None,
    overdue: bool,
    form: str,
) -> None:
    """List who must do what by when, over all dispatches in CATALOG.

    CATALOG is the output folder of `vnocr batch`, or the URL of its database. The most
    urgent comes first, what has no date last.

    \b
    vnocr directives records/ --assignee "so noi vu" --due-before 2025-01-01
    vnocr directives records/ --overdue --format csv > overdue.csv
    """
    limits = [limit.date() for limit in (due_before,) if limit]
    if overdue:
        limits.append(date.today())
    query = RegisterQuery(assignee, issuer, min(limits, default=None))
    with open_catalog(catalog) as opened:
        entries = find_directives(opened, query)
    rows = [asdict(entry) for entry in entries]
    write_result(render(rows, _COLUMNS, form), None)
    if not rows:
        click.echo("vnocr: no directive matches", err=True)
