"""A person corrects a scan in a real browser, and the archive shows it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.review.browser import Person, chromium, review
from tests.review.desks import Office
from vnocr.catalog.store import Catalog

pytestmark = pytest.mark.slow

SAMPLES = Path(__file__).parents[2] / "samples"


def run(*words: str) -> str:
    command = [sys.executable, "-m", "vnocr", *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_from_a_scan_to_a_corrected_row(tmp_path: Path) -> None:
    source, output = tmp_path / "scans", tmp_path / "records"
    source.mkdir()
    shutil.copy(SAMPLES / "14-so-trong.pdf", source / "a.pdf")
    run("batch", "--quiet", str(source), str(output))
    with chromium(tmp_path / "browser") as browser, review(output, "--user", "lan") as address:
        person = Person(browser)
        browser.get(address)
        assert "token" not in browser.current_url
        person.find("a.entry").click()
        person.until_drawn()
        _look(person)
        _correct(person)
        assert person.complaints() == []
        person.press("a")
        person.until("document.querySelector('.documents .none') !== null")
    record = json.loads((output / "a.json").read_text(encoding="utf-8"))
    assert record["fields"]["number"] == "77/SCT-QLTM"
    assert record["evidence"]["number"]["source"] == "human"
    assert {one["author"] for one in record["corrected"]["corrections"]} == {"lan"}
    assert _exported(output, tmp_path / "archive.xlsx")["number"] == "77/SCT-QLTM"


def _exported(output: Path, table: Path) -> dict[str, object]:
    """The only row of the sheet of documents, as Excel would show it."""
    run("export", str(output), "--format", "xlsx", "-o", str(table))
    names, row = load_workbook(table)["documents"].values
    return dict(zip(map(str, names), row, strict=True))


def _look(person: Person) -> None:
    """A word under the mouse shows its place on the picture."""
    person.hover(person.find(".page .body .w"))
    person.until("document.querySelector('#marks .hover') !== null")
    person.until("document.querySelector('.doubt.active .crop.drawn') !== null")


def _correct(person: Person) -> None:
    """Complete the number by keys alone, then mend a word and undo that."""
    person.press("e")
    person.press("77", "\ue007")  # the symbol stands there already; Enter
    person.until("document.querySelector('[name=number]').value === '77/SCT-QLTM'")
    person.find(".page .body .w").click()
    person.until("!document.querySelector('#editor').hidden")
    person.press("Kính", "\ue007")
    person.until("document.querySelector('.page .w.human') !== null")
    person.press("u")
    person.until("document.querySelector('.page .w.human') === null")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (820, 1180)])
def test_nothing_is_wider_than_the_screen(tmp_path: Path, width: int, height: int) -> None:
    (tmp_path / "out").mkdir()
    with Catalog(tmp_path / "out" / "catalog.sqlite") as catalog:
        Office(catalog, tmp_path)
    with (
        chromium(tmp_path / "browser", width, height, "vi") as browser,
        review(tmp_path / "out", "--source", str(tmp_path / "in")) as address,
    ):
        person = Person(browser)
        browser.get(address)
        assert "Cần xem" in person.find(".views").text
        fits = "document.documentElement.scrollWidth <= innerWidth"
        person.until(fits)
        browser.get(person.find("a.entry").get_attribute("href"))
        person.until("document.querySelectorAll('.page .w').length > 0")
        person.until(fits)
