"""Restoring and extracting alone, and their share of a page."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.clock import Row

if TYPE_CHECKING:
    from vnocr.model import Page

ROUNDS = 3


def understanding(documents: list[Path], scratch: Path) -> Iterator[Row]:
    """Read the documents once, then restore and extract what was seen, again and again.

    Cold is a restorer that meets each word for the first time, warm one that knows them.
    """
    del scratch
    import vnocr
    from vnocr.restore.restorer import Restorer

    toolkit = vnocr.Toolkit()
    _ = toolkit.restorer, toolkit.extractor, toolkit.engine, toolkit.letterhead_reader
    before = os.times()[:4]  # of this process and of the programs it started
    read = [vnocr.read(path, toolkit) for path in documents]
    whole = sum(os.times()[:4]) - sum(before)
    pages = [_as_seen(page) for dispatch in read for page in dispatch.pages]
    count = len(pages)
    words = sum(len(line.words) for page in pages for line in page.lines)
    fresh = Restorer.load(toolkit.settings.restore, toolkit.settings.dictionary_folder)
    cold = _seconds(fresh.restore_page, pages, 1)
    warm = _seconds(fresh.restore_page, pages, ROUNDS)
    extract = _seconds(toolkit.extractor.extract, [dispatch.pages for dispatch in read], ROUNDS)
    yield Row(
        f"restoring {words:,} words of {count} pages",
        "",
        f"{words / cold:,.0f} words/s cold, {words / warm:,.0f} warm",
    )
    yield Row(
        "restoring (cold), extracting",
        "",
        f"{1000 * cold / count:.1f} ms, {1000 * extract / count:.1f} ms a page",
    )
    yield Row(
        "their share in the processor time of a page",
        "<= 8 %",
        f"{(cold + extract) / whole:.1%} of {whole / count:.2f} s",
    )


def _as_seen(page: Page) -> Page:
    lines = tuple(
        replace(line, words=tuple(replace(word, text=word.seen) for word in line.words))
        for line in page.lines
    )
    return replace(page, lines=lines)


def _seconds(work: Callable[[Any], object], items: Sequence[Any], rounds: int) -> float:
    """Return processor seconds of one round of `work` over `items`."""
    began = time.process_time()
    for _ in range(rounds):
        for item in items:
            work(item)
    return (time.process_time() - began) / rounds
