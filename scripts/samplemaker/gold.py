"""The right answers of a sample, in the words of the record's schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from samplemaker.content import Citation, Content, Item
from samplemaker.letterhead import number_of
from samplemaker.markup import Paragraph, parse
from samplemaker.sheet import Sheet
from samplemaker.styles import STYLES

_TYPE_CODES = {
    "Quyết định": "QĐ", "Thông báo": "TB", "Chỉ thị": "CT", "Kế hoạch": "KH", "Báo cáo": "BC",
    "Tờ trình": "TTr", "Giấy mời": "GM", "Công điện": "CĐ", "Kết luận": "KL",
    "Hướng dẫn": "HD", "Nghị quyết": "NQ",
}  # fmt: skip


def gold_record(content: Content, sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return the gold record of `content` as laid out on `sheets`.

    Raises ValueError if a directive or a reference does not stand in the body.
    """
    return {
        "file": content.file,
        "shows": content.shows,
        "fields": _fields(content),
        "directives": [_directive(item, content, sheets) for item in content.directives],
        "references": [_reference(item, content, sheets) for item in content.references],
        "text_layer": list(content.scan.signed_by),
        "pages": [
            {
                "number": sheet.number,
                "blank": sheet.blank,
                "lines": [
                    {"text": line.text, "region": line.region}
                    | ({"hand": list(line.hand)} if line.hand else {})
                    for line in sheet.lines
                ],
            }
            for sheet in sheets
        ],
    }


def _fields(content: Content) -> dict[str, Any]:
    head, signer = content.letterhead, content.signers[0]
    number = number_of(content, STYLES[content.style])
    return {
        "number": number,
        "serial": head.serial or None,
        "symbol": head.symbol,
        "type": head.type,
        "type_code": head.type_code or _TYPE_CODES.get(head.type),
        "subject": head.subject,
        "place": head.place,
        "issue_date": head.date.isoformat(),
        "issuer": " ".join(head.issuer),
        "issuer_parent": " ".join(head.parent) or None,
        "province": head.province,
        "recipients_to": list(content.to),
        "recipients_cc": list(content.cc),
        "signer": {
            "name": signer.name,
            "position": signer.position,
            "authority": " ".join(signer.authority) or None,
        },
        "security": None,
        "urgency": head.urgency,
    }


def _directive(item: Item, content: Content, sheets: Sequence[Sheet]) -> dict[str, Any]:
    paragraphs = [
        block.text
        for block in parse(content.body, content.family)
        if isinstance(block, Paragraph) and block.text.startswith(item.item)
    ]
    if len(paragraphs) != 1:
        raise ValueError(f"{content.file}: {len(paragraphs)} paragraphs begin {item.item!r}")
    return {
        "label": item.label,
        "text": paragraphs[0],
        "assignee": item.assignee,
        "assignee_inherited": item.assignee_inherited,
        "cooperating": list(item.cooperating),
        "deadline": item.deadline.isoformat() if item.deadline else None,
        "deadline_text": item.deadline_text,
        "recurring": item.recurring,
        "page": _page_of(paragraphs[0], content, sheets),
    } | ({"optional": True} if item.optional else {})


def _reference(item: Citation, content: Content, sheets: Sequence[Sheet]) -> dict[str, Any]:
    return {
        "text": item.text,
        "type": item.type,
        "number": item.number,
        "date": item.date.isoformat() if item.date else None,
        "issuer": item.issuer,
        "page": _page_of(item.text, content, sheets),
    }


def _page_of(text: str, content: Content, sheets: Sequence[Sheet]) -> int:
    """Return the page on which `text` begins; it may run over lines and on to the next page."""
    whole, starts = "", []
    for sheet in sheets:
        starts.append((len(whole), sheet.number))
        body = (line.text for line in sheet.lines if line.region in ("body", "table"))
        whole += "".join(f"{line} " for line in body)
    place = whole.find(text)
    if place < 0:
        raise ValueError(f"{content.file}: the body does not say {text!r}")
    return max(number for start, number in starts if start <= place)
