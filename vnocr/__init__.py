"""vnocr: scanned Vietnamese government dispatches to restored text and structured records.

`read(path)` reads a scan, `restore(text)` repairs badly recognised text and
`extract(text)` finds the fields, directives and references in a text. Each takes an
optional `Toolkit`, which loads the models once for many calls.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

# First, so that loading these rooms later cannot hide the functions of the same names.
import vnocr.extract
import vnocr.restore  # noqa: F401
from vnocr.errors import VnocrError
from vnocr.model import Directive, Dispatch, Evidence, Fields, Page, Reference, Word
from vnocr.pipeline import Toolkit, read_dispatch, restore_and_extract
from vnocr.settings import Settings, load_settings

if TYPE_CHECKING:
    from vnocr.restore.restorer import Restoration

__all__ = [
    "Directive",
    "Dispatch",
    "Evidence",
    "Fields",
    "Page",
    "Reference",
    "Settings",
    "Toolkit",
    "VnocrError",
    "Word",
    "extract",
    "load_settings",
    "read",
    "restore",
]


def read(path: str | os.PathLike[str], toolkit: Toolkit | None = None) -> Dispatch:
    """Read a PDF, TIFF, JPEG, PNG or text file.

    Raises VnocrError, whose message names the file and the remedy.
    """
    return read_dispatch(Path(path), toolkit or Toolkit())


def restore(text: str, toolkit: Toolkit | None = None) -> Restoration:
    """Restore badly recognised Vietnamese; the lines keep their number and order."""
    return (toolkit or Toolkit()).restorer.restore(text)


def extract(text: str, toolkit: Toolkit | None = None) -> Dispatch:
    """Restore `text`, then find its fields, directives and references."""
    return restore_and_extract(text, toolkit or Toolkit())
