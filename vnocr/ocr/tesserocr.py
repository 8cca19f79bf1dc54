"""Tesseract inside this process, through tesserocr: the model is loaded once for all pages.

About a third less processor time a page than starting the program for each. A crash takes the
process with it: run it in worker processes, as a batch does.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vnocr.errors import MissingToolError, RecogniserError
from vnocr.model import Page, PageImage
from vnocr.ocr.tesseract import COLUMNS, VARIABLES, load_tesseract, page_from_table
from vnocr.settings import OcrSettings

_WHOLE_PAGE, _BLOCK = 3, 6
_FOLDER = re.compile(r'"(.+?)"')


@dataclass(frozen=True, slots=True)
class Tesserocr:
    """An initialised recogniser; not to be shared by threads."""

    api: Any
    timeout_seconds: int
    description: str

    def recognise(self, image: PageImage, *, block: bool = False) -> Page:
        """Return the lines of a grey page in Tesseract's order."""
        height, width = image.pixels.shape[:2]
        try:
            self.api.SetPageSegMode(_BLOCK if block else _WHOLE_PAGE)
            self.api.SetImageBytes(image.pixels.tobytes(), width, height, 1, width)
            self.api.SetSourceResolution(image.dpi)
            if not self.api.Recognize(self.timeout_seconds * 1000):
                raise RecogniserError(
                    f"page {image.number}: Tesseract was not done after {self.timeout_seconds} s. "
                    "Raise ocr.timeout_seconds in the settings file."
                )
            table = _table(self.api)
        except RuntimeError as error:
            raise RecogniserError(f"page {image.number}: Tesseract failed: {error}") from error
        finally:
            self.api.Clear()
        return page_from_table(table, image)

    def describe(self) -> str:
        """Return version and language."""
        return self.description


def _table(api: Any) -> dict[str, list[Any]]:
    """Return what was read as columns of Tesseract's TSV, in a third of the time of its own."""
    from tesserocr import RIL

    rows: list[tuple[Any, ...]] = []
    line, at = 0, api.GetIterator()
    more = at is not None
    while more:
        line += at.IsAtBeginningOf(RIL.TEXTLINE)
        if not at.Empty(RIL.WORD):  # a picture is
            left, top, right, bottom = at.BoundingBox(RIL.WORD)
            text, confidence = at.GetUTF8Text(RIL.WORD), at.Confidence(RIL.WORD)
            rows.append((text, confidence, left, top, right - left, bottom - top, 1, 1, line))
        more = at.Next(RIL.WORD)
    return {name: [row[at] for row in rows] for at, name in enumerate(COLUMNS)}


def load_tesserocr(settings: OcrSettings) -> Tesserocr:
    """Return the recogniser for the settings. Raises MissingToolError naming what to install."""
    program = load_tesseract(settings)
    try:
        import tesserocr
    except ImportError as error:
        raise MissingToolError(
            "The engine 'tesserocr' is not installed. Install it with: pip install 'vnocr[fast]', "
            'or set engine = "tesseract" under [ocr].'
        ) from error
    # Both libraries would write what they meet on a page straight to standard error.
    tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)
    api = tesserocr.PyTessBaseAPI(
        path=f"{_data_folder()}/",
        lang=settings.language,
        variables={"debug_file": os.devnull, **VARIABLES},
    )
    version = tesserocr.tesseract_version().split()[1]
    description = f"tesserocr, Tesseract {version}, language {program.language}"
    return Tesserocr(api, settings.timeout_seconds, description)


def _data_folder() -> Path:
    """Return the folder of language data that the installed program uses."""
    told = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, text=True, check=False
    )
    found = _FOLDER.search(told.stdout + told.stderr)
    if not found:
        raise MissingToolError("Tesseract does not tell where its language data are. Reinstall it.")
    return Path(found[1])
