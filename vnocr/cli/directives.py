"""`vnocr directives`: the task register of an archive."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import click

from vnocr.catalog.register import RegisterQuery, find_directives
from vnocr.cli.options import catalog_argument, format_option, open_catalog, write_result
from vnocr.cli.table import render

_COLUMNS = ("deadline", "assignee", "text", "number", "document", "page")


@click.command()
@catalog_argument
@click.option("--assignee", metavar="BODY", help="Who must do it.")
@click.option("--cooperating", metavar="BODY", help="Who must help with it.")
@click.option("--issuer", metavar="BODY", help="Who ordered it.")
@click.option("--groups", is_flag=True, help="Also what is asked of groups that --assignee is of.")
@click.option("--due-before", type=click.DateTime(["%Y-%m-%d"]), help="Due before this day.")
@click.option("--overdue", is_flag=True, help="Due before today.")
@format_option
def command(
    catalog: str, due_before: datetime | None, overdue: bool, form: str, **named: Any
) -> None:
    """List who must do what by when, over all dispatches in CATALOG.

    CATALOG is the output folder of `vnocr batch`, or the URL of its database. The most
    urgent comes first, what has no date last.

    BODY is a name or a part of one; marks, capitals and spelled-out abbreviations do not
    matter: "Sở Tài chính", "so tai chinh", "Sở TC" and "STC" ask for the same. With --groups
    "Sở Tài chính" also finds what is asked of "các sở, ban, ngành".

    \b
    vnocr directives records/ --assignee "Sở Tài chính" --due-before 2025-01-01
    vnocr directives records/ --issuer "UBND tỉnh" --overdue --format csv > overdue.csv
    """
    for option in ("assignee", "cooperating", "issuer"):
        if named[option] is not None and not re.search(r"\w", named[option]):
            raise click.BadParameter(f"{named[option]!r} names no body", param_hint=f"--{option}")
    limits = [limit.date() for limit in (due_before,) if limit]
    if overdue:
        limits.append(date.today())
    query = RegisterQuery(due_before=min(limits, default=None), **named)
    with open_catalog(catalog) as opened:
        entries = find_directives(opened, query)
    rows = [asdict(entry) for entry in entries]
    write_result(render(rows, _COLUMNS, form), None)
    if not rows:
        click.echo("vnocr: no directive matches", err=True)
