"""Skew: the transcribed pages turned by some degrees, as a careless scan would have them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from evaluation.gold import Document, GoldPage
from evaluation.pages import Score, page_texts, score_page
from evaluation.readings import DPI, read_all
from evaluation.report import Figures, Table, percent, rate

DEGREES = (-3.0, -1.5, -0.5, 0.0, 0.5, 1.5, 3.0)
READERS = ("tesseract", "vnocr")


def measure(documents: Sequence[Document], jobs: int, done: Callable[[], None]) -> Figures:
    """Turn each transcribed page by each angle, read it, and score it like the page itself."""
    summary: dict[str, Any] = {}
    details: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for degrees in DEGREES:
            turned = dict(_turn(documents, degrees, Path(folder)))
            readings = read_all(list(turned), jobs, done)
            scores = {reader: Score() for reader in READERS}
            rows = []
            for path, page in turned.items():
                texts = page_texts(1, readings[path], None)
                row = {
                    reader: score_page(page, texts[reader], scores[reader]) for reader in READERS
                }
                rows.append({"document": page.document, "page": page.number, **row})
            summary[f"{degrees:+g}"] = {reader: scores[reader].figures() for reader in READERS}
            details[f"{degrees:+g}"] = rows
    return Figures(summary, details, [_table(summary)])


def _turn(
    documents: Sequence[Document], degrees: float, folder: Path
) -> Iterator[tuple[Path, GoldPage]]:
    """Write each page as a picture turned by `degrees` counter-clockwise, the corners white."""
    from pdf2image import convert_from_path
    from PIL.Image import Resampling

    for document in documents:
        for page in document.pages:
            (image,) = convert_from_path(
                document.path, DPI, first_page=page.number, last_page=page.number
            )
            path = folder / f"{document.path.stem}-{page.number}-{degrees:+g}.png"
            image.rotate(degrees, Resampling.BICUBIC, expand=True, fillcolor="white").save(
                path, dpi=(DPI, DPI)
            )
            yield path, page


def _table(summary: dict[str, Any]) -> Table:
    rows = [
        [
            degrees,
            *(
                cell
                for reader in READERS
                for cell in (rate(figures[reader]["wer"]), percent(figures[reader]["missing"]))
            ),
        ]
        for degrees, figures in summary.items()
    ]
    columns = [
        "degrees",
        *(f"{reader}, {name}" for reader in READERS for name in ("WER", "missing")),
    ]
    return Table("Transcribed pages turned", columns, rows)
