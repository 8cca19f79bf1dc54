"""Reading pages: vnocr and OCRmyPDF against bare Tesseract on the same documents."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil

from benchmarks.clock import VNOCR, Cost, Row, cost, environment

WORKERS = (1, 2)
_ROUND_SECONDS = 0.1
_MEMORY_ROUNDS = 15


def drawn(documents: Sequence[Path], scratch: Path) -> list[Path]:
    """Return the pages of `documents` as grey pictures of 200 dpi, drawn before any clock runs."""
    import cv2

    from vnocr.imaging.load import open_document
    from vnocr.settings import ImagingSettings

    pages = []
    for number, path in enumerate(documents):
        with open_document(path, ImagingSettings()) as document:
            for page in range(1, document.page_count + 1):
                picture = document.page_image(page).pixels
                grey = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
                target = scratch / f"{number}-{page}.pgm"
                cv2.imwrite(str(target), grey)
                pages.append(target)
    return pages


def reading(documents: list[Path], scratch: Path) -> Iterator[Row]:
    """Compare whole batches, start-up included, with bare Tesseract on pages already drawn."""
    pages = drawn(documents, scratch)
    source = _linked(documents, scratch / "source")
    for workers in WORKERS:
        bare = _bare(pages, workers)
        output = scratch / f"records-{workers}"
        ours, memory = _batch(source, output, workers)
        yield Row(
            f"batch of {len(pages)} pages, {workers} worker(s), over bare Tesseract",
            "<= 1.0" if workers > 1 else "",
            f"{ours.wall / bare.wall:.2f} ({ours.wall:.1f} s against {bare.wall:.1f}; "
            f"processors {ours.cpu / bare.cpu:.2f})",
        )
        yield Row(
            f"memory of a worker, its programs included, {workers} worker(s)",
            "<= 450 MB",
            f"{memory:.0f} MB",
        )
    again = cost(*VNOCR, "batch", "-q", source, scratch / f"records-{WORKERS[-1]}")
    yield Row("the same batch again, nothing new", "", f"{again.wall:.2f} s")


def _bare(pages: Sequence[Path], workers: int) -> Cost:
    def read(page: Path) -> Cost:
        return cost("tesseract", page, "-", "-l", "vie", "tsv")

    # The rusage of children is that of all threads: it is taken once, around all pages.
    before, began = psutil.Process().cpu_times(), time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(read, pages))
    after = psutil.Process().cpu_times()
    used = after.children_user + after.children_system
    used -= before.children_user + before.children_system
    return Cost(time.perf_counter() - began, used)


def _batch(source: Path, output: Path, workers: int) -> tuple[Cost, float]:
    """Return the cost of a batch and the most memory that a worker held, in MB.

    Memory that processes share is counted once among them (PSS). The fork server waits for the
    workers, so that their time is in nobody's account in the end: it is looked at meanwhile.
    """
    began = time.perf_counter()
    command = [*VNOCR, "batch", "-q", "-j", str(workers), str(source), str(output)]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()
    )
    most, used, rounds = 0.0, {}, 0
    while process.poll() is None:
        servers = _children(process.pid)
        crew = [worker for server in servers for worker in _children(server.pid)]
        for one in (psutil.Process(process.pid), *servers):
            used[one.pid] = _seconds(one, with_children=False) or used.get(one.pid, 0.0)
        for one in crew:
            used[one.pid] = _seconds(one, with_children=True) or used.get(one.pid, 0.0)
        if rounds % _MEMORY_ROUNDS == 0:  # it takes the time that is measured
            most = max([most, *map(_held, crew)])
        rounds += 1
        time.sleep(_ROUND_SECONDS)
    wall = time.perf_counter() - began
    if process.returncode not in (0, 7):
        raise RuntimeError(f"vnocr batch ended with {process.returncode}")
    return Cost(wall, sum(used.values())), most


def _children(parent: int) -> list[psutil.Process]:
    try:
        return psutil.Process(parent).children()
    except psutil.Error:
        return []


def _seconds(process: psutil.Process, *, with_children: bool) -> float:
    """Return the processor time of `process`, and of the children it waited for; 0 if it ended."""
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    own = float(times.user + times.system)
    return own + times.children_user + times.children_system if with_children else own


def _held(worker: psutil.Process) -> float:
    total = 0
    try:
        for process in (worker, *worker.children(recursive=True)):
            total += process.memory_full_info().pss
    except psutil.Error:  # one of them has just ended
        return 0.0
    return total / 2**20


def _linked(documents: Sequence[Path], folder: Path) -> Path:
    folder.mkdir()
    for number, path in enumerate(documents):
        (folder / f"{number:04}{path.suffix}").symlink_to(path.resolve())
    return folder


def ocrmypdf(documents: list[Path], scratch: Path) -> Iterator[Row]:
    """Compare OCRmyPDF on the drawn pages, of signed documents it takes no others."""
    if not shutil.which("ocrmypdf"):
        yield Row("OCRmyPDF", "", "not installed here")
        return
    pages = drawn(documents, scratch)
    bare = _bare(pages, 1)
    ways = [(), ("--deskew",), *([("--deskew", "--clean")] if shutil.which("unpaper") else [])]
    redrawn = [_as_pdf(page) for page in pages]
    for way in ways:
        total = Cost(0, 0)
        for path in redrawn:
            total += cost("ocrmypdf", "-q", "-l", "vie", "-j", "1", *way,
                          "--output-type", "pdf", path, scratch / "copy.pdf")  # fmt: skip
        yield Row(
            f"{' '.join(['OCRmyPDF', *way])}, one page at a time, over bare Tesseract",
            "",
            f"{total.wall / bare.wall:.2f} (processors {total.cpu / bare.cpu:.2f})",
        )


def _as_pdf(page: Path) -> Path:
    from PIL import Image

    from vnocr.settings import ImagingSettings

    target = page.with_suffix(".pdf")
    with Image.open(page) as picture:
        picture.save(target, resolution=ImagingSettings().dpi)
    return target
