from hypothesis import given
from hypothesis import strategies as st

from vnocr.restore.flow import paragraphs


def split(text: str) -> list[list[str]]:
    return [line.split() for line in text.split("\n")]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = "Các đơn vị thực hiện nghiêm túc\nchế độ báo cáo theo quy định của\ncấp trên."
    assert paragraphs(split(text)) == [range(3)]


def test_items_headings_and_blank_lines_start_paragraphs() -> None:
    text = "QUYẾT ĐỊNH\nVề việc khen thưởng\n\nĐiều một nêu rõ:\n- Tặng giấy khen\na) Cho tập thể"
    assert [run.start for run in paragraphs(split(text))] == [0, 1, 2, 3, 4, 5]


@given(st.lists(st.lists(st.text(alphabet="aBđ.;:-1) ", min_size=1).filter(str.strip), max_size=4)))
def test_every_line_is_in_exactly_one_paragraph(lines: list[list[str]]) -> None:
    covered = [number for run in paragraphs(lines) for number in run]
    assert covered == list(range(len(lines)))
