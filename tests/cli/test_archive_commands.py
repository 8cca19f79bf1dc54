"""`vnocr batch`, `vnocr search` and `vnocr status` as they are typed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import vnocr.cli.batch
from tests.batch.archive import Archive, FakeToolkit
from tests.batch.readers import Note
from vnocr.batch.policy import FailureLimit, Job
from vnocr.batch.run import run_batch
from vnocr.catalog.runs import Run, begin_run, keep_run
from vnocr.catalog.store import CATALOG_NAME, Catalog
from vnocr.cli.amounts import Failures, Moment, Span
from vnocr.cli.main import cli
from vnocr.cli.tell import JsonTeller, PeopleTeller
from vnocr.errors import BatchFailuresError, ExitCode


@pytest.fixture
def typed(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An archive whose batch is run from the command line, with the stand-in reader."""

    def stand_in(job: Job, _: object, teller: JsonTeller | PeopleTeller) -> Run:
        return run_batch(replace(job, reader=archive.job().reader), FakeToolkit(), teller)

    monkeypatch.setattr(vnocr.cli.batch, "run_batch", stand_in)
    return archive


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def batch(archive: Archive, *options: object) -> Result:
    return run("batch", archive.source, archive.output, *options)


def test_a_batch_is_summed_up(typed: Archive) -> None:
    typed.add("a.pdf", "one")
    typed.add("b.pdf", "one")
    result = batch(typed)
    assert result.exit_code == 0, result.output
    assert "12/BC-SNV" in result.stdout
    assert "1 read (1 pages)" in result.stdout
    assert "1 copies of another" in result.stdout
    assert "nothing to do, 2 unchanged" in batch(typed).stdout


def test_failures_are_told_with_their_exit_code(typed: Archive) -> None:
    typed.add("a.pdf", "corrupt")
    result = batch(typed, "--quiet")
    assert isinstance(result.exception, BatchFailuresError)
    assert result.exception.exit_code == ExitCode.SOME_FAILED
    assert "failed (corrupt)" in result.stderr


def test_fail_fast_stops_at_the_first(typed: Archive) -> None:
    for index in range(9):
        typed.add(f"{index}.pdf", f"corrupt {index}")
    result = batch(typed, "--fail-fast", "--jobs", 1)
    assert "Stopped: too many failures" in result.stdout
    assert "not begun" in result.stdout


def test_the_log_is_json_for_machines(typed: Archive, tmp_path: Path) -> None:
    typed.add("a.pdf", "corrupt")
    typed.add("b.pdf", "good")
    metrics = tmp_path / "vnocr.prom"
    result = batch(typed, "--log-format", "json", "--metrics", metrics)
    lines = [json.loads(line) for line in result.stderr.splitlines()]
    assert [line["event"] for line in lines] == ["planned", "failed", "ended", "stopped"]
    assert lines[3]["exit_code"] == ExitCode.SOME_FAILED
    assert "--retry-failed" in lines[3]["message"]
    assert lines[1]["reason"] == "corrupt"
    assert lines[2]["read"] == 1
    assert 'vnocr_batch_documents{state="failed"} 1' in metrics.read_text()


def test_a_quiet_log_holds_nothing_but_json(typed: Archive) -> None:
    """As of cron, which puts standard output and standard error into one file."""
    typed.add("a.pdf", "good")
    first = batch(typed, "--log-format", "json", "--quiet")
    events = [json.loads(line)["event"] for line in first.output.splitlines()]
    assert events == ["planned", "ended"]
    typed.source.rename(typed.source.with_name("elsewhere"))
    (line,) = batch(typed, "--log-format", "json", "--quiet").output.splitlines()
    assert json.loads(line)["exit_code"] == ExitCode.UNREADABLE_INPUT


def test_what_is_to_be_known_of_an_export_is_told(
    typed: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As that a copy is no PDF/A; the document has not failed for that."""
    monkeypatch.setattr(vnocr.cli.batch, "SearchablePdf", Note)
    typed.add("a.pdf", "odd")
    typed.add("b.pdf", "one")
    result = batch(typed, "--pdf")
    assert result.exit_code == 0, result.output
    assert "note: a.pdf: odd, but noted" in result.stderr
    assert "note: b.pdf" not in result.stderr
    typed.add("c.pdf", "odd")
    lines = batch(typed, "--pdf", "--log-format", "json").stderr.splitlines()
    (note,) = [line for line in map(json.loads, lines) if line["event"] == "export-note"]
    assert (note["document"], note["message"]) == ("c.pdf", "odd, but noted")
    assert ".note of a.pdf: odd, but noted" in run("status", typed.output).stdout
    kept = json.loads(run("status", typed.output, "--format", "json").stdout)["exports"]
    assert [one["path"] for one in kept] == ["a.pdf", "c.pdf"]


def test_texts_are_told_as_without_copies(typed: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vnocr.cli.batch, "SearchablePdf", Note)
    typed.add("a.txt", "one")
    assert "1 text files, which have no pages to copy" in batch(typed, "--pdf").stdout
    assert "text files" not in batch(typed).stdout


def test_search_finds_and_marks(typed: Archive) -> None:
    typed.add("a.pdf", "one")
    batch(typed)
    result = run("search", typed.output, "bao", "cao")
    assert "[BÁO] [CÁO]" in result.stdout
    (row,) = [
        json.loads(line)
        for line in run(
            "search", typed.output, "--number", "12/bc-snv", "--format", "json"
        ).stdout.splitlines()
    ]
    assert (row["document"], row["number"]) == ("a.pdf", "12/BC-SNV")
    assert "nothing found" in run("search", typed.output, "xyz").stderr


def test_a_search_for_nothing_is_refused(typed: Archive) -> None:
    typed.add("a.pdf", "one")
    batch(typed)
    assert run("search", typed.output).exit_code == ExitCode.USAGE


def test_status_shows_totals_failures_and_runs(typed: Archive) -> None:
    typed.add("a.pdf", "one")
    typed.add("b.pdf", "corrupt")
    batch(typed)
    result = run("status", typed.output)
    assert "2 documents, 1 read (1 pages)" in result.stdout
    assert "failed: 1 corrupt" in result.stdout
    value = json.loads(run("status", typed.output, "--format", "json").stdout)
    assert value["runs"][0]["ended"] == "complete"


def test_status_while_a_run_goes_on(tmp_path: Path) -> None:
    with Catalog(tmp_path / CATALOG_NAME) as catalog:
        run_of_now = replace(begin_run(catalog), planned=30, read=10, pages=20, seconds=100.0)
        keep_run(catalog, run_of_now)
    assert "10 of 30 documents, 0.20 pages/s, about 0:03:20 left" in run("status", tmp_path).stdout
    with Catalog(tmp_path / CATALOG_NAME) as catalog:
        keep_run(catalog, replace(run_of_now, updated_at="2020-01-01T00:00:00+00:00"))
    assert "probably killed" in run("status", tmp_path).stdout


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("5h", timedelta(hours=5)),
        ("1h30m", timedelta(hours=1.5)),
        ("1.5h", timedelta(hours=1.5)),
        ("45s", timedelta(seconds=45)),
        ("7d", timedelta(days=7)),
    ],
)
def test_spans(text: str, span: timedelta) -> None:
    assert Span().convert(text, None, None) == span


@pytest.mark.parametrize("text", ["", "5", "h", "5 h", "5w", "-5h"])
def test_what_is_no_span(text: str) -> None:
    with pytest.raises(click.BadParameter):
        Span().convert(text, None, None)


def test_moments() -> None:
    convert = Moment().convert
    assert convert("2026-11-01T12:00:00+00:00", None, None) == datetime(2026, 11, 1, 12, tzinfo=UTC)
    ago = datetime.now(UTC) - convert("7d", None, None)
    assert abs(ago - timedelta(days=7)) < timedelta(minutes=1)
    with pytest.raises(click.BadParameter):
        convert("yesterday", None, None)


def test_failure_limits() -> None:
    assert Failures().convert("20", None, None) == FailureLimit(20)
    assert Failures().convert("5%", None, None) == FailureLimit(5, percent=True)
    for text in ("", "-1", "101%", "many"):
        with pytest.raises(click.BadParameter):
            Failures().convert(text, None, None)
