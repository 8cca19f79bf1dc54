"""The report: one file, everything counted, nothing unescaped."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.batch.archive import Archive
from tests.builders import make_dispatch, write_file
from vnocr.batch.metrics import to_prometheus
from vnocr.batch.report import Crop, write_report
from vnocr.catalog.rows import rows_of
from vnocr.catalog.runs import Run, begin_run, keep_run
from vnocr.catalog.store import Catalog
from vnocr.export.record import to_json
from vnocr.imaging.crop import crop_jpeg
from vnocr.model import Box, Evidence, Fields, Outcome, Page, PageImage
from vnocr.settings import Settings


@pytest.fixture
def catalog(archive: Archive) -> Catalog:
    catalog = Catalog(archive.source.parent / "catalog.sqlite")
    doubt = Evidence(1, Box(120, 120, 920, 320), "Số: 5?9 <b>", 0.41, "handwriting")
    fields = Fields(number="5/SNV", type="Công văn", issuer="Sở <Nội vụ>", issue_date="2024-02-05")
    page = Page(1, (), "ocr", 1654, 2339, 200)
    dispatch = replace(make_dispatch(), fields=fields, evidence={"number": doubt}, pages=(page,))
    for name in ("a.png", "b.png"):
        write_file(archive.source.parent / f"{name}.json", to_json(dispatch))
        outcome = Outcome(name, "same", f"{name}.json", pages=1, needs_review=True)
        catalog.save(outcome, rows_of(dispatch))
    catalog.save(Outcome("bad.pdf", "k", "bad.json", reason="corrupt", message="no & <end>"), None)
    keep_run(catalog, replace(begin_run(catalog), ended="complete", read=2, pages=2, seconds=4.0))
    return catalog


def crop_of(archive: Archive) -> Crop:
    return Crop(archive.source, archive.source.parent, Settings())


def draw_page(path: Path) -> None:
    page = np.full((2339, 1654, 3), 255, np.uint8)
    for row in range(200, 2200, 80):
        text = "So 599 SNV VP " * 3
        cv2.putText(page, text, (100, row), cv2.FONT_HERSHEY_SIMPLEX, 2, (0, 0, 0), 3)
    cv2.rectangle(page, (100, 100), (900, 330), (255, 0, 0), 5)  # as ink is: blue
    cv2.imwrite(str(path), page)


def test_the_report_tells_counts_failures_doubts_and_copies(
    archive: Archive, catalog: Catalog
) -> None:
    draw_page(archive.source / "a.png")
    scratch = archive.source.parent / "scratch"
    write_report(catalog, archive.source.parent, crop_of(archive), scratch)
    text = (archive.source.parent / "report.html").read_text(encoding="utf-8")
    assert "<b>3</b>documents" in text
    assert "Sở &lt;Nội vụ&gt;" in text
    assert "no &amp; &lt;end&gt;" in text
    assert "Số: 5?9 &lt;b&gt;" in text
    assert "a.png, b.png" in text
    assert "0.50" in text
    # a.png has a picture of the doubtful place, b.png is not there to be drawn.
    (picture,) = re.findall(r"data:image/jpeg;base64,([^\"]+)", text)
    pixels = cv2.imdecode(np.frombuffer(base64.b64decode(picture), np.uint8), cv2.IMREAD_COLOR)
    assert pixels.shape == (137, 480, 3)
    assert pixels.min() < 90
    assert np.ptp(pixels, axis=2).max() > 90  # in colour


def test_the_report_needs_no_other_file(archive: Archive, catalog: Catalog) -> None:
    scratch = archive.source.parent / "scratch"
    write_report(catalog, archive.source.parent, crop_of(archive), scratch)
    text = (archive.source.parent / "report.html").read_text(encoding="utf-8")
    assert not re.search(r"(src|href)=\"(?!data:)|@import|url\(|<script", text)


def test_a_run_writes_the_report_and_an_idle_one_leaves_it(archive: Archive) -> None:
    archive.add("a.pdf", "one")
    archive.run()
    report = archive.output / "report.html"
    assert "<b>1</b>documents" in report.read_text(encoding="utf-8")
    before = report.stat().st_mtime_ns
    archive.run()
    assert report.stat().st_mtime_ns == before


def test_a_crop_is_no_wider_than_a_screen_and_lies_on_the_page() -> None:
    image = PageImage(1, np.zeros((1000, 2000, 3), np.uint8), 200)
    encoded = np.frombuffer(crop_jpeg(image, Box(0, 0, 2000, 100)), np.uint8)
    assert cv2.imdecode(encoded, cv2.IMREAD_COLOR).shape == (29, 480, 3)
    with pytest.raises(ValueError, match="outside page 1"):
        crop_jpeg(image, Box(5000, 5000, 5100, 5100))


def test_metrics_follow_the_text_format() -> None:
    run = Run(
        updated_at="2026-01-02T00:00:00+00:00",
        ended="complete",
        seconds=2.0,
        read=3,
        failed=1,
        pages=5,
        reasons={"timeout": 1},
    )
    text = to_prometheus(run)
    assert 'vnocr_batch_documents{state="read"} 3\n' in text
    assert 'vnocr_batch_failures{reason="timeout"} 1\n' in text
    assert "vnocr_batch_pages_per_second 2.5\n" in text
    assert "vnocr_batch_end_timestamp_seconds 1767312000.0\n" in text
    sample = re.compile(r"vnocr_batch_\w+(\{\w+=\"[\w-]+\"\})? -?[\d.e+]+")
    assert all(sample.fullmatch(line) or line.startswith("# ") for line in text.splitlines())
