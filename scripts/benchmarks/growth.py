"""How the time of a batch grows with the archive, on a reader that stands in for recognition."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clock import Row

SIZES = (10, 100, 1000)


def growth(documents: list[Path], scratch: Path) -> Iterator[Row]:
    """Measure batches of growing size: the time of a document must not grow with them."""
    del documents
    _timed(scratch / "first", 1)  # the fork server starts once in the life of a process
    taken = {size: _timed(scratch / f"growth-{size}", size) for size in SIZES}
    found = ", ".join(f"{size}: {taken[size]:.1f} s" for size in SIZES)
    each = (taken[1000] - taken[100]) / 900, (taken[100] - taken[10]) / 90
    yield Row(
        "batch of 10, 100, 1,000 documents, stand-in reader",
        "",
        f"{found}; a further document costs {1000 * each[1]:.1f} ms, then {1000 * each[0]:.1f} ms",
    )


def _timed(folder: Path, size: int) -> float:
    """Return the seconds of a batch over `size` documents, made in `folder` and removed."""
    from tests.batch.archive import Archive
    from tests.batch.readers import obedient_reader

    folder.mkdir()
    archive = Archive(folder)
    for number in range(size):
        archive.add(f"{number % 20:02}/{number:05}.pdf", f"letter {number}")
    began = time.perf_counter()
    archive.run(reader=obedient_reader)
    taken = time.perf_counter() - began
    shutil.rmtree(folder)
    return taken
