from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnocr.extract.deadlines import find_deadline, read_term
from vnocr.extract.recurrence import find_recurrence

ISSUED = date(2021, 3, 10)


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("gửi về Sở trước ngày 26/4/2021.", "trước ngày 26/4/2021", "2021-04-26"),
        (
            "chậm nhất là ngày 05 tháng 4 năm 2021",
            "chậm nhất là ngày 05 tháng 4 năm 2021",
            "2021-04-05",
        ),
        ("trước 17 giờ 00 ngày 15/3/2021", "trước 17 giờ 00 ngày 15/3/2021", "2021-03-15"),
        ("báo cáo trước 30-6-2021", "trước 30-6-2021", "2021-06-30"),
        ("hoàn thành trong quý II/2021", "trong quý II/2021", "2021-06-30"),
        ("hoàn thành trong tháng 8 năm 2021", "trong tháng 8 năm 2021", "2021-08-31"),
        ("hoàn thành trước tháng 9/2021", "trước tháng 9/2021", "2021-08-31"),
        ("hoàn thành trong năm 2021", "trong năm 2021", "2021-12-31"),
        ("hoàn thành trong 6 tháng đầu năm 2021", "trong 6 tháng đầu năm 2021", "2021-06-30"),
        ("xong trước ngày 20/10", "trước ngày 20/10", "2021-10-20"),
        ("nộp trước ngày 15/01", "trước ngày 15/01", "2022-01-15"),
        ("đến hết ngày 30/11/2021", "đến hết ngày 30/11/2021", "2021-11-30"),
        ("trong vòng 10 ngày kể từ ngày ký", "trong vòng 10 ngày kể từ ngày ký", "2021-03-20"),
        (
            "trong 05 ngày làm việc kể từ ngày ban hành",
            "trong 05 ngày làm việc kể từ ngày ban hành",
            "2021-03-17",
        ),
    ],
)
def test_a_day_that_can_be_computed(text: str, words: str, day: str) -> None:
    found = find_deadline(text, ISSUED)
    assert found is not None
    assert (found.text, found.day and found.day.isoformat()) == (words, day)


@pytest.mark.parametrize(
    "text",
    [
        "trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản",
        "chậm nhất sau 15 ngày kể từ khi kết thúc hội nghị",
        "không quá 03 ngày làm việc",
    ],
)
def test_a_deadline_after_an_event_has_words_but_no_day(text: str) -> None:
    found = find_deadline(text, ISSUED)
    assert found is not None
    assert found.day is None
    assert found.text


@pytest.mark.parametrize(
    "text",
    [
        "Số liệu tính từ ngày 01/01/2021 đến hết ngày 31/12/2021",
        "theo Công văn số 12/SYT-NVY ngày 15/4/2021",
        "báo cáo trước ngày 15 hàng tháng",
        "các công trình được xây dựng trước ngày 01/01/2022",
        "đạt kết quả cao hơn trong năm 2021",
        "trong năm 2021 và các năm tiếp theo hoàn thành",
        "trước ngày 31/12/2020",
        "trước ngày 31/02/2022",
        "Quyết định có hiệu lực sau 10 ngày kể từ ngày ký",
    ],
)
def test_what_is_no_deadline(text: str) -> None:
    found = find_deadline(text, ISSUED)
    assert found is None or (found.day is None and "31/02" in found.text)


def test_working_days_over_the_new_year_holidays_are_not_guessed() -> None:
    text = "trong 05 ngày làm việc kể từ ngày ký"
    found = find_deadline(text, date(2021, 2, 8))
    assert found is not None
    assert found.day is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("định kỳ hàng tháng báo cáo UBND tỉnh", "định kỳ hàng tháng"),
        ("Định kỳ hàng tháng, quý, 6 tháng, năm báo cáo", "Định kỳ hàng tháng, quý, 6 tháng, năm"),
        ("báo cáo trước ngày 15 hằng tháng", "trước ngày 15 hằng tháng"),
        ("Hằng năm tổ chức tổng kết", "Hằng năm"),
        ("định kỳ 6 tháng, hàng năm hoặc khi có yêu cầu", "định kỳ 6 tháng, hàng năm"),
        ("thường xuyên, liên tục tuyên truyền", "thường xuyên, liên tục"),
        ("tự bảo đảm chi thường xuyên", None),
        ("theo chế độ thông tin báo cáo định kỳ", None),
        ("khẩn trương thực hiện", None),
    ],
)
def test_recurrence(text: str, words: str | None) -> None:
    assert find_recurrence(text) == words


@pytest.mark.parametrize(
    ("term", "day"),
    [("Quý II/2021", "2021-06-30"), ("Tháng 9/2021", "2021-09-30"), ("30/6/2021", "2021-06-30")],
)
def test_terms_of_plans(term: str, day: str) -> None:
    found = read_term(term, ISSUED)
    assert found is not None
    assert (found.text, found.day and found.day.isoformat()) == (term, day)


@given(st.text(max_size=200), st.dates())
def test_any_text_is_survived(text: str, issued: date) -> None:
    found = find_deadline(text, issued)
    assert found is None or found.text in text
    find_recurrence(text)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_a_written_day_is_read_back(day: date) -> None:
    found = find_deadline(f"gửi trước ngày {day.day:02}/{day.month}/{day.year}", None)
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("gửi chậm nhất đến 17h ngày 20/3/2023", "2023-03-20"),
        ("gửi trước 11h30' ngày 20/3/2023", "2023-03-20"),
        ("thời hạn cuối cùng là ngày 20/3/2023", "2023-03-20"),
        ("hoàn thành trước thời điểm 20/3/2023", "2023-03-20"),
        ("hoàn thành ngày 20/3/2023", "2023-03-20"),
        ("đến ngày 20/3/2023 phải hoàn thành", "2023-03-20"),
        ("từ nay đến hết tháng 4/2023", "2023-04-30"),
        ("hoàn thành trong tháng 4", "2023-04-30"),
        ("hoàn thành trong quý I", "2023-03-31"),
        ("hoàn thành chậm nhất hết quý II/2023", "2023-06-30"),
        ("hoàn thành trước cuối tháng 4/2023", "2023-04-30"),
        ("báo cáo trong tháng này", "2023-03-31"),
        ("trình trong 06 tháng đầu năm", "2023-06-30"),
        ("hoàn thành trước mùa mưa bão năm 2023", None),
        ("báo cáo ngay sau khi kết thúc đợt kiểm tra", None),
    ],
)
def test_forms_of_limits(text: str, day: str | None) -> None:
    found = find_deadline(text, date(2023, 3, 10))
    assert found is not None
    assert (found.day.isoformat() if found.day else None) == day


@pytest.mark.parametrize(
    "text",
    [
        "Thời gian: ngày 20/3/2023",
        "từ ngày 15/3/2023 đến ngày 20/3/2023",
        "trước ngày 15/6 và 15/12 hằng năm",
        "Trong quý I/2022, Sở đã tổ chức 05 lớp",
        "gửi về Sở ngày 20/3/2023",
    ],
)
def test_days_that_limit_nothing(text: str) -> None:
    assert find_deadline(text, date(2023, 3, 10)) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("báo cáo 6 tháng một lần", "6 tháng một lần"),
        ("thu gom rác 3 lần/tuần", "3 lần/tuần"),
        ("gửi trước ngày 15 của tháng cuối quý", "trước ngày 15 của tháng cuối quý"),
        ("nộp trước ngày 15/6 và 15/12 hằng năm", "trước ngày 15/6 và 15/12 hằng năm"),
        ("báo cáo vào chiều thứ Sáu hằng tuần", "vào chiều thứ Sáu hằng tuần"),
    ],
)
def test_forms_of_recurrence(text: str, words: str) -> None:
    assert find_recurrence(text) == words
