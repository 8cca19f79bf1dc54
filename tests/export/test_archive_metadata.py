"""Archive metadata and the header of edXML messages."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as Xml

import pytest

from tests.builders import make_dispatch
from vnocr.export.archive_fields import TT02, archive_values
from vnocr.export.edxml import NAMESPACE, to_edxml
from vnocr.export.organ_codes import organ_id
from vnocr.model import Fields, Signer


def test_what_had_to_give_way_is_told() -> None:
    dispatch = make_dispatch()
    fields = replace(dispatch.fields, subject="x" * 501, issue_date=None)
    fitted = archive_values(replace(dispatch, fields=fields), TT02)
    assert fitted.values["Subject"].endswith("…")
    assert any("501 characters, 500 are allowed: shortened" in one for one in fitted.findings)
    assert any(one.startswith("IssuedDate") and "not known" in one for one in fitted.findings)


def test_edxml_holds_the_header() -> None:
    fields = Fields(
        serial="267",
        symbol="VPCP-TTĐT",
        type="Công văn",
        subject="thử <b> & \x01",
        place="Hà Nội",
        issue_date="2012-08-06",
        issuer="Văn phòng Chính phủ",
        recipients_to=("Bộ Nội vụ", "UBND tỉnh Quảng Trị"),
        signer=Signer("Trần Văn Mẫu", "PHÓ CHỦ NHIỆM", "KT."),
    )
    root = Xml.fromstring(to_edxml(replace(make_dispatch(), fields=fields)).text)

    def texts(path: str) -> list[str | None]:
        steps = "/".join(f"{{{NAMESPACE}}}{step}" for step in path.split("/"))
        found = root.findall(f".//{{{NAMESPACE}}}MessageHeader/{steps}")
        return [node.text for node in found]

    assert texts("From/OrganId") == ["000.00.00.G22"]
    assert texts("To/OrganId") == ["000.00.00.G09", "000.00.00.H50"]
    assert texts("PromulgationInfo/PromulgationDate") == ["2012/08/06"]
    assert texts("Subject") == ["thử <b> & \ufffd"]
    assert texts("SignerInfo/Competence") == ["KT."]


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [
        ("BỘ NỘI VỤ", "2024-01-01", "000.00.00.G09"),
        ("Bộ Nội vụ", "2025-03-01", ""),
        ("Ủy ban nhân dân tỉnh Quảng Trị", "2025-06-30", "000.00.00.H50"),
        ("Ủy ban nhân dân tỉnh Quảng Trị", "2025-07-01", ""),
        ("Sở Nội vụ", "2024-01-01", ""),
        (None, "2024-01-01", ""),
    ],
)
def test_codes_only_where_they_are_certain(name: str | None, day: str, code: str) -> None:
    assert organ_id(name, day) == code
