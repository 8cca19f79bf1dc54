"""`vnocr directives` and `vnocr trace` on a catalog."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.builders import make_dispatch
from vnocr.catalog.rows import rows_of
from vnocr.catalog.store import CATALOG_NAME, Catalog
from vnocr.cli.main import cli
from vnocr.model import Outcome


@pytest.fixture
def output(tmp_path: Path) -> Path:
    dispatch = make_dispatch()
    dangerous = replace(dispatch.directives[0], text='=HYPERLINK("http://x")')
    with Catalog(tmp_path / CATALOG_NAME) as catalog:
        rows = rows_of(replace(dispatch, directives=(dangerous,)))
        catalog.save(Outcome("a.pdf", "k", "a.json"), rows)
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    return result


def test_table_of_directives(output: Path) -> None:
    text = run("directives", str(output), "--assignee", "so y te").stdout
    assert "2024-03-01" in text
    assert "12/BC-SNV" in text


def test_csv_cells_start_no_formula(output: Path) -> None:
    text = run("directives", str(output), "--format", "csv").stdout
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["text"] == '\'=HYPERLINK("http://x")'
    assert row["assignee"] == "Sở Y tế"


def test_overdue_and_due_before_narrow_together(output: Path) -> None:
    assert "a.pdf" in run("directives", str(output), "--overdue").stdout
    result = run("directives", str(output), "--overdue", "--due-before", "2024-03-01")
    assert "a.pdf" not in result.stdout
    assert "no directive matches" in result.stderr


def test_a_name_that_names_no_body_is_refused(output: Path) -> None:
    result = CliRunner().invoke(cli, ["directives", str(output), "--assignee", "%"])
    assert result.exit_code == 2
    assert "names no body" in result.stderr


def test_trace_as_json(output: Path) -> None:
    text = run("trace", str(output / CATALOG_NAME), "12/bc-snv", "--format", "json").stdout
    assert json.loads(text)["number"] == "30/2020/NĐ-CP"


def test_trace_of_an_unknown_number_says_so(output: Path) -> None:
    assert "no document in the catalog" in run("trace", str(output), "1/X").stderr


def test_trace_of_a_number_only_cited_tells_so_without_alarm(output: Path) -> None:
    result = run("trace", str(output), "30/2020/NĐ-CP")
    assert "cited by" in result.stdout
    assert "itself is not in this catalog" in result.stderr
