"""`vnocr status`: what a catalog holds and how its runs went."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta

import click

from vnocr.catalog.overview import count_remarked, remarked
from vnocr.catalog.runs import Run, Totals, last_runs, now, totals
from vnocr.cli.options import catalog_argument, open_catalog
from vnocr.cli.table import harmless, render

_RUNS = 10
_TOLD = 20
# The batch notes its progress every few seconds; a silent one is most likely dead.
_SILENCE = timedelta(minutes=2)
_COLUMNS = ("started", "ended", "read", "failed", "pages", "pages/s", "took")


@click.command()
@catalog_argument
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def command(catalog: str, form: str) -> None:
    """Show what CATALOG holds, what failed, and its last runs; also while one goes on.

    CATALOG is the output folder of `vnocr batch`, or the URL of its database.

    \b
    vnocr status records/
    vnocr status records/ --format json | jq .runs[0]
    """
    with open_catalog(catalog) as opened:
        held, runs = totals(opened), last_runs(opened, _RUNS)
        told = remarked(opened, _TOLD if form == "text" else None)
        count = count_remarked(opened)
    if form == "json":
        value = {
            "totals": asdict(held),
            "exports": [asdict(one) for one in told],
            "runs": [asdict(run) for run in runs],
        }
        click.echo(json.dumps(value, ensure_ascii=False))
        return
    click.echo(_totals(held))
    for one in told:
        for remark in one.remarks:
            click.echo(harmless(f"  {remark.suffix} of {one.path}: {remark.text}"))
    if count > len(told):
        click.echo(f"  ... and of {count - len(told)} more: --format json")
    if runs and runs[0].ended == "running":
        click.echo(_progress(runs[0]))
    if runs:
        click.echo()
        click.echo(render([_row(run) for run in runs], _COLUMNS, "table"), nl=False)


def _totals(held: Totals) -> str:
    lines = [
        f"{held.documents} documents, {held.read} read ({held.pages} pages), "
        f"{held.needs_review} to check, {held.documents - held.read} failed, "
        f"{held.absent} no longer in the source"
    ]
    lines += [f"  failed: {count} {reason}" for reason, count in held.failures.items()]
    return "\n".join(lines)


def _progress(run: Run) -> str:
    moment = datetime.fromisoformat(now())
    silent = moment - datetime.fromisoformat(run.updated_at)
    if silent > _SILENCE:
        return f"A run on {run.host} has said nothing for {silent}: it was probably killed."
    text = f"Running on {run.host}: {run.finished} of {run.planned} documents"
    if run.pages and run.finished:
        left = timedelta(seconds=int(run.seconds / run.finished * (run.planned - run.finished)))
        text += f", {run.pages_per_second:.2f} pages/s, about {left} left"
    return text


def _row(run: Run) -> dict[str, object]:
    return {
        "started": run.started_at,
        "ended": run.ended,
        "read": run.read,
        "failed": run.failed,
        "pages": run.pages,
        "pages/s": f"{run.pages_per_second:.2f}",
        "took": str(timedelta(seconds=int(run.seconds))),
    }
