from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnocr.extract.clauses import Mood, partners, read_clause
from vnocr.extract.phrases import Phrases


@pytest.fixture(scope="module")
def phrases(folder: Path) -> Phrases:
    return Phrases.load(folder)


@pytest.mark.parametrize(
    ("text", "mood", "assignee"),
    [
        ("Giao Sở Nội vụ theo dõi, đôn đốc.", Mood.ORDER, "Sở Nội vụ"),
        (
            "Giao cho Giám đốc Trung tâm Y tế dự phòng chủ trì.",
            Mood.ORDER,
            "Giám đốc Trung tâm Y tế dự phòng",
        ),
        ("Giao kế hoạch cụ thể đến từng đơn vị.", Mood.IMPERATIVE, None),
        ("Sở Xây dựng xây dựng quy chế quản lý.", Mood.SUBJECT, "Sở Xây dựng"),
        ("Tổ kiểm tra liên ngành kiểm tra các chợ.", Mood.SUBJECT, "Tổ kiểm tra liên ngành"),
        (
            "Các tổ chức chính trị - xã hội tổ chức vận động.",
            Mood.SUBJECT,
            "Các tổ chức chính trị - xã hội",
        ),
        ("Tổ chức vận động đoàn viên.", Mood.IMPERATIVE, None),
        ("Báo cáo kết quả về Sở.", Mood.IMPERATIVE, None),
        ("Công an tỉnh:", Mood.NAMED, "Công an tỉnh"),
        ("Đối với Sở Tài chính:", Mood.NAMED, "Sở Tài chính"),
        ("Ban Chỉ đạo phòng, chống dịch huyện", Mood.NAMED, "Ban Chỉ đạo phòng, chống dịch huyện"),
        ("Công tác chỉ đạo, điều hành:", Mood.STATEMENT, None),
        ("Trường hợp vượt thẩm quyền, các đơn vị báo cáo Sở.", Mood.SUBJECT, "các đơn vị"),
        ("Theo nhiệm vụ được giao, Thanh tra tỉnh tổng hợp.", Mood.SUBJECT, "Thanh tra tỉnh"),
        (
            "Các sở được phân công chủ trì chỉ tiêu chịu trách nhiệm về kết quả.",
            Mood.SUBJECT,
            "Các sở được phân công chủ trì chỉ tiêu",
        ),
        ("UBND tỉnh đã yêu cầu các sở báo cáo.", Mood.STATEMENT, None),
    ],
)
def test_readings(text: str, mood: Mood, assignee: str | None, phrases: Phrases) -> None:
    clause = read_clause(text, phrases)
    assert (clause.mood, clause.assignee) == (mood, assignee)


def test_prose_leads_up_to_its_order(phrases: Phrases) -> None:
    text = (
        "Thời gian qua, các đơn vị đã có nhiều cố gắng. Để khắc phục hạn chế, Chủ tịch UBND "
        "huyện yêu cầu Trưởng các phòng, ban thực hiện các nhiệm vụ sau:"
    )
    clause = read_clause(text, phrases, anywhere=True)
    assert (clause.mood, clause.assignee) == (Mood.ORDER, "Trưởng các phòng, ban")
    assert clause.predicate == "thực hiện các nhiệm vụ sau:"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "chủ trì phối hợp với Sở Y tế, Công an tỉnh và các cơ quan liên quan kiểm tra",
            ("Sở Y tế", "Công an tỉnh", "các cơ quan liên quan"),
        ),
        (
            "Phối hợp chặt chẽ với Sở Lao động - Thương binh và Xã hội để rà soát",
            ("Sở Lao động - Thương binh và Xã hội",),
        ),
        (
            "phối hợp với các Sở: Tài chính, Y tế và UBND thị xã thẩm định",
            ("các Sở: Tài chính, Y tế", "UBND thị xã"),
        ),
        ("đánh giá kết quả phối hợp triển khai", ()),
    ],
)
def test_partners(text: str, expected: tuple[str, ...], phrases: Phrases) -> None:
    assert partners(text, phrases) == expected


WORDS = (
    *("Giao", "Sở", "Y", "tế", "yêu", "cầu", "các", "đơn", "vị", ",", ".", ";", ":", "(", ")"),
    *("và", "phối", "hợp", "với", "báo", "cáo", "đã", "để", "trước", "ngày"),
)


@settings(max_examples=80, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=25), anywhere=st.booleans())
def test_any_order_of_words_is_survived(words: list[str], anywhere: bool, phrases: Phrases) -> None:
    text = " ".join(words)
    clause = read_clause(text, phrases, anywhere=anywhere)
    assert clause.assignee is None or clause.assignee in text
    assert all(name in text for name in partners(text, phrases))
