import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnocr.extract.markers import Kind, read_marker


@pytest.mark.parametrize(
    ("text", "kind", "label", "ordinal"),
    [
        ("Điều 3. Chánh Văn phòng", Kind.ARTICLE, "Điều 3", 3),
        ("I. NỘI DUNG", Kind.ROMAN, "I", 1),
        ("IV- TỔ CHỨC THỰC HIỆN", Kind.ROMAN, "IV", 4),
        ("|. NHỮNG KẾT QUẢ", Kind.ROMAN, "I", 1),
        ("II Đối tượng kiểm tra", Kind.ROMAN, "II", 2),
        ("A. ĐÁNH GIÁ CHUNG", Kind.UPPER, "A", 1),
        ("12. Sở Y tế", Kind.NUMBER, "12", 12),
        ("2.Về công tác", Kind.NUMBER, "2", 2),
        ("1- Các huyện ủy", Kind.NUMBER, "1", 1),
        ("1.1 Tổ chức", Kind.NUMBER_2, "1.1", 1),
        ("2.3. Xây dựng", Kind.NUMBER_2, "2.3", 3),
        ("(4) Đẩy mạnh", Kind.BRACKETED, "(4)", 4),
        ("đ) Xây dựng", Kind.LETTER, "đ", 5),
        ("C) Theo dõi", Kind.LETTER, "c", 3),
        ("- Thực hiện", Kind.DASH, "-", None),
        ("•Rà soát", Kind.DASH, "-", None),
        ("+ Các đơn vị", Kind.PLUS, "+", None),
        ("**Lưu ý: mỗi đơn vị", Kind.STAR, "*", None),
        ("Phần thứ nhất", Kind.PART, "Phần thứ nhất", None),
    ],
)
def test_markers(text: str, kind: Kind, label: str, ordinal: int | None) -> None:
    marker = read_marker(text)
    assert marker is not None
    assert (marker.kind, marker.label, marker.ordinal) == (kind, label, ordinal)


@pytest.mark.parametrize(
    "text",
    [
        "1.846 tổ chức sử dụng",
        "31/12/2020 là ngày cuối",
        "9001:2015 tại Sở",
        "Điều 5 Luật Lưu trữ",
        "10.5 tỷ đồng",
        "2017-2020 và",
        "3/20 các Sở",
        "Covid-19 đã",
        "",
    ],
)
def test_running_text_is_no_marker(text: str) -> None:
    assert read_marker(text) is None


@given(st.text(max_size=30))
def test_a_marker_never_takes_more_than_the_text(text: str) -> None:
    marker = read_marker(text)
    assert marker is None or 0 < marker.length <= len(text)
