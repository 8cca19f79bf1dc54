from vnocr.extract.document import DocLine
from vnocr.extract.paragraphs import split_paragraphs
from vnocr.extract.structure import outline


def labels(*texts: str) -> list[str | None]:
    lines = [DocLine(text, 1, None, None, 1.0, 0, len(text.split())) for text in texts]
    return [node.label for node in outline(split_paragraphs(lines))]


def test_paths_through_the_levels_of_a_plan() -> None:
    assert labels(
        "I. MỤC ĐÍCH",
        "1. Yêu cầu",
        "a) Bảo đảm an toàn.",
        "b) Bảo đảm tiết kiệm.",
        "II. NỘI DUNG",
        "1. Tuyên truyền",
        "1.1. Trên báo chí.",
        "1.2. Trên mạng xã hội.",
    ) == ["I", "I.1", "I.1.a", "I.1.b", "II", "II.1", "II.1.1", "II.1.2"]


def test_bullets_and_bare_paragraphs_are_counted_under_their_heading() -> None:
    assert labels(
        "Chủ tịch yêu cầu các đơn vị thực hiện các nhiệm vụ sau:",
        "1. Sở Y tế:",
        "- Tăng cường kiểm tra.",
        "- Báo cáo kết quả.",
        "2. Sở Xây dựng",
        "Rà soát quy hoạch.",
        "Cấp phép đúng quy định.",
        "Yêu cầu các đơn vị nghiêm túc thực hiện./.",
    ) == [None, "1", "1.-1", "1.-2", "2", "2.-1", "2.-2", None]


def test_articles_stand_for_themselves() -> None:
    assert labels(
        "QUYẾT ĐỊNH:", "Điều 1. Ban hành Quy chế.", "1. Đối tượng.", "Điều 2. Hiệu lực."
    ) == [
        None,
        "Điều 1",
        "Điều 1.1",
        "Điều 2",
    ]


def test_a_list_resumes_after_a_line_of_dirt() -> None:
    assert (
        labels(
            "Chủ tịch chỉ thị:",
            "1. Sở Y tế tăng cường kiểm tra.",
            "2. Công an tỉnh xử lý vi phạm.",
            "XE) 8uon 8ưnI a quịp",
            "4. Sở Tài chính bố trí kinh phí.",
        )[-1]
        == "4"
    )


def test_a_second_paragraph_of_an_item_stays_in_the_list() -> None:
    lines = [
        DocLine(text, 1, None, None, 1.0, 0, len(text.split()))
        for text in (
            "Sở đề nghị các đơn vị:",
            "1. Lập danh sách cán bộ.",
            "Danh sách ghi rõ họ tên.",
            "2. Gửi danh sách về Sở.",
        )
    ]
    nodes = outline(split_paragraphs(lines))
    assert [node.parent for node in nodes] == [None, 0, 1, 0]
    assert nodes[0].children == (1, 3)
