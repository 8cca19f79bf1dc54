from hypothesis import given
from hypothesis import strategies as st

from vnocr.extract.document import DocLine
from vnocr.extract.paragraphs import join_lines, split_paragraphs
from vnocr.model import Box, Region

LEFT, RIGHT, HEIGHT = 200, 1400, 40


def printed(text: str, row: int, *, indent: int = 0, right: int = RIGHT, page: int = 1) -> DocLine:
    """A line as OCR gives it: with a box, without a region."""
    box = Box(LEFT + indent, row * HEIGHT, right, row * HEIGHT + 30)
    return DocLine(text, page, box, Region.BODY, 0.9, 0, len(text.split()))


def plain(*texts: str) -> list[DocLine]:
    return [DocLine(text, 1, None, None, 1.0, 0, len(text.split())) for text in texts]


def test_an_indent_parts_paragraphs_even_after_a_full_line() -> None:
    lines = [
        printed("Các đơn vị báo cáo kết quả thực hiện về Sở Nội vụ", 1, indent=80),
        printed("đúng thời gian quy định và bảo đảm đầy đủ nội dung.", 2),
        printed("Sở Nội vụ tổng hợp, báo cáo Ủy ban nhân dân tỉnh", 3, indent=80),
        printed("trong tháng sau.", 4, right=500),
    ]
    texts = [paragraph.text for paragraph in split_paragraphs(lines)]
    assert len(texts) == 2
    assert texts[1] == "Sở Nội vụ tổng hợp, báo cáo Ủy ban nhân dân tỉnh trong tháng sau."


def test_a_sentence_goes_on_over_the_page_break_past_the_page_number() -> None:
    lines = [
        printed("- Rà soát các quy hoạch trên địa bàn, báo cáo các", 20, indent=80),
        printed("2", 1, page=2),
        printed("cấp có thẩm quyền xem xét theo quy định.", 2, page=2, right=900),
    ]
    (paragraph,) = split_paragraphs(lines)
    assert paragraph.text.endswith("báo cáo các cấp có thẩm quyền xem xét theo quy định.")
    assert paragraph.page == 1
    assert paragraph.box == lines[0].box


def test_the_box_is_the_union_of_the_lines_on_the_first_page() -> None:
    lines = [printed("Một dòng đầy đủ chữ", 1, indent=80), printed("và dòng sau.", 2, right=500)]
    (paragraph,) = split_paragraphs(lines)
    assert paragraph.box == Box(LEFT, HEIGHT, RIGHT, 2 * HEIGHT + 30)


def test_a_dash_inside_a_name_does_not_open_an_item() -> None:
    lines = [
        printed("Giao Sở Nội vụ phối hợp với Sở Lao động", 1, indent=80),
        printed("- Thương binh và Xã hội rà soát danh sách cán bộ.", 2, right=1000),
        printed("Một đoạn khác bắt đầu ở đây và kéo dài hết dòng", 3, indent=80),
        printed("rồi kết thúc.", 4, right=600),
    ]
    assert len(split_paragraphs(lines)) == 2


def test_table_lines_are_kept_apart() -> None:
    table = DocLine("1 Sở Y tế Tháng 6", 1, None, Region.TABLE, 0.9, 0, 6)
    paragraphs = split_paragraphs([*plain("Danh mục nhiệm vụ như sau:"), table, table])
    assert [paragraph.table for paragraph in paragraphs] == [False, True, True]


def test_numbers_broken_at_a_line_end_are_made_whole() -> None:
    assert join_lines(["Công văn số 4039/STC-", "HCSN ngày"]) == "Công văn số 4039/STC-HCSN ngày"
    assert join_lines(["Quyết định số 20/2019/QĐ", "-UBND"]) == "Quyết định số 20/2019/QĐ-UBND"
    assert join_lines(["giai đoạn 2016 -", "2020"]) == "giai đoạn 2016 - 2020"


def test_dirt_beside_the_text_is_left_out() -> None:
    lines = plain("¡ Các đơn vị nghiêm túc thực hiện./. {7,/:", "https://sct.example.vn/van-ban")
    (paragraph,) = split_paragraphs(lines)
    assert paragraph.text == "Các đơn vị nghiêm túc thực hiện./."


WORDS = st.text(alphabet="abcdeghikx", min_size=1, max_size=8)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=12), min_size=1, max_size=12))
def test_no_word_is_lost_or_moved(rows: list[list[str]]) -> None:
    lines = plain(*(" ".join(row) for row in rows))
    words = " ".join(paragraph.text for paragraph in split_paragraphs(lines)).split()
    assert words == [word for row in rows for word in row]
