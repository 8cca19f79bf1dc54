"""Tesseract through pytesseract: one call a page gives words, boxes and confidences."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from vnocr.errors import MissingToolError, RecogniserError
from vnocr.model import Box, Line, Page, PageImage, Word
from vnocr.settings import OcrSettings
from vnocr.vietnamese.unicode import nfc

_PERCENT = 100.0
# What rules, folds and specks are taken for; no word of a dispatch is made of these alone.
_DIRT = 10.0
_NO_PRINT = " _|¦ˆ~¬`´\u00a0"
# Tesseract's page segmentation modes: find the layout, or take the lines as they come.
_WHOLE_PAGE, _BLOCK = 3, 6
# Doubtful lines are not read once more as white on black: its layout finds no such lines anyway.
VARIABLES = {"tessedit_do_invert": "0"}
_OPTIONS = " ".join(f"-c {name}={value}" for name, value in VARIABLES.items())
COLUMNS = ("text", "conf", "left", "top", "width", "height", "block_num", "par_num", "line_num")
_LINE_KEY = ("block_num", "par_num", "line_num")


@dataclass(frozen=True, slots=True)
class Tesseract:
    """Tesseract with one language, single-threaded: pages run side by side instead."""

    language: str
    timeout_seconds: int
    version: str

    def recognise(self, image: PageImage, *, block: bool = False) -> Page:
        """Return the lines of a grey page in Tesseract's order."""
        import cv2

        with tempfile.TemporaryDirectory(prefix="vnocr-") as folder:
            # An uncompressed file handed over by name spares PNG coding both ways.
            path = Path(folder) / "page.pgm"
            cv2.imwrite(str(path), image.pixels)
            table = self._call(path, image, _BLOCK if block else _WHOLE_PAGE)
        return page_from_table(table, image)

    def describe(self) -> str:
        """Return version and language."""
        return f"Tesseract {self.version}, language {self.language}"

    def _call(self, path: Path, image: PageImage, segmentation: int) -> Mapping[str, list[Any]]:
        import pytesseract

        # Set in this process because pytesseract takes no environment for its child.
        os.environ["OMP_THREAD_LIMIT"] = "1"
        try:
            table: Mapping[str, list[Any]] = pytesseract.image_to_data(
                str(path),
                lang=self.language,
                config=f"--psm {segmentation} --dpi {image.dpi} {_OPTIONS}",
                timeout=self.timeout_seconds,
                output_type=pytesseract.Output.DICT,
            )
        except pytesseract.TesseractNotFoundError as error:
            raise tesseract_missing() from error
        except pytesseract.TesseractError as error:
            raise RecogniserError(
                f"page {image.number}: Tesseract failed: {str(error.message).strip()[:200]}"
            ) from error
        except RuntimeError as error:  # pytesseract's word for a timeout
            raise RecogniserError(
                f"page {image.number}: Tesseract was not done after {self.timeout_seconds} s. "
                "Raise ocr.timeout_seconds in the settings file."
            ) from error
        except (OSError, UnicodeDecodeError, ValueError, IndexError) as error:
            raise RecogniserError(
                f"page {image.number}: Tesseract's answer cannot be read ({error})"
            ) from error
        missing = [name for name in COLUMNS if name not in table]
        if missing:
            raise RecogniserError(
                f"page {image.number}: Tesseract's answer lacks {', '.join(missing)}"
            )
        return table


def load_tesseract(settings: OcrSettings) -> Tesseract:
    """Return Tesseract for the settings. Raises MissingToolError naming what to install."""
    import pytesseract

    try:
        version = str(pytesseract.get_tesseract_version())
        languages = pytesseract.get_languages()
    except (pytesseract.TesseractNotFoundError, OSError, SystemExit) as error:
        raise tesseract_missing() from error
    absent = [name for name in settings.language.split("+") if name not in languages]
    if absent:
        packages = " ".join(f"tesseract-ocr-{name.replace('_', '-')}" for name in absent)
        raise MissingToolError(
            f"Tesseract has no language data for '{', '.join(absent)}'. "
            f"Install it with: apt-get install {packages}"
        )
    return Tesseract(settings.language, settings.timeout_seconds, version)


def tesseract_missing() -> MissingToolError:
    """Return the error that says how to get Tesseract."""
    return MissingToolError(
        "Tesseract is not installed; it recognises the letters. "
        "Install it with: apt-get install tesseract-ocr tesseract-ocr-vie"
    )


def page_from_table(table: Mapping[str, list[Any]], image: PageImage) -> Page:
    """Return the page of Tesseract's table of words: columns by name, as in its TSV output."""
    height, width = image.pixels.shape[:2]
    return Page(image.number, tuple(_lines(table)), "ocr", width, height, image.dpi)


def _lines(table: Mapping[str, list[Any]]) -> Iterator[Line]:
    columns = [table[name] for name in COLUMNS]
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in zip(*columns, strict=True)]
    kept = [row for row in rows if _is_print(str(row["text"]).strip(_NO_PRINT), float(row["conf"]))]
    for _, group in groupby(kept, lambda row: [row[name] for name in _LINE_KEY]):
        words = tuple(_words(group))
        yield Line(words, Box.around(word.box for word in words))


def _is_print(text: str, confidence: float) -> bool:
    """Marks without a letter or digit that the recogniser gives next to nothing for are dirt."""
    least = 0 if any(map(str.isalnum, text)) else _DIRT
    return bool(text) and confidence >= least


def _words(rows: Iterable[Mapping[str, Any]]) -> Iterator[Word]:
    for row in rows:
        text = nfc(str(row["text"]).strip())
        left, top = int(row["left"]), int(row["top"])
        box = Box(left, top, left + int(row["width"]), top + int(row["height"]))
        yield Word(text, text, box, min(1.0, float(row["conf"]) / _PERCENT))
