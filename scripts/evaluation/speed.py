"""Time: vnocr against bare Tesseract on the same pages, restoration, extraction."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from evaluation.readings import Reading, Seconds
from evaluation.report import Figures, Table, rate

if TYPE_CHECKING:
    from vnocr.model import Page

REPEATS = 3


def measure(readings: Iterable[Reading], extract: Callable[[Sequence[Page]], object]) -> Figures:
    """Return seconds a page of both readers, their ratio, and milliseconds of extraction a page."""
    read = [each for each in readings if each.dispatch is not None]
    pages = sum(len(each.dispatch.pages) for each in read if each.dispatch)
    ours = sum((each.seconds for each in read), Seconds())
    compared = [each for each in read if each.bare]
    bare = sum((each.bare_seconds for each in compared), Seconds())
    bare_pages = sum(len(each.bare) for each in compared)
    summary: dict[str, Any] = {
        "pages": pages,
        "vnocr_wall": ours.wall / pages if pages else None,
        "vnocr_cpu": ours.cpu / pages if pages else None,
        "tesseract_wall": bare.wall / bare_pages if bare_pages else None,
        "tesseract_cpu": bare.cpu / bare_pages if bare_pages else None,
        "ratio_wall": ours.wall / bare.wall if bare.wall and pages == bare_pages else None,
        "ratio_cpu": ours.cpu / bare.cpu if bare.cpu and pages == bare_pages else None,
        "extraction_ms": _extraction(read, extract, pages) if pages else None,
    }
    slowest = sorted(read, key=lambda each: each.seconds.wall, reverse=True)
    details = [
        {
            "document": each.path.name,
            "wall": each.seconds.wall,
            "cpu": each.seconds.cpu,
            "tesseract_wall": each.bare_seconds.wall,
            "pages": len(each.dispatch.pages),
        }
        for each in slowest
        if each.dispatch
    ]
    return Figures(summary, details, [_table(summary)])


def _extraction(
    read: Sequence[Reading], extract: Callable[[Sequence[Page]], object], pages: int
) -> float:
    """Return milliseconds of processor time a page, the mean of a few runs over all documents."""
    started = time.process_time()
    for _ in range(REPEATS):
        for each in read:
            if each.dispatch:
                extract(each.dispatch.pages)
    return 1000 * (time.process_time() - started) / REPEATS / pages


def _table(summary: dict[str, Any]) -> Table:
    rows = [
        ["vnocr, whole reading", rate(summary["vnocr_wall"], 2), rate(summary["vnocr_cpu"], 2)],
        [
            "bare Tesseract, without rasterising",
            rate(summary["tesseract_wall"], 2),
            rate(summary["tesseract_cpu"], 2),
        ],
        ["ratio", rate(summary["ratio_wall"], 2), rate(summary["ratio_cpu"], 2)],
        ["extraction alone, ms", "", rate(summary["extraction_ms"], 1)],
    ]
    columns = ["seconds a page", "wall", "processor"]
    return Table(f"Time of {summary['pages']} pages", columns, rows)
