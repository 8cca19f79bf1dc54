import pytest

from vnocr.vietnamese.casing import Case, capitalise, case_of


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


def test_the_first_letter_becomes_a_capital() -> None:
    assert capitalise("“đồNG") == "“Đồng"
    assert capitalise("12") == "12"
