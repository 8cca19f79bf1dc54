import pytest

from vnocr.vietnamese.casing import Case, case_of, transfer_case, with_case


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("ủy", Case.LOWER),
        ("Ủy", Case.TITLE),
        ("ỦY", Case.UPPER),
        ("Ở", Case.TITLE),
        ("TTg", Case.MIXED),
        ("2019", Case.NONE),
        ("(Điều", Case.TITLE),
    ],
)
def test_shapes(text: str, case: Case) -> None:
    assert case_of(text) is case


def test_case_is_given_over() -> None:
    assert transfer_case("QUYET", "quyết") == "QUYẾT"
    assert transfer_case("Uy", "ủy") == "Ủy"
    assert transfer_case("iSo", "iso") == "iSo"
    assert transfer_case("tHUONG", "thượng") == "tHƯỢNG"
    assert transfer_case("Chirc", "CHỨC") == "Chức"
    assert with_case("“đồng", Case.TITLE) == "“Đồng"
    assert transfer_case("12", "Đồng") == "Đồng"
