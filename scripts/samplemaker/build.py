"""Builds one sample: lays it out, wears it, writes the file and its gold record."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from samplemaker.content import Content, Scan
from samplemaker.degrade import Wear, degrade
from samplemaker.gold import gold_record
from samplemaker.images import as_image, write_jpeg, write_pdf, write_tiff
from samplemaker.layout import lay_out
from samplemaker.raster import paint
from samplemaker.sheet import Sheet
from samplemaker.textual import (
    stamp_signature_text,
    write_tcvn3_pdf,
    write_unicode_pdf,
    write_vni_pdf,
)

_TEXT_PDFS = {"digital": write_unicode_pdf, "tcvn3": write_tcvn3_pdf, "vni": write_vni_pdf}


class ToolFailedError(Exception):
    """Tesseract is missing or failed; the message says what to do."""


def build(content: Content, folder: Path) -> Path:
    """Write the sample into `folder` and its answers into `folder`/gold; return the sample."""
    sheets = lay_out(content)
    if content.scan.blank_back:
        sheets = (*sheets, Sheet(len(sheets) + 1))
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / content.file
    rng = np.random.default_rng(content.seed)
    if content.scan.kind in _TEXT_PDFS:
        _TEXT_PDFS[content.scan.kind](sheets, target, rng)
    elif content.scan.kind == "english-ocr":
        target.write_text(_read_in_english(content, sheets, rng), encoding="utf-8")
    else:
        _write_scan(worn_pages(content, sheets, rng), content.scan, target)
    _write_gold(gold_record(content, sheets), folder / "gold" / f"{content.name}.json")
    return target


def worn_pages(
    content: Content, sheets: Sequence[Sheet], rng: np.random.Generator
) -> list[NDArray[np.uint8]]:
    """Return the sheets as a scanner would have seen them."""
    scan, pages = content.scan, []
    back = None
    for index, sheet in enumerate(sheets):
        clean = paint(sheet, scan.dpi, rng)
        wear = wear_of(scan, scan.skew[min(index, len(scan.skew) - 1)])
        if sheet.blank:  # the back of the sheet before: its ink shines through strongly
            wear = replace(wear, show_through=max(0.16, wear.show_through))
        pages.append(degrade(clean, wear, rng, scan.dpi, back))
        back = clean
    return pages


def wear_of(scan: Scan, skew: float) -> Wear:
    """Return what `scan` says about a page turned by `skew` degrees."""
    return Wear(
        skew=skew,
        blur=scan.blur,
        grain=scan.grain,
        faint=scan.faint,
        speckle=scan.speckle,
        show_through=scan.show_through,
        shade=scan.shade,
        tone=scan.tone,
        bilevel=scan.mode == "bilevel",
        threshold=scan.threshold,
        punched=scan.punched,
    )


def _write_scan(pages: Sequence[NDArray[np.uint8]], scan: Scan, target: Path) -> None:
    images = [as_image(page, scan) for page in pages]
    writers = {".pdf": write_pdf, ".tif": write_tiff, ".jpg": write_jpeg}
    writers[target.suffix](images, scan, target)
    if scan.signed_by:
        stamp_signature_text(target, scan.signed_by)


def _read_in_english(content: Content, sheets: Sequence[Sheet], rng: np.random.Generator) -> str:
    """Return the pages as a recogniser without Vietnamese reads them, pages parted by \\f."""
    texts = []
    with TemporaryDirectory() as folder:
        for sheet, page in zip(sheets, worn_pages(content, sheets, rng), strict=True):
            image = Path(folder) / f"{sheet.number}.png"
            Image.fromarray(page).save(image, dpi=(content.scan.dpi,) * 2)
            texts.append(_tesseract(image))
    return "\f".join(text.replace("\f", "").rstrip() + "\n" for text in texts)


def _tesseract(image: Path) -> str:
    command = ["tesseract", str(image), "-", "-l", "eng"]
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout
    except FileNotFoundError:
        message = "Tesseract is not installed. On Debian or Ubuntu: apt-get install tesseract-ocr"
        raise ToolFailedError(message) from None
    except subprocess.CalledProcessError as error:
        raise ToolFailedError(f"Tesseract failed on a page: {error.stderr.strip()}") from error


def _write_gold(record: dict[str, Any], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(record, ensure_ascii=False, indent=1)
    target.write_text(f"{text}\n", encoding="utf-8")
