"""Rendering and recognising pages: what a recogniser makes of text that we know."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytesseract

from training.pages import RenderedPage, render

_PARAGRAPHS_A_PAGE = 24


def recognise_pages(
    paragraphs: Sequence[str],
    count: int,
    languages: Sequence[str],
    seed: int,
    page_of: Callable[[list[str], random.Random], RenderedPage] = render,
) -> Iterator[dict[str, object]]:
    """Yield one record for each page: its true lines and, by language, the words read.

    `page_of` sets neighbouring paragraphs and wears the page. A word read is (line number on
    the page, text, confidence 0..1).
    """
    chance = random.Random(seed)
    for number in range(count):
        page = page_of(_sample(paragraphs, chance), chance)
        yield {
            "page": number,
            "dpi": page.dpi,
            "font": page.font,
            "wear": page.wear,
            "lines": page.lines,
            "read": {language: _read(page, language) for language in languages},
        }


def write_pages(records: Iterator[dict[str, object]], path: Path) -> None:
    """Write records as JSON lines, each as soon as it is there."""
    with path.open("w", encoding="utf-8") as stream:
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
            stream.flush()


def _sample(paragraphs: Sequence[str], chance: random.Random) -> list[str]:
    """Return neighbouring paragraphs, so that the language stays natural."""
    start = chance.randrange(max(1, len(paragraphs) - _PARAGRAPHS_A_PAGE))
    return list(paragraphs[start : start + _PARAGRAPHS_A_PAGE])


def _read(page: RenderedPage, language: str) -> list[tuple[int, str, float]]:
    table = pytesseract.image_to_data(
        page.pixels,
        lang=language,
        config=f"--psm 6 --dpi {page.dpi}",
        output_type=pytesseract.Output.DICT,
    )
    words = []
    rows = zip(
        table["block_num"], table["par_num"], table["line_num"], table["text"], table["conf"],
        strict=True,
    )  # fmt: skip
    line, previous = -1, None
    for block, paragraph, row, text, confidence in rows:
        if not text.strip():
            continue
        if (block, paragraph, row) != previous:
            previous = (block, paragraph, row)
            line += 1
        words.append((line, text.strip(), float(confidence) / 100))
    return words
