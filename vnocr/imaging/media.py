"""What a file is, told from its first bytes, and whether it can be read at all."""

from __future__ import annotations

import os
from pathlib import Path

from vnocr.errors import CorruptError, InputError, NotFoundError, UnsupportedError

_SIGNATURES = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
    b"II+\x00": "image/tiff",  # BigTIFF
    b"MM\x00+": "image/tiff",
}
# Readers of PDF accept rubbish before the header, within this many bytes.
_PDF_HEADER_WITHIN = 1024
_HEAD_BYTES = 8192


def check_readable(path: Path) -> None:
    """Raise an InputError naming file and remedy unless `path` is a readable, non-empty file."""
    try:
        if path.is_dir():
            with os.scandir(path):  # one that is closed is told as such
                pass
            raise UnsupportedError(
                f"{path}: is a folder. Read the documents in it with: vnocr batch {path} OUTPUT"
            )
        if path.exists() and not path.is_file():
            raise UnsupportedError(f"{path}: not a regular file")
        if path.stat().st_size == 0:
            raise CorruptError(f"{path}: the file is empty. Copy or scan it again.")
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise NotFoundError(f"{path}: no such file. Check the path.") from error
    except PermissionError as error:
        raise InputError(
            f"{path}: no permission to read it. Ask its owner, or change it with chmod."
        ) from error
    except OSError as error:
        raise InputError(f"{path}: cannot read: {error.strerror}") from error


def sniff(path: Path) -> str:
    """Return the media type of `path`; "application/octet-stream" if it is none we know."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    for signature, media_type in _SIGNATURES.items():
        if head.startswith(signature):
            return media_type
    if b"%PDF-" in head[:_PDF_HEADER_WITHIN]:
        return "application/pdf"
    if path.suffix.lower() == ".pdf":
        raise CorruptError(
            f"{path}: not a PDF, though it is named so. "
            "Open it to see what it is, or copy it again."
        )
    return "text/plain" if _is_text(head) else "application/octet-stream"


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # A letter may be cut at the end of what was read.
        return error.start >= len(head) - 3 and len(head) == _HEAD_BYTES
    return True
