"""`vnocr batch`: a folder of documents, incrementally."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from vnocr.batch.run import BatchReport, run_batch
from vnocr.catalog.store import CATALOG_NAME, Catalog, Entry
from vnocr.cli.options import config_option, make_toolkit, user_words_option, write_result
from vnocr.cli.progress import progress_bar
from vnocr.cli.table import render
from vnocr.errors import BatchFailuresError
from vnocr.model import Outcome
from vnocr.pipeline import Toolkit

if TYPE_CHECKING:
    from vnocr.batch.plan import Plan

_TABLE_ROWS = 40
_COLUMNS = ("document", "number", "date", "type", "issuer", "orders", "note")


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("output", type=click.Path(path_type=Path))
@click.option("-j", "--jobs", type=click.IntRange(1), help="Worker processes.  [default: cores]")
@click.option("--retry-failed", is_flag=True, help="Try again what failed in earlier runs.")
@click.option("-q", "--quiet", is_flag=True, help="No table; failures are still told.")
@user_words_option
@config_option
def command(
    source: Path,
    output: Path,
    jobs: int | None,
    retry_failed: bool,
    quiet: bool,
    user_words: Path | None,
    config: Path | None,
) -> None:
    """Read all documents under SOURCE and write their records under OUTPUT.

    OUTPUT mirrors SOURCE: a/b.pdf becomes a/b.json; catalog.sqlite keeps what was done.
    A second run reads only what is new or changed, and goes on where a killed run
    stopped. SOURCE is never changed. PDF, TIFF, JPEG, PNG and text files are read.

    A document that cannot be read is kept as a failure with its reason, the others go on,
    and the exit code is 7. It is tried again with --retry-failed, or when it changes.

    \b
    vnocr batch scans/ records/
    vnocr batch --jobs 4 --retry-failed scans/ records/
    """
    toolkit = make_toolkit(config, user_words)
    if jobs:
        toolkit = Toolkit(
            replace(toolkit.settings, batch=replace(toolkit.settings.batch, jobs=jobs))
        )
    started = time.monotonic()
    with _Teller() as teller:
        report = run_batch(source, output, toolkit, teller, retry_failed=retry_failed)
    if not quiet:
        write_result(_table(output), None)
    click.echo(_summary(report, time.monotonic() - started, output))
    if report.failed or report.failed_before:
        raise BatchFailuresError(_failure_note(report))


class _Teller:
    """Tells a run on standard error: a bar once the plan is known, failures as they come."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._advance: Callable[..., None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def planned(self, plan: Plan) -> None:
        """Open the bar: its length is the work of the plan."""
        total = len(plan.tasks) + len(plan.moves)
        self._advance = self._stack.enter_context(progress_bar("documents", total))

    def finished(self, outcome: Outcome) -> None:
        """Move the bar by one document."""
        if self._advance:
            self._advance(pages=outcome.pages, failed=int(outcome.failed))
        if outcome.failed:
            click.echo(f"failed ({outcome.reason}): {_told(outcome)}", err=True)


def _told(outcome: Outcome) -> str:
    named = outcome.path in outcome.message
    return outcome.message if named else f"{outcome.path}: {outcome.message}"


def _table(output: Path) -> str:
    with Catalog(output / CATALOG_NAME) as catalog:
        entries = catalog.entries()
    text = render([_row(entry) for entry in entries[:_TABLE_ROWS]], _COLUMNS, "table")
    if len(entries) > _TABLE_ROWS:
        text += f"... and {len(entries) - _TABLE_ROWS} more in {output / CATALOG_NAME}\n"
    return text


def _row(entry: Entry) -> dict[str, object]:
    outcome = entry.outcome
    return {
        "document": outcome.path,
        "number": entry.number or "-",
        "date": entry.issue_date or "-",
        "type": entry.type or "-",
        "issuer": entry.issuer or "-",
        "orders": "" if outcome.failed else entry.directives,
        "note": outcome.reason or ("to check" if outcome.needs_review else ""),
    }


def _summary(report: BatchReport, seconds: float, output: Path) -> str:
    parts = [f"{report.read} read ({report.pages} pages) in {seconds:.1f} s"]
    if not (report.read or report.failed or report.moved):
        parts = ["nothing to do"]
    for count, text in (
        (report.needs_review, "to check"),
        (report.moved, "moved or copied, record carried over"),
        (report.failed, "failed"),
        (report.unchanged, "unchanged"),
        (report.failed_before, "failed in an earlier run"),
        (report.vanished, "no longer in the source, record kept"),
    ):
        if count:
            parts.append(f"{count} {text}")
    return ", ".join(parts) + f". Records: {output}"


def _failure_note(report: BatchReport) -> str:
    total = report.failed + report.failed_before
    return f"{total} document(s) have no record. Try them again with --retry-failed."
