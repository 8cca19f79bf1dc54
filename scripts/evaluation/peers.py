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
from evaluation.pages import Score, accuracy_table, score_page
from evaluation.readings import DPI, grey_pages
from evaluation.report import Figures

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
    return Figures(summary, details, [accuracy_table("Transcribed pages, drawn anew", summary)])


def _read(image: Image, way: tuple[str, ...]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        source, target, text = (Path(folder) / name for name in ("in.pdf", "out.pdf", "out.txt"))
        image.save(source, resolution=DPI)
        options = ["-q", "-l", "vie", "-j", "1", *way, "--output-type", "pdf", "--sidecar", text]
        subprocess.run(["ocrmypdf", *options, source, target], capture_output=True, check=True)
        return text.read_text(encoding="utf-8")
