from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnocr.extract.references import References
from vnocr.extract.symbols import Codes, find_numbers, number_key


@pytest.fixture(scope="module")
def codes(folder: Path) -> Codes:
    return References.load(folder).codes


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("599 /SCT-VP", "599/SCT-VP"),
        ("968/ SNV-CCHCVTLT", "968/SNV-CCHCVTLT"),
        ("17/NQ- CP", "17/NQ-CP"),
        ("20/2019/Qb- UBND", "20/2019/QĐ-UBND"),
        ("45/2016/QP-TTg", "45/2016/QĐ-TTg"),
        ("16/2015/ND-CP", "16/2015/NĐ-CP"),
        ("13/CT-TTG", "13/CT-TTg"),
        ("03-CTHB/CU", "03-CTHĐ/CU"),
        ("01-NQ/TU", "01-NQ/TU"),
        ("1368/QĐ- -UBND", "1368/QĐ-UBND"),
        ("222/HĐĐND-KTNS", "222/HĐND-KTNS"),
        ("222/HĐÐĐND-KTNS", "222/HĐND-KTNS"),
        ("91/2015/QH13", "91/2015/QH13"),
        ("1432/KCB", "1432/KCB"),
        ("419/BKHCN–TĐC", "419/BKHCN-TĐC"),
        # Units have codes of their own making: an unknown group is kept as it is.
        ("5871/BYT-DP", "5871/BYT-DP"),
        ("880/STC-PXQ", "880/STC-PXQ"),
    ],
)
def test_one_spelling(printed: str, number: str, codes: Codes) -> None:
    assert [found.number for found in find_numbers(printed, codes)] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "ngày 19/4/2019 của Sở",
        "trong tốp 3/20 Sở, ban, ngành",
        "60 triệu đồng/hộ",
        "trực 24/24 giờ",
        "TCVN ISO 9001:2015",
        "giai đoạn 2017-2020",
        "điện thoại 0297.3872704",
    ],
)
def test_what_is_no_number(text: str, codes: Codes) -> None:
    assert list(find_numbers(text, codes)) == []


def test_keys_do_not_know_blanks_marks_case_or_zeros() -> None:
    assert number_key("05/2016/TT-BYT") == number_key("5/2016/tt - byt")
    assert number_key("16/2015/NĐ-CP") == number_key("16/2015/ND-CP")
    assert number_key("12/QĐ-UBND") != number_key("13/QĐ-UBND")


SERIALS = st.integers(min_value=1, max_value=99999)
GROUPS = st.text(alphabet="ABCDEGHIKLMNOPQRSTUVXYĐ", min_size=2, max_size=6)


@given(SERIALS, st.lists(GROUPS, min_size=1, max_size=3))
def test_normal_numbers_stay_as_they_are(serial: int, groups: list[str]) -> None:
    number = f"{serial}/{'-'.join(groups)}"
    assert [found.number for found in find_numbers(number, Codes((), ()))] == [number]
