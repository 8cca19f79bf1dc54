"""Starting: importing, asking for help, and the first page of a process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clock import VNOCR, Row, best, cost
from benchmarks.pages import drawn

REPEATS = 3


def start(documents: list[Path], scratch: Path) -> Iterator[Row]:
    """Measure how long vnocr takes before it does anything, in `REPEATS` rounds."""
    nothing = best([cost(sys.executable, "-c", "") for _ in range(REPEATS)])
    imported = best([cost(sys.executable, "-c", "import vnocr") for _ in range(REPEATS)])
    helped = best([cost(*VNOCR, "--help") for _ in range(REPEATS)])
    yield Row(
        "importing vnocr, over Python's own start", "", f"{imported.wall - nothing.wall:.2f} s"
    )
    yield Row("`vnocr --help`", "", f"{helped.wall:.2f} s")
    document = _usual(documents)
    (page, *_) = drawn([document], scratch)
    ours, bare = [], []
    for _ in range(REPEATS):
        bare.append(cost("tesseract", page, "-", "-l", "vie", "tsv"))
        ours.append(cost(*VNOCR, "read", document))
    one, other = best(ours), best(bare)
    yield Row(
        f"cold `vnocr read` of {document.name}, over bare Tesseract",
        "<= 1.5 s",
        f"{one.wall - other.wall:.2f} s ({one.wall:.2f} against {other.wall:.2f}); "
        f"processors {one.cpu:.2f} against {other.cpu:.2f}",
    )


def _usual(documents: list[Path]) -> Path:
    """Return the document of one page whose file is of middling size; the first if none has one."""
    from vnocr.imaging.load import open_document
    from vnocr.settings import ImagingSettings

    single = []
    for path in sorted(documents, key=lambda path: path.stat().st_size):
        with open_document(path, ImagingSettings()) as document:
            if document.page_count == 1 and document.text_layer(1) is None:
                single.append(path)
    return single[len(single) // 2] if single else documents[0]
