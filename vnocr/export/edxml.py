"""The header of an edXML message (QCVN 102:2016/BTTTT), filled with what a dispatch says.

Elements stand in the order of the standard; those of which a dispatch says nothing are left
out. The body, with the file itself, is for the program that sends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from vnocr.export.archive_fields import ArchiveField, fit
from vnocr.export.organ_codes import organ_id
from vnocr.export.xml_text import xml_text
from vnocr.model import Dispatch, Fields

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
_PREFIX = "edXML"
# Lengths of the same values in Nghị định 30/2020/NĐ-CP, annex VI.
_LENGTHS = (
    ArchiveField("OrganName", "Tên cơ quan, tổ chức ban hành văn bản", 200),
    ArchiveField("CodeNumber", "Số của văn bản", 11, code=True),
    ArchiveField("CodeNotation", "Ký hiệu của văn bản", 30, code=True),
    ArchiveField("TypeName", "Tên loại văn bản", 100),
    ArchiveField("Subject", "Trích yếu nội dung", 500),
    ArchiveField("Position", "Chức vụ", 100),
    ArchiveField("FullName", "Họ và tên người ký", 50),
)


@dataclass(frozen=True, slots=True)
class Message:
    """An edXML document as text, and what had to be shortened or left out in it."""

    text: str
    findings: tuple[str, ...]


def to_edxml(dispatch: Dispatch) -> Message:
    """Return `dispatch` as an edXML document with a header and no body."""
    fields = dispatch.fields
    fitted = fit(_values(fields), _LENGTHS)
    root = Xml.Element(f"{_PREFIX}:edXML", {f"xmlns:{_PREFIX}": NAMESPACE})
    envelope = _add(root, "edXMLEnvelope")
    header = _add(_add(envelope, "edXMLHeader"), "MessageHeader")
    _fill(header, dispatch, fitted.values)
    Xml.indent(root, " ")
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, "unicode") + "\n"
    return Message(text, fitted.findings)


def _values(fields: Fields) -> dict[str, str]:
    return {
        "OrganName": fields.issuer or "",
        "CodeNumber": fields.serial or "",
        "CodeNotation": fields.symbol or "",
        "TypeName": fields.type or "",
        "Subject": fields.subject or "",
        "Position": fields.signer.position or "",
        "FullName": fields.signer.name or "",
    }


def _fill(header: Xml.Element, dispatch: Dispatch, values: dict[str, str]) -> None:
    fields = dispatch.fields
    issued = fields.issue_date
    _body(_add(header, "From"), values["OrganName"], issued, fields.issuer_parent)
    for name in fields.recipients_to:
        _body(_add(header, "To"), name, issued)
    code = _add(header, "Code")
    _text(code, "CodeNumber", values["CodeNumber"])
    _text(code, "CodeNotation", values["CodeNotation"])
    promulgation = _add(header, "PromulgationInfo")
    _text(promulgation, "Place", fields.place)
    _text(promulgation, "PromulgationDate", issued.replace("-", "/") if issued else None)
    # The codes of Type and TypeDetail are not certain; the name is.
    _text(_add(header, "DocumentType"), "TypeName", values["TypeName"])
    _text(header, "Subject", values["Subject"])
    signer = _add(header, "SignerInfo")
    _text(signer, "Competence", fields.signer.authority)
    _text(signer, "Position", values["Position"])
    _text(signer, "FullName", values["FullName"])
    _text(header, "DueDate", _first_deadline(dispatch))
    if fields.recipients_cc:
        places = _add(header, "ToPlaces")
        for name in fields.recipients_cc:
            _text(places, "Place", name)
    _text(_add(header, "OtherInfo"), "PageAmount", str(dispatch.source.pages))


def _first_deadline(dispatch: Dispatch) -> str | None:
    """Return the earliest day by which something must be done, as yyyy/MM/dd."""
    days = [one.deadline[:10] for one in dispatch.directives if one.deadline]
    return min(days).replace("-", "/") if days else None


def _body(node: Xml.Element, name: str, issued: str | None, parent: str | None = None) -> None:
    _text(node, "OrganId", organ_id(name, issued))
    _text(node, "OrganizationInCharge", parent)
    _text(node, "OrganName", name)


def _add(parent: Xml.Element, name: str) -> Xml.Element:
    return Xml.SubElement(parent, f"{_PREFIX}:{name}")


def _text(parent: Xml.Element, name: str, value: str | None) -> None:
    if value:
        _add(parent, name).text = xml_text(value)
