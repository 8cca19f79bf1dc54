"""Codes and abbreviations that a blank parts are one word, which has seen both."""

import pytest

from vnocr.restore.restorer import Restorer


@pytest.mark.parametrize(
    ("seen", "right"),
    [
        (
            "theo Văn bản số 968/ SNV-VP ngày 17/11/2020",
            "theo Văn bản số 968/SNV-VP ngày 17/11/2020",
        ),
        ("theo Quyết định số 12/2019/QĐ- TTg của", "theo Quyết định số 12/2019/QĐ-TTg của"),
        ("đẩy mạnh cải cách TT HC; rà soát", "đẩy mạnh cải cách TTHC; rà soát"),
    ],
)
def test_what_a_blank_parts_is_joined(restorer: Restorer, seen: str, right: str) -> None:
    found = restorer.restore(seen)
    assert found.text == right
    (change,) = found.changes
    assert " " in change.seen


@pytest.mark.parametrize(
    "text",
    [
        "UBND TP Huế",
        "số 12/ Báo cáo",
        "trình HĐND UBND tỉnh",
        "CÔNG TY TNHH MTV THÁI DƯƠNG",
        "ĐẠI HỌC Y HÀ NỘI",
        "thời hạn 5/ 10 ngày",
    ],
)
def test_what_belongs_apart_stays_apart(restorer: Restorer, text: str) -> None:
    assert restorer.restore(text).text == text


def test_the_label_of_a_documents_own_number(restorer: Restorer) -> None:
    seen = "SO CONG THUONG Poc 1ap\nS4: 599 /SCT-VP Quang Tri, ngay 19 thing 4 nam 2019"
    assert restorer.restore(seen).text.split("\n")[1].startswith("Số: 599 /SCT-VP Quảng Trị")


def test_document_types_are_known_in_codes(restorer: Restorer) -> None:
    text = "thyc hién Chuong trinh hanh dong s6 03-CTHB/CU ngay 09/02/2017 vé viéc lam"
    assert "03-CTHĐ/CU" in restorer.restore(text).text
