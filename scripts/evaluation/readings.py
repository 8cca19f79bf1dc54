"""Reads every document once, with vnocr and with bare Tesseract, for all measures to share."""

from __future__ import annotations

import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

    from vnocr.model import Dispatch, Extraction
    from vnocr.pipeline import Toolkit

DPI = 200


@dataclass(frozen=True, slots=True)
class Seconds:
    """Time by the clock, and time of the processor spent by this process and its children."""

    wall: float = 0.0
    cpu: float = 0.0

    def __add__(self, other: Seconds) -> Seconds:
        return Seconds(self.wall + other.wall, self.cpu + other.cpu)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document gave: vnocr's dispatch or its error, and bare Tesseract's text a page."""

    path: Path
    dispatch: Dispatch | None
    error: str | None
    seconds: Seconds
    bare: tuple[str, ...]
    bare_seconds: Seconds


def read_all(paths: Sequence[Path], jobs: int, done: Callable[[], None]) -> dict[Path, Reading]:
    """Read `paths` with `jobs` processes; `done` is called after each document."""
    with ExitStack() as stack:
        pool = stack.enter_context(ProcessPoolExecutor(jobs)) if jobs > 1 else None
        readings = {}
        for reading in pool.map(_read, paths) if pool else map(_read, paths):
            readings[reading.path] = reading
            done()
    return readings


@lru_cache(maxsize=1)
def toolkit() -> Toolkit:
    """Return this process's models, each loaded when first needed; file names have no vote."""
    from vnocr.pipeline import Toolkit
    from vnocr.settings import ExtractSettings, Settings

    return Toolkit(Settings(extract=ExtractSettings(file_names=False)))


@lru_cache(maxsize=1)
def warm_toolkit() -> Toolkit:
    """Return the same models, all loaded, so that no document pays for loading them."""
    models = toolkit()
    _ = models.engine, models.extractor, models.producer
    warm_restorer()
    return models


def warm_restorer() -> None:
    """Load the restorer and let it fill what it fills on first use."""
    restore("Kinh gui: Uy ban nhan dan tinh")


def restore(text: str) -> str:
    """Return `text` restored."""
    return toolkit().restorer.restore(text).text


def extract(text: str) -> Extraction:
    """Return what the extractor finds in `text`; a form feed starts a new page."""
    from vnocr.imaging.plain_text import pages_from_text

    return toolkit().extractor.extract(pages_from_text(text))


def _read(path: Path) -> Reading:
    models = warm_toolkit()
    # The file names of many scans hold their numbers: the page alone must be enough.
    with tempfile.TemporaryDirectory() as folder:
        nameless = Path(folder) / f"document{path.suffix}"
        shutil.copy(path, nameless)
        with timed() as spent:
            dispatch, error = _dispatch(nameless, models)
    texts, bare_spent = _bare(path)
    return Reading(path, dispatch, error, spent[0], texts, bare_spent)


def _dispatch(path: Path, models: Toolkit) -> tuple[Dispatch | None, str | None]:
    from vnocr.pipeline import read_dispatch

    try:
        return read_dispatch(path, models), None
    except Exception as error:  # noqa: BLE001 - a document that fails is a result to report
        return None, f"{type(error).__name__}: {error}"


def _bare(path: Path) -> tuple[tuple[str, ...], Seconds]:
    texts, spent = [], Seconds()
    for image in grey_pages(path):
        text, seconds = tesseract(image)
        texts.append(text)
        spent += seconds
    return tuple(texts), spent


def grey_pages(path: Path) -> Iterator[Image]:
    """Yield the pages of a PDF in grey at 200 dpi, or an image as it is, in grey."""
    if path.suffix.lower() != ".pdf":
        import PIL.Image

        with PIL.Image.open(path) as picture:
            yield picture.convert("L")
        return
    from pdf2image import convert_from_path, pdfinfo_from_path

    for number in range(1, pdfinfo_from_path(str(path))["Pages"] + 1):
        yield from convert_from_path(path, DPI, first_page=number, last_page=number, grayscale=True)


def tesseract(image: Image) -> tuple[str, Seconds]:
    """Return the text of `image` as `tesseract -l vie --psm 3` gives it, and the time it took."""
    with tempfile.NamedTemporaryFile(suffix=".pgm") as file:
        image.save(file.name)
        command = ["tesseract", file.name, "-", "-l", "vie", "--psm", "3", "--dpi", str(DPI)]
        with timed() as spent:
            result = subprocess.run(command, capture_output=True, check=True)
    return result.stdout.decode("utf-8"), spent[0]


@contextmanager
def timed() -> Iterator[list[Seconds]]:
    """Yield a list that holds the time spent, once the block is left."""
    spent: list[Seconds] = []
    wall, cpu = time.perf_counter(), _cpu()
    yield spent
    spent.append(Seconds(time.perf_counter() - wall, _cpu() - cpu))


def _cpu() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
