"""What a searchable copy says of itself: title, author, dates, and what it was made from."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vnocr.export.xml_text import xml_text
from vnocr.model import Dispatch, Fields
from vnocr.version import __version__

if TYPE_CHECKING:
    import pikepdf

_LANGUAGE = "vi"
_ID = ("pdfaid:part", "pdfaid:conformance")


def describe(pdf: pikepdf.Pdf, dispatch: Dispatch) -> None:
    """Write the metadata of `dispatch` into `pdf`, in XMP and in the information dictionary.

    What the original said of itself and we do not know better (the program that made it, the
    time of its making) stays.
    """
    fields, source = dispatch.fields, dispatch.source
    with pdf.open_metadata(set_pikepdf_as_editor=False) as said:
        said["dc:title"] = xml_text(_title(dispatch))
        if issuer := _issuer(fields):
            said["dc:creator"] = [xml_text(issuer)]
        if about := _description(fields):
            said["dc:description"] = xml_text(about)
        if fields.issue_date:
            said["dc:date"] = [xml_text(fields.issue_date)]
        if fields.number:
            said["pdf:Keywords"] = xml_text(fields.number)
        said["dc:language"] = {_LANGUAGE}
        name = Path(source.path).name
        said["dc:source"] = xml_text(f"{name} (SHA-256 {source.sha256})")
        said["xmp:ModifyDate"] = datetime.now(UTC).isoformat(timespec="seconds")
        said["pdf:Producer"] = f"vnocr {__version__}"
    pdf.Root["/Lang"] = _LANGUAGE


def withdraw_claim(pdf: pikepdf.Pdf) -> None:
    """Remove the statement that `pdf` is PDF/A."""
    with pdf.open_metadata(set_pikepdf_as_editor=False) as said:
        for name in _ID:
            if name in said:
                del said[name]


def _title(dispatch: Dispatch) -> str:
    fields = dispatch.fields
    named = " ".join(part for part in (fields.type, fields.number) if part)
    return fields.subject or named or Path(dispatch.source.path).stem


def _issuer(fields: Fields) -> str:
    return ", ".join(part for part in (fields.issuer, fields.issuer_parent) if part)


def _description(fields: Fields) -> str:
    parts = [fields.type or "", f"số {fields.number}" if fields.number else ""]
    if fields.issue_date:
        year, _, rest = fields.issue_date.partition("-")
        month, _, day = rest.partition("-")
        parts.append(f"ngày {day}/{month}/{year}")
    return " ".join(part for part in parts if part)
