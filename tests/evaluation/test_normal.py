import pytest
from evaluation import normal
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hoà thuỷ khoẻ uỷ", "hòa thủy khỏe ủy"),
        ("HOÀ THUỶ Uỷ", "HÒA THỦY Ủy"),
        ("hoàn thuyết khoẻn quý Quỹ", "hoàn thuyết khoẻn quý Quỹ"),
        ("“một”  ‘hai’ – ba — bốn", "\"một\" 'hai' - ba - bốn"),
        ("ho\u0300a  bi\u0300nh\t", "hòa bình"),
    ],
)
def test_what_counts_as_the_same_text(text, expected):
    assert normal.comparable(text) == expected


def test_case_and_punctuation_of_a_word_are_not_forgiven():
    assert normal.tokens("Sở Y tế, tỉnh") == ["Sở", "Y", "tế,", "tỉnh"]


def test_syllables_are_runs_of_letters():
    assert normal.syllables("1. Số 12/QĐ-UBND (ký)") == ["Số", "QĐ", "UBND", "ký"]


def test_stripping_takes_every_mark():
    assert normal.strip_marks("Đường đến trường học, ở Huế") == "Duong den truong hoc, o Hue"


def test_entry_forgets_bullet_and_closing_mark():
    assert normal.entry("- Như trên;") == normal.entry("như trên")


@given(st.text())
def test_comparable_is_idempotent(text):
    once = normal.comparable(text)
    assert normal.comparable(once) == once
