"""OCRmyPDF on the transcribed pages, drawn anew: it takes no digitally signed documents."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluation.gold import Document
from evaluation.pages import Score, score_page
from evaluation.readings import DPI, grey_pages
from evaluation.report import Figures, Table, percent, rate

if TYPE_CHECKING:
    from PIL.Image import Image


def ways() -> tuple[tuple[str, ...], ...]:
    """Return the options to try: cleaning is left out where unpaper, which does it, is missing."""
    if not shutil.which("ocrmypdf"):
        return ()
    cleaning = (("--deskew", "--clean"),) if shutil.which("unpaper") else ()
    return (("--deskew",), *cleaning)


def measure(documents: Sequence[Document], done: Callable[[], None]) -> Figures:
    """Read each transcribed page with each set of options, and score it as those of vnocr."""
    summary: dict[str, Any] = {}
    details: dict[str, Any] = {}
    for way in ways():
        name, score, rows = " ".join(("OCRmyPDF", *way)), Score(), []
        for document in documents:
            for page in document.pages:
                image = next(islice(grey_pages(document.path), page.number - 1, None))
                row = score_page(page, _read(image, way), score)
                rows.append({"document": page.document, "page": page.number, **row})
                done()
        summary[name], details[name] = score.figures(), rows
    return Figures(summary, details, [_table(summary)])


def _read(image: Image, way: tuple[str, ...]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        source, target, text = (Path(folder) / name for name in ("in.pdf", "out.pdf", "out.txt"))
        image.save(source, resolution=DPI)
        options = ["-q", "-l", "vie", "-j", "1", *way, "--output-type", "pdf", "--sidecar", text]
        subprocess.run(["ocrmypdf", *options, source, target], capture_output=True, check=True)
        return text.read_text(encoding="utf-8")


def _table(summary: dict[str, Any]) -> Table:
    rows = [
        [
            name,
            rate(figures["wer"]),
            rate(figures["cer"]),
            percent(figures["missing"]),
            f"{rate(figures['worst_page_wer'], 3)} {figures['worst_page']}",
            percent(figures["letterhead_lines"], 1),
        ]
        for name, figures in summary.items()
    ]
    columns = ["reader", "body WER", "body CER", "missing", "worst page WER", "letterhead lines"]
    return Table("Transcribed pages, drawn anew", columns, rows)
