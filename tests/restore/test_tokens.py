import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnocr.restore.protect import Kind
from vnocr.restore.tokens import BREAK, CODE, COMMA, NUMBER, cut, units


@given(
    st.text(alphabet=st.characters(blacklist_categories=["Zs", "Cc", "Zl", "Zp", "Cs"]), min_size=1)
)
def test_pieces_joined_are_the_token(token: str) -> None:
    assert "".join(piece.text for piece in cut(token)) == token


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        ("1.250.000", Kind.NUMBER),
        ("17/11/2020;", Kind.NUMBER),
        ("9001:2015", Kind.NUMBER),
        ("XII", Kind.NUMBER),
        ("45/2016/QĐ-TTg,", Kind.CODE),
        ("NĐ-CP", Kind.CODE),
        ("27-NQ/TW", Kind.CODE),
        ("V/v", Kind.CODE),
        ("https://congbao.example.vn/abc", Kind.ADDRESS),
        ("vanthu@so.example.vn", Kind.ADDRESS),
        ("14y", Kind.WORD),
        ("S&", Kind.WORD),
        ("st?", Kind.WORD),
        ("—", Kind.PUNCTUATION),
    ],
)
def test_kinds(token: str, kind: Kind) -> None:
    assert [piece.kind for piece in cut(token)] == [kind]


def test_units_of_clean_text() -> None:
    assert units("tế-xã") == ("tế", COMMA, "xã")
    assert units("hội.") == ("hội", BREAK)
    assert units("12/2019/NĐ-CP") == (CODE,)
    assert units("(2020)") == (COMMA, NUMBER, COMMA)
