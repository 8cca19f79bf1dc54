import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ocr.pages import HEIGHT, LETTER, WIDTH, centred, line, page
from vnocr.model import Line, Page, Region, Word
from vnocr.ocr.layout import arrange

LEFT, RIGHT = 450, 1130
BODY = "Thực hiện kế hoạch tỉnh, các đơn vị rà soát hồ sơ, báo cáo kết quả theo quy định trên"
CENTRE = 240 + LETTER * len(BODY) // 2  # of the text that starts at 240


def body(top: int, text: str = BODY) -> Line:
    return line(text, 240, top)


def found(lines: list[Line], region: Region) -> list[str]:
    return [one.text for one in arrange(page(lines)).lines if one.region is region]


def letter() -> list[Line]:
    return [
        centred("UBND TỈNH QUẢNG TRỊ", LEFT, 150),
        centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", RIGHT, 152),
        centred("SỞ NỘI VỤ", LEFT, 195),
        centred("Độc lập - Tự do - Hạnh phúc", RIGHT, 198),
        centred("Số: 15/SNV-TCBC", LEFT, 270),
        centred("Quảng Trị, ngày 05 tháng 7 năm 2021", RIGHT, 272),
        centred("V/v rà soát biên chế", LEFT, 330),
        centred("năm 2021", LEFT, 370),
        centred("Kính gửi: Ủy ban nhân dân các huyện", CENTRE, 470),
        body(560),
        body(605),
        line("Nơi nhận:", 240, 1500),
        centred("KT. GIÁM ĐỐC", 1200, 1500),
        line("- Như trên;", 240, 1540),
        centred("PHÓ GIÁM ĐỐC", 1200, 1540),
        line("- Lưu: VT, TCBC.", 240, 1580),
        centred("Trần Thị Mai", 1200, 1800),
    ]


def test_letter_reads_as_a_person_reads_it() -> None:
    arranged = arrange(page(letter()))

    assert [(one.region, one.text) for one in arranged.lines] == [
        (Region.HEADER_LEFT, "UBND TỈNH QUẢNG TRỊ"),
        (Region.HEADER_LEFT, "SỞ NỘI VỤ"),
        (Region.NUMBER, "Số: 15/SNV-TCBC"),
        (Region.SUBJECT, "V/v rà soát biên chế"),
        (Region.SUBJECT, "năm 2021"),
        (Region.HEADER_RIGHT, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (Region.HEADER_RIGHT, "Độc lập - Tự do - Hạnh phúc"),
        (Region.PLACE_DATE, "Quảng Trị, ngày 05 tháng 7 năm 2021"),
        (Region.ADDRESSEE, "Kính gửi: Ủy ban nhân dân các huyện"),
        (Region.BODY, BODY),
        (Region.BODY, BODY),
        (Region.RECIPIENTS, "Nơi nhận:"),
        (Region.RECIPIENTS, "- Như trên;"),
        (Region.RECIPIENTS, "- Lưu: VT, TCBC."),
        (Region.SIGNATURE, "KT. GIÁM ĐỐC"),
        (Region.SIGNATURE, "PHÓ GIÁM ĐỐC"),
        (Region.SIGNATURE, "Trần Thị Mai"),
    ]


def test_columns_read_across_are_parted() -> None:
    lines = [
        line("BỘ CÔNG THƯƠNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 560, 150),
        line("Độc lập - Tự do - Hạnh phúc", 790, 195),
        line("Số: 7/QĐ-BCT ␣␣␣␣␣␣ Hà Nội, ngày 4 tháng 5 năm 2020", 330, 270),
        centred("QUYẾT ĐỊNH", CENTRE, 380),
        body(560),
        line("Nơi nhận: ␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣ KT. BỘ TRƯỞNG", 240, 1500),
        line("- Lưu: VT. ␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣␣ THỨ TRƯỞNG", 240, 1540),
    ]
    assert found(lines, Region.HEADER_LEFT) == ["BỘ CÔNG THƯƠNG"]
    assert found(lines, Region.HEADER_RIGHT)[0] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert found(lines, Region.NUMBER) == ["Số: 7/QĐ-BCT"]
    assert found(lines, Region.PLACE_DATE) == ["Hà Nội, ngày 4 tháng 5 năm 2020"]
    assert found(lines, Region.TYPE) == ["QUYẾT ĐỊNH"]
    assert found(lines, Region.RECIPIENTS) == ["Nơi nhận:", "- Lưu: VT."]
    assert found(lines, Region.SIGNATURE) == ["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"]


def test_misread_letterhead_is_still_one() -> None:
    lines = letter()
    lines[1] = centred("CONG HOA XA HQI CHU NGHIA VIET NAM", RIGHT, 152)
    lines[3] = centred("Dgc lap - Tu do - Hanh phtic", RIGHT, 198)
    lines[4] = centred("86: 15/SNV-TCBC", LEFT, 270)
    assert found(lines, Region.NUMBER) == ["86: 15/SNV-TCBC"]
    assert found(lines, Region.HEADER_LEFT) == ["UBND TỈNH QUẢNG TRỊ", "SỞ NỘI VỤ"]


def test_title_and_subject_of_a_decision() -> None:
    lines = [
        *letter()[:6],
        centred("QUYẾT ĐỊNH", CENTRE, 380),
        centred("Về việc ban hành Quy chế làm việc", CENTRE, 425),
        centred("của Sở Nội vụ tỉnh Quảng Trị", CENTRE, 470),
        centred("GIÁM ĐỐC SỞ NỘI VỤ", CENTRE, 560),
        *(body(640 + 45 * row) for row in range(6)),
    ]
    assert found(lines, Region.TYPE) == ["QUYẾT ĐỊNH"]
    assert found(lines, Region.SUBJECT) == [
        "Về việc ban hành Quy chế làm việc",
        "của Sở Nội vụ tỉnh Quảng Trị",
    ]
    assert found(lines, Region.BODY)[0] == "GIÁM ĐỐC SỞ NỘI VỤ"


def test_addressees_go_on_until_the_text_starts() -> None:
    lines = letter()
    lines[8] = line("Kính gửi:", 420, 470)
    lines[9:9] = [
        line("- Ủy ban nhân dân các huyện;", 560, 502),
        line("- Các phòng, ban chuyên môn thuộc Sở.", 560, 532),
    ]
    assert len(found(lines, Region.ADDRESSEE)) == 3
    assert found(lines, Region.BODY) == [BODY, BODY]


def test_digital_signature_text_is_no_letterhead() -> None:
    stamp = [
        line("TRUNG TÂM TIN HỌC", 760, 20, height=16),
        line("tttt@quangtri.gov.vn", 760, 42, height=16),
        line("05.07.2021 14:05:44 +07:00", 760, 64, height=16),
    ]
    regions = arrange(page([*stamp, *letter()])).lines
    assert [one.text for one in regions if one.region is Region.HEADER_RIGHT] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert {"tttt@quangtri.gov.vn", "05.07.2021 14:05:44 +07:00"} <= {
        one.text for one in regions if one.region is Region.STAMP
    }


@pytest.mark.parametrize("word", ["KHẨN", "HỎA TỐC", "MẬT"])
def test_marks_of_urgency_are_stamps(word: str) -> None:
    assert found([*letter(), centred(word, LEFT, 420)], Region.STAMP) == [word]


def test_the_footer_goes_on_with_its_second_line() -> None:
    lines = [
        line("Nội dung thực hiện của văn bản này", 240, 1200),
        line("Địa chỉ: 35 Đại lộ Lê Lợi; điện thoại: 0237.3852.246; thư điện tử:", 240, 2200),
        line("vanphong@example.gov.vn", 700, 2240),
    ]
    arranged = arrange(page(lines)).lines
    assert [one.region for one in arranged] == [Region.BODY, Region.FOOTER, Region.FOOTER]


def test_page_number_and_footer() -> None:
    lines = [
        centred("2", CENTRE, 90),
        body(200),
        line("Địa chỉ: số 1 đường Hùng Vương, Đông Hà; Điện thoại: 0233.3852456", 300, 2250),
    ]
    arranged = arrange(page(lines, number=2)).lines
    assert [one.region for one in arranged] == [Region.PAGE_NUMBER, Region.BODY, Region.FOOTER]


def test_fragments_of_a_row_are_joined() -> None:
    lines = [line("triển khai thực", 240, 300), line("hiện nhiệm vụ", 446, 302), body(350)]
    assert found(lines, Region.BODY) == ["triển khai thực hiện nhiệm vụ", BODY]


def test_lines_without_boxes_are_left_as_they_are() -> None:
    plain = Page(1, (Line((Word("a", "a", None, 1.0),)), Line(())), "text")
    assert arrange(plain) is plain


places = st.tuples(
    st.sampled_from(
        [
            "Số: 5/QĐ",
            "Kính gửi: A",
            "Nơi nhận:",
            "KT. GIÁM ĐỐC",
            "BÁO CÁO",
            "văn bản này có chữ",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "ngày 1 tháng 2 năm 2020",
            "2",
            "HỎA TỐC",
            BODY,
        ]
    ),
    st.integers(0, WIDTH - 700),
    st.integers(0, HEIGHT - 40),
)


@given(st.lists(places, max_size=25))
def test_no_word_is_lost_changed_or_doubled(content: list[tuple[str, int, int]]) -> None:
    before = page([line(*place) for place in content])
    after = arrange(before)
    words = sorted(str(word) for one in before.lines for word in one.words)
    assert sorted(str(word) for one in after.lines for word in one.words) == words
    assert all(one.region is not None for one in after.lines)


@given(st.lists(places, max_size=25))
def test_order_does_not_hang_on_the_order_of_the_engine(
    content: list[tuple[str, int, int]],
) -> None:
    unique = list({place[2]: place for place in content}.values())
    lines = [line(*place) for place in unique]
    assert len(arrange(page(lines)).text) == len(arrange(page(lines[::-1])).text)
