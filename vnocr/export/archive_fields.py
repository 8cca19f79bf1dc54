"""The document fields of Vietnam's archive metadata, with their lengths.

Thông tư 02/2019/TT-BNV (since 01/7/2025 replaced, but what most systems hold) and the EAD_doc of
an archival package of Thông tư 05/2025/TT-BNV. Values are names, as "Quyết định": the lists of
codes for types differ between sources, those for the other fields are in the circular. What only
an archive can know (identifiers, the file, the storage term) stays empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vnocr.model import Dispatch

_OWN_WORDS = "Tiếng Việt"
_SECRET = "Mật"
_BORN_DIGITAL, _SCANNED, _MIXED = "Gốc điện tử", "Số hóa", "Hỗn hợp"
_WRITTEN = {"text-layer", "legacy-text-layer", "text"}


@dataclass(frozen=True, slots=True)
class ArchiveField:
    """One field: its name, what it is called, how many characters it holds at most.

    A `code` loses its meaning when it is cut; other texts may be shortened.
    """

    name: str
    label: str
    length: int
    code: bool = False


@dataclass(frozen=True, slots=True)
class Fitted:
    """The values of one document, none longer than allowed, and what had to give way."""

    values: dict[str, str]
    findings: tuple[str, ...]


_DOC_CODE = ("Mã định danh văn bản", 25, True)
_SHARED: tuple[tuple[str, str, int, bool], ...] = (
    ("TypeName", "Tên loại văn bản", 100, False),
    ("CodeNumber", "Số của văn bản", 11, True),
    ("CodeNotation", "Ký hiệu của văn bản", 30, True),
    ("IssuedDate", "Ngày, tháng, năm văn bản", 10, True),
    ("OrganName", "Tên cơ quan, tổ chức ban hành văn bản", 200, False),
    ("Subject", "Trích yếu nội dung", 500, False),
    ("Language", "Ngôn ngữ", 100, False),
)
TT02: tuple[ArchiveField, ...] = (
    ArchiveField("DocCode", *_DOC_CODE),
    ArchiveField("FileCode", "Mã hồ sơ", 37, True),
    ArchiveField("DocOrdinal", "Số thứ tự văn bản trong hồ sơ", 4, True),
    *(ArchiveField(*parts) for parts in _SHARED),
    ArchiveField("PageAmount", "Số lượng trang của văn bản", 4, True),
    ArchiveField("Description", "Ghi chú", 500),
    ArchiveField("InforSign", "Ký hiệu thông tin", 30),
    ArchiveField("Keyword", "Từ khóa", 100),
    ArchiveField("Mode", "Chế độ sử dụng", 20),
    ArchiveField("ConfidenceLevel", "Mức độ tin cậy", 30),
    ArchiveField("Autograph", "Bút tích", 2000),
    ArchiveField("Format", "Tình trạng vật lý", 50),
)
# The circular's own lengths are not known to us: those of the same fields before hold.
TT05: tuple[ArchiveField, ...] = (
    ArchiveField("arcFileCode", "Mã hồ sơ", 37, True),
    ArchiveField("mode", "Chế độ sử dụng", 20),
    ArchiveField("language", "Ngôn ngữ", 100),
    ArchiveField("keyword", "Từ khóa", 100),
    ArchiveField("numberOfPage", "Số lượng trang", 4, True),
    ArchiveField("format", "Tình trạng vật lý", 50),
    ArchiveField("inforSign", "Ký hiệu thông tin", 30),
    ArchiveField("confidenceLevel", "Mức độ tin cậy", 30),
    ArchiveField("description", "Ghi chú", 500),
    ArchiveField("docCode", *_DOC_CODE),
    ArchiveField("docOrdinal", "Số thứ tự văn bản trong hồ sơ", 4, True),
    ArchiveField("typeName", "Tên loại văn bản", 100),
    ArchiveField("codeNumber", "Số của văn bản", 11, True),
    ArchiveField("codeNotation", "Ký hiệu của văn bản", 30, True),
    ArchiveField("issuedDate", "Ngày, tháng, năm văn bản", 10, True),
    ArchiveField("organName", "Tên cơ quan, tổ chức ban hành văn bản", 200),
    ArchiveField("subject", "Trích yếu nội dung", 500),
    ArchiveField("autograph", "Bút tích", 2000),
    ArchiveField("process", "Quá trình xử lý", 500),
)
_OTHER_NAMES = {"numberOfPage": "PageAmount", "arcFileCode": "FileCode"}
# Treated as required in practice; a document without them is told.
_REQUIRED = ("TypeName", "CodeNumber", "CodeNotation", "IssuedDate", "OrganName", "Subject")


def archive_values(dispatch: Dispatch, fields: tuple[ArchiveField, ...]) -> Fitted:
    """Return the values of `dispatch` for `fields`, each within its length.

    A text that is too long is shortened, with an ellipsis; a code is left out. Both are told,
    as is what a catalogue needs and the dispatch does not say.
    """
    known = _values(dispatch)
    values = {field.name: known.get(_key(field.name), "") for field in fields}
    fitted = fit(values, fields)
    missing = tuple(
        f"{field.name} ({field.label}) is not known"
        for field in fields
        if _key(field.name) in _REQUIRED and not values[field.name]
    )
    return Fitted(fitted.values, fitted.findings + missing)


def fit(values: Mapping[str, str], fields: tuple[ArchiveField, ...]) -> Fitted:
    """Return `values` within the lengths of `fields`."""
    kept, findings = dict(values), []
    for field in fields:
        value = values.get(field.name, "")
        if len(value) <= field.length:
            continue
        kept[field.name] = "" if field.code else value[: field.length - 1].rstrip() + "…"
        done = "left out" if field.code else "shortened"
        findings.append(
            f"{field.name} ({field.label}) has {len(value)} characters, "
            f"{field.length} are allowed: {done}"
        )
    return Fitted(kept, tuple(findings))


def day_month_year(iso: str | None) -> str:
    """Return an ISO date as DD/MM/YYYY, "" for None."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


def _key(name: str) -> str:
    return _OTHER_NAMES.get(name, name[0].upper() + name[1:])


def _values(dispatch: Dispatch) -> dict[str, str]:
    fields = dispatch.fields
    return {
        "TypeName": fields.type or "",
        "CodeNumber": fields.serial or "",
        "CodeNotation": fields.symbol or "",
        "IssuedDate": day_month_year(fields.issue_date),
        "OrganName": fields.issuer or "",
        "Subject": fields.subject or "",
        "Language": _OWN_WORDS,
        "PageAmount": str(dispatch.source.pages),
        # Without a stamp of secrecy the archive decides who may see a document.
        "Mode": _SECRET if fields.security else "",
        "ConfidenceLevel": _origin(dispatch),
    }


def _origin(dispatch: Dispatch) -> str:
    written = {page.origin in _WRITTEN for page in dispatch.pages}
    if written == {True}:
        return _BORN_DIGITAL
    return _SCANNED if written == {False} else _MIXED
