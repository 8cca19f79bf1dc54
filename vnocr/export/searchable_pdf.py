"""A searchable copy of a document: its pages untouched, the restored words invisibly on them.

The copy is PDF/A-3b where the original allows it: what stands in the original (fonts that are
not embedded, colours of no known meaning) is never changed to that end. pikepdf's validator
decides; a copy that it does not approve makes no claim to be PDF/A.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vnocr.export.invisible_font import InvisibleFont
from vnocr.export.pdf_metadata import describe, withdraw_claim
from vnocr.export.pdf_pages import open_pages, placement
from vnocr.export.pdf_tidy import (
    complete_attachments,
    flatten_signatures,
    mute_text,
    remove_active_content,
    remove_invisible_text,
)
from vnocr.export.text_layer import FONT_NAME, text_layer
from vnocr.model import Dispatch, Page

if TYPE_CHECKING:
    import pikepdf

    from vnocr.pipeline import Toolkit

_FLAVOUR = "3b"
_TOLD = 3


@dataclass(frozen=True, slots=True)
class SearchablePdf:
    """The searchable copy as a further file of a batch."""

    suffix: str = ".pdf"

    def write(
        self, dispatch: Dispatch, source: Path, target: Path, toolkit: Toolkit
    ) -> tuple[str, ...]:
        """Write the copy of `source`, from which `dispatch` was read, to `target`."""
        reasons = write_searchable_pdf(dispatch, source, target)
        return (f"the copy is no PDF/A: {'; '.join(reasons)}",) if reasons else ()


def write_searchable_pdf(dispatch: Dispatch, source: Path, target: Path) -> tuple[str, ...]:
    """Write the searchable copy of `source`, from which `dispatch` was read, to `target`.

    Returns why the copy is no PDF/A, nothing if it is. `source` is only read. Raises
    InputError if it cannot be copied, OSError if `target` cannot be written.
    """
    with _quiet(), open_pages(dispatch, source) as pdf:
        _lay_words(pdf, dispatch.pages)
        flatten_signatures(pdf)
        remove_active_content(pdf)
        complete_attachments(pdf)
        pdf.remove_unreferenced_resources()
        describe(pdf, dispatch)
        return _save(pdf, target)


def _lay_words(pdf: pikepdf.Pdf, pages: tuple[Page, ...]) -> None:
    """Put the words on their pages; text that a page shows by itself needs none."""
    import pikepdf

    font, sheets = InvisibleFont(), []
    for page in pages:
        sheet = pdf.pages[page.number - 1]
        if not _needs_words(pdf, sheet, page):
            continue
        sheet.contents_add(text_layer(page, font, placement(page, sheet)), prepend=True)
        sheets.append(sheet)
    if sheets:
        registered = font.register(pdf)
        for sheet in sheets:
            sheet.add_resource(registered, pikepdf.Name.Font, pikepdf.Name(FONT_NAME))


def _needs_words(pdf: pikepdf.Pdf, sheet: pikepdf.Page, page: Page) -> bool:
    if not any(line.text for line in page.lines):
        return False
    if page.origin == "text-layer":
        changed = any(word.changed for line in page.lines for word in line.words)
        return changed and remove_invisible_text(pdf, sheet)
    remove_invisible_text(pdf, sheet)
    if page.origin == "legacy-text-layer":
        mute_text(sheet)
    return True


def _save(pdf: pikepdf.Pdf, target: Path) -> tuple[str, ...]:
    from pikepdf import pdfa

    try:
        pdfa.save(pdf, target, _FLAVOUR)
    except pdfa.PdfaError as error:
        withdraw_claim(pdf)
        pdf.save(target)
        return tuple(dict.fromkeys(found.message for found in error.report.findings))[:_TOLD]
    return ()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the remarks of pikepdf on worn files out of our log; what matters is raised."""
    logger = logging.getLogger("pikepdf")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
