"""Open a PDF as reading does, short of recognising it: what fails must be told to people."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from vnocr.errors import VnocrError
from vnocr.imaging.active import find_active_content
from vnocr.imaging.load import open_document
from vnocr.imaging.signatures import read_signatures
from vnocr.settings import ImagingSettings

SETTINGS = ImagingSettings(dpi=72, max_pages=5, max_megapixels=2)


def bug_of(path: Path) -> str:
    """Return the trace of what `path` made go wrong unforeseen, "" if it ended as it may."""
    logging.disable()  # what the libraries remark on broken files
    try:
        find_active_content(path)
        read_signatures(path)
        _open_fully(path)
    except VnocrError:
        return ""
    except Exception:  # noqa: BLE001 - to find these is the purpose
        return traceback.format_exc()
    return ""


def _open_fully(path: Path) -> None:
    """Use all of the document; raises what a broken part makes it meet."""
    with open_document(path, SETTINGS) as document:
        for number in range(1, document.page_count + 1):
            document.text_layer(number)
            try:
                document.page_image(number)
            except VnocrError:
                continue  # a page that cannot be drawn leaves the others
