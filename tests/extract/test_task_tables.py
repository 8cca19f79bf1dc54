"""The rows of a table of tasks."""

from vnocr.extract.task_tables import read_head, read_row, table_rows

HEAD = "STT | Nhiệm vụ | Đơn vị thực hiện | Sản phẩm | Tiến độ"


def test_the_head_says_what_each_column_tells() -> None:
    assert read_head(HEAD) == ("number", "task", "lead", "", "time")


def test_a_table_without_tasks_has_no_head() -> None:
    assert read_head("STT | Họ và tên | Chức vụ | Đơn vị") is None
    assert read_head("Nội dung nhiệm vụ và đơn vị chủ trì") is None


def test_a_row_of_another_width_is_none() -> None:
    columns = read_head(HEAD)
    assert columns is not None
    assert read_row("1 | Lập danh sách | Phòng A", columns) is None
    row = read_row("| 1. | Lập danh sách | Phòng A | Danh sách | Tháng 5 |", columns)
    assert row is not None
    assert (row.number, row.task) == ("1", "Lập danh sách")
    assert [(term.kind, term.value) for term in row.terms] == [
        ("lead", "Phòng A"),
        ("time", "Tháng 5"),
    ]


def test_a_row_goes_on_over_wrapped_lines_and_a_sentence_ends_the_table() -> None:
    lines = [
        HEAD,
        "1 | Lập danh sách | Phòng A |",
        "Danh sách | Tháng 5",
        "năm 2031",
        "2 | Rà soát | Phòng B | | Quý I",
        "Trên đây là Kế hoạch.",
    ]
    assert list(table_rows(lines)) == [1, 2, 2, 2, 3, 0]
