"""`vnocr batch`: a folder of documents, incrementally."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import click

from vnocr.batch.engine import Engine
from vnocr.batch.exports import Export
from vnocr.batch.metrics import write_metrics
from vnocr.batch.policy import FailureLimit, Job, Policy
from vnocr.batch.run import run_batch
from vnocr.catalog.runs import Run
from vnocr.catalog.store import CATALOG_NAME, Catalog, Entry
from vnocr.cli.amounts import Failures, Moment, Span
from vnocr.cli.options import config_option, make_toolkit, user_words_option
from vnocr.cli.table import render
from vnocr.cli.tell import JsonTeller, PeopleTeller
from vnocr.errors import BatchFailuresError, ExitCode, VnocrError
from vnocr.export.alto import AltoFile
from vnocr.export.hocr import HocrFile
from vnocr.export.searchable_pdf import SearchablePdf
from vnocr.pipeline import Toolkit

_TABLE_ROWS = 40
_COLUMNS = ("document", "number", "date", "type", "issuer", "orders", "note")
_ENDS = {
    "interrupted": "Interrupted; run again to go on",
    "time-budget": "Stopped: the time budget is spent; run again to go on",
    "too-many-failures": "Stopped: too many failures",
}


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("output", type=click.Path(path_type=Path))
@click.option("-j", "--jobs", type=click.IntRange(1), help="Worker processes.  [default: cores]")
@click.option("--retry-failed", is_flag=True, help="Try again what failed in earlier runs.")
@click.option(
    "--max-failures", type=Failures(), help="Stop when more fail than this: 20, or 5% of the run."
)
@click.option("--fail-fast", is_flag=True, help="Stop at the first failure.")
@click.option("--since", type=Moment(), help="Leave alone files older than 2026-11-01, or 7d.")
@click.option("--time-budget", type=Span(), help="Begin no document after 5h, 90m, ...")
@click.option(
    "--catalog",
    default="",
    envvar="VNOCR_CATALOG",
    help="Database URL (postgresql+psycopg://...) instead of OUTPUT/catalog.sqlite.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Where to read: on this machine, or on a Ray cluster that shares the folders.",
)
@click.option("--pdf", is_flag=True, help="Also write searchable PDF/A copies: a/b.pdf.")
@click.option("--alto", is_flag=True, help="Also write ALTO: a/b.alto.xml.")
@click.option("--hocr", is_flag=True, help="Also write hOCR: a/b.hocr.")
@click.option("--metrics", type=click.Path(path_type=Path), help="Write a Prometheus text file.")
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How progress and failures are told on standard error.",
)
@click.option("-q", "--quiet", is_flag=True, help="No table; failures are still told.")
@user_words_option
@config_option
def command(
    source: Path,
    output: Path,
    jobs: int | None,
    retry_failed: bool,
    max_failures: FailureLimit | None,
    fail_fast: bool,
    since: datetime | None,
    time_budget: timedelta | None,
    catalog: str,
    engine: Engine,
    metrics: Path | None,
    log_format: str,
    quiet: bool,
    user_words: Path | None,
    config: Path | None,
    **wanted: bool,
) -> int:
    """Read all documents under SOURCE and write their records under OUTPUT.

    OUTPUT mirrors SOURCE: a/b.pdf becomes a/b.json; catalog.sqlite keeps what was done.
    A second run reads only what is new or changed, and goes on where a killed run
    stopped. SOURCE is never changed. PDF, TIFF, JPEG, PNG and text files are read.
    What cannot be read is kept as a failure (exit code 7) and tried again when it changes
    or with --retry-failed. Ctrl-C and SIGTERM stop cleanly.

    \b
    vnocr batch --pdf --jobs 4 --retry-failed scans/ records/
    vnocr batch --time-budget 5h --max-failures 5% --log-format json scans/ records/
    """
    limit = FailureLimit(0) if fail_fast else max_failures
    policy = Policy(retry_failed, limit, since, time_budget)
    job = Job(source, output, policy, catalog, engine, exports=_exports(**wanted))
    toolkit = partial(_toolkit, config, user_words, jobs)
    told = _told_to_programs if log_format == "json" else _told_to_people
    return told(job, toolkit, metrics, quiet)


def _told_to_people(
    job: Job, toolkit: Callable[[], Toolkit], metrics: Path | None, quiet: bool
) -> int:
    run = _run(job, toolkit, PeopleTeller(), metrics)
    click.echo(("" if quiet else _table(job)) + _summary(run, job.output))
    return _exit_code(run)


def _told_to_programs(
    job: Job, toolkit: Callable[[], Toolkit], metrics: Path | None, quiet: bool
) -> int:
    teller = JsonTeller()
    try:
        run = _run(job, toolkit, teller, metrics)
        if not quiet:
            click.echo(_table(job) + _summary(run, job.output))
        return _exit_code(run)
    except VnocrError as error:
        # A log that programs read holds no line that is not for them.
        teller.stopped(error)
        return error.exit_code


def _run(
    job: Job,
    toolkit: Callable[[], Toolkit],
    teller: JsonTeller | PeopleTeller,
    metrics: Path | None,
) -> Run:
    with teller:
        run = run_batch(job, toolkit(), teller)
        teller.ended(run)
    if metrics:
        write_metrics(run, metrics)
    return run


def _exports(*, pdf: bool, alto: bool, hocr: bool) -> tuple[Export, ...]:
    makers: tuple[tuple[bool, Export], ...] = (
        (pdf, SearchablePdf()),
        (alto, AltoFile()),
        (hocr, HocrFile()),
    )
    return tuple(maker for wanted, maker in makers if wanted)


def _toolkit(config: Path | None, user_words: Path | None, jobs: int | None) -> Toolkit:
    toolkit = make_toolkit(config, user_words)
    if not jobs:
        return toolkit
    settings = toolkit.settings
    return Toolkit(replace(settings, batch=replace(settings.batch, jobs=jobs)))


def _table(job: Job) -> str:
    with Catalog(job.catalog or job.output / CATALOG_NAME) as catalog:
        entries, count = catalog.entries(_TABLE_ROWS), catalog.count()
    text = render([_row(entry) for entry in entries], _COLUMNS, "table")
    if count > len(entries):
        text += f"... and {count - len(entries)} more: vnocr search, vnocr status\n"
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


def _summary(run: Run, output: Path) -> str:
    parts = [f"{run.read} read ({run.pages} pages) in {run.seconds:.1f} s"]
    if not (run.finished or run.exported) and run.ended == "complete":
        parts = ["nothing to do"]
    for count, text in (
        (run.needs_review, "to check"),
        (run.moved, "moved or renamed, record carried over"),
        (run.copied, "copies of another, record carried over"),
        (run.adopted, "known from their record"),
        (run.exported, "with new exports"),
        (run.failed, "failed"),
        (run.export_failed, "whose exports failed"),
        (run.pageless, "text files, which have no pages to copy"),
        (run.unchanged, "unchanged"),
        (run.failed_before, "failed in an earlier run"),
        (run.vanished, "no longer in the source, record kept"),
        (run.planned - run.finished, "not begun"),
    ):
        if count:
            parts.append(f"{count} {text}")
    end = f"{_ENDS[run.ended]}. " if run.ended in _ENDS else ""
    return f"{end}{', '.join(parts)}. Records: {output}"


def _exit_code(run: Run) -> int:
    if run.ended == "interrupted":
        return ExitCode.INTERRUPTED
    total = run.failed + run.failed_before
    if total:
        raise BatchFailuresError(
            f"{total} document(s) have no record. Try them again with --retry-failed."
        )
    if run.export_failed:
        raise BatchFailuresError(
            f"{run.export_failed} document(s) lack an export. Try again with --retry-failed."
        )
    return ExitCode.DONE
