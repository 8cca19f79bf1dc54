from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnocr.extract.references import Passage, References
from vnocr.model import Box


@pytest.fixture(scope="module")
def references(folder: Path) -> References:
    return References.load(folder)


def cited(references: References, *texts: str, own: str | None = None) -> list[tuple[object, ...]]:
    found = references.find([Passage(text, 1) for text in texts], own)
    return [(item.type, item.number, item.date) for item in found]


def test_a_list_shares_its_type(references: References) -> None:
    text = (
        "tại các Công văn: số 12/SYT-NVY ngày 06/02/2023 về thuốc, số 13/SYT-NVY ngày 7/2/2023; "
        "UBND tỉnh ban hành các Quyết định: Số 4/QĐ-UBND ngày 30/5/2023, số 9/QĐ-UBND ngày 1/6/2023"
    )
    assert cited(references, text) == [
        ("Công văn", "12/SYT-NVY", "2023-02-06"),
        ("Công văn", "13/SYT-NVY", "2023-02-07"),
        ("Quyết định", "4/QĐ-UBND", "2023-05-30"),
        ("Quyết định", "9/QĐ-UBND", "2023-06-01"),
    ]


def test_a_list_shares_its_day_and_symbol(references: References) -> None:
    assert cited(references, "các Quyết định số 10, 11 và 12/QĐ-UBND ngày 03/4/2023") == [
        ("Quyết định", "10/QĐ-UBND", "2023-04-03"),
        ("Quyết định", "11/QĐ-UBND", "2023-04-03"),
        ("Quyết định", "12/QĐ-UBND", "2023-04-03"),
    ]
    assert cited(references, "Công văn số 5/SNV-TCBC, số 6/SNV-TCBC ngày 1/2/2022") == [
        ("Công văn", "5/SNV-TCBC", "2022-02-01"),
        ("Công văn", "6/SNV-TCBC", "2022-02-01"),
    ]


def test_a_later_mention_completes_the_first(references: References) -> None:
    (item,) = references.find(
        [
            Passage("thực hiện Thông tư số 05/2016/TT-BYT", 1, Box(1, 2, 3, 4)),
            Passage("khoản 2 Điều 6 Thông tư số 5/2016/TT-BYT ngày 29/2/2016 của Bộ Y tế", 2),
        ]
    )
    assert (item.number, item.date, item.issuer) == ("05/2016/TT-BYT", "2016-02-29", "Bộ Y tế")
    assert (item.page, item.box) == (1, Box(1, 2, 3, 4))
    assert item.provisions == ("khoản 2 Điều 6",)
    assert item.also_as == ("Thông tư số 5/2016/TT-BYT ngày 29/2/2016 của Bộ Y tế",)


def test_a_short_name_comes_back_to_the_first_mention(references: References) -> None:
    (item,) = references.find(
        [Passage("Nghị quyết số 01-NQ/TU ngày 15/4/2016 của Tỉnh ủy; theo Nghị quyết 01", 1)]
    )
    assert item.number == "01-NQ/TU"
    assert item.also_as == ("Nghị quyết 01",)


def test_the_same_number_of_another_year_is_another_document(references: References) -> None:
    text = "Quyết định số 12/QĐ-UBND ngày 5/1/2019 và Quyết định số 12/QĐ-UBND ngày 7/1/2020"
    assert len(cited(references, text)) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Luật Quản lý, sử dụng tài sản công.", ("Luật", None, None)),
        ("Luật Lưu trữ ngày 21 tháng 6 năm 2024;", ("Luật", None, "2024-06-21")),
        ("Bộ luật Lao động số 45/2019/QH14", ("Bộ luật", "45/2019/QH14", None)),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính "
            "quyền địa phương ngày 22/11/2019",
            ("Luật", None, "2019-11-22"),
        ),
        ("Quyết định số 25/2018 ngày 5/6/2018", ("Quyết định", "25/2018", "2018-06-05")),
        ("Nghị quyết số 21-NQ/TW, ngày 25-10-2017", ("Nghị quyết", "21-NQ/TW", "2017-10-25")),
        (
            "Hướng dẫn số 689/SNV-CCHC VTLT ngày 29/10/2019 của Sở Nội vụ",
            ("Hướng dẫn", "689/SNV-CCHCVTLT", "2019-10-29"),
        ),
        ("Công văn số 1141MT-YT ngày 24/10/2017", ("Công văn", "1141/MT-YT", "2017-10-24")),
        ("Công văn số 4039/STC-HCSN ngày 20/1 1/2024", ("Công văn", "4039/STC-HCSN", "2024-11-20")),
        ("ngày 20/1 1/2024 thì không; QĐ số 9/QĐ-UBND", ("Quyết định", "9/QĐ-UBND", None)),
    ],
)
def test_forms(text: str, expected: tuple[object, ...], references: References) -> None:
    assert cited(references, text) == [expected]


def test_what_is_no_reference(references: References) -> None:
    assert cited(references, "Mẫu số 01/BC-UBND; số 12 đường Trần Phú; luật sư; Kế hoạch này") == []
    assert cited(references, "Số: 599/SCT-VP, Công văn số 599/SCT-VP", own="599/SCT-VP") == []


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("của Ban Chấp hành Trung ương (khóa XII) về y tế", "Ban Chấp hành Trung ương (khóa XII)"),
        ("của Bộ Văn hóa, Thể thao và Du lịch quy định", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("của Bộ trưởng Bộ Giáo dục và Đào tạo về thi", "Bộ trưởng Bộ Giáo dục và Đào tạo"),
        ("của Chủ tịch UBND tỉnh rà soát thủ tục", "Chủ tịch UBND tỉnh"),
    ],
)
def test_issuers(text: str, issuer: str, references: References) -> None:
    (item,) = references.find([Passage(f"Quyết định số 7/QĐ-XYZ ngày 1/2/2020 {text}", 1)])
    assert item.issuer == issuer


def test_the_symbol_names_a_central_body(references: References) -> None:
    (item,) = references.find([Passage("Quyết định số 45/2016/QĐ-TTg", 1)])
    assert item.issuer == "Thủ tướng Chính phủ"


def test_a_law_is_known_by_its_name_in_any_style_of_tones(references: References) -> None:
    (item,) = references.find([Passage("Luật Hóa chất quy định", 1), Passage("Luật Hoá chất", 2)])
    assert (item.text, item.also_as) == ("Luật Hóa chất", ("Luật Hoá chất",))


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Quyết định này thay thế Quyết định số 12/QĐ-UBND ngày 05/6/2020.", "replaces"),
        ("Bãi bỏ Quyết định số 12/QĐ-UBND ngày 05/6/2020 của UBND tỉnh.", "repeals"),
        ("Sửa đổi, bổ sung một số điều của Quyết định số 12/QĐ-UBND", "amends"),
        ("Về việc đính chính Quyết định số 12/QĐ-UBND ngày 05/6/2020", "amends"),
        ("Căn cứ Quyết định số 12/QĐ-UBND về việc sửa đổi quy chế;", None),
        ("Thực hiện Quyết định số 12/QĐ-UBND, các đơn vị bổ sung hồ sơ.", None),
        ("Công văn số 12/QĐ-UBND thay thế biểu mẫu cũ.", None),
    ],
)
def test_what_is_done_to_a_cited_document(
    text: str, relation: str | None, references: References
) -> None:
    (item,) = references.find([Passage(text, 1)])
    assert item.relation == relation


def test_what_another_document_amends_is_only_cited(references: References) -> None:
    text = "Nghị định số 15/2021/NĐ-CP sửa đổi, bổ sung Nghị định số 84/2014/NĐ-CP."
    assert [item.relation for item in references.find([Passage(text, 1)])] == [None, None]


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet="Công văn số QĐ-UBND/1234567890, ngàytháng.;:()Luật", max_size=120))
def test_any_text_is_survived(text: str, references: References) -> None:
    for item in references.find([Passage(text, 1)]):
        assert item.number or item.type
