import pytest

from vnocr.model import Line, Region, Word
from vnocr.restore.decisions import Decision
from vnocr.restore.faint_marks import heard, kept


def line(text: str, region: Region = Region.HEADER_LEFT, confidence: float = 0.95) -> Line:
    words = (Word(one, one, None, confidence) for one in text.split())
    return Line(tuple(words), None, region)


def believed(read: Line) -> list[str]:
    return [
        word.text
        for word, confidence in zip(read.words, heard(read), strict=True)
        if confidence == word.confidence
    ]


def test_unmarked_words_of_a_letterhead_are_doubted() -> None:
    assert believed(line("SỞ Y TE")) == ["SỞ"]
    assert believed(line("V/v tô chức hội thi", Region.SUBJECT)) == ["V/v", "chức", "hội"]


@pytest.mark.parametrize("text", ["SỞ Y TE", "V/v tô chức hội thi"])
def test_the_body_is_believed(text: str) -> None:
    assert believed(line(text, Region.BODY)) == text.split()


def test_names_are_believed() -> None:
    assert believed(line("PHƯỜNG ĐÔNG SƠN")) == ["PHƯỜNG", "ĐÔNG", "SƠN"]
    assert "Sơn" in believed(line("Về việc sửa đê Đông Sơn", Region.SUBJECT))


@pytest.mark.parametrize(
    ("seen", "decided", "text"),
    [("TE", "TẾ", "TẾ"), ("TÔ", "TƠ", "TÔ"), ("BƯNG", "DỪNG", "BƯNG"), ("kiên", "kiến", "kiến")],
)
def test_only_a_lost_mark_is_put_back(seen: str, decided: str, text: str) -> None:
    read = line(seen if seen.isupper() else f"góp {seen}")
    at = len(read.words) - 1
    assert kept(read, Decision(at, at, decided, 0.9)) == text


def test_a_word_in_doubt_is_decided_as_anywhere() -> None:
    assert kept(line("BƯNG", confidence=0.4), Decision(0, 0, "DỪNG", 0.9)) == "DỪNG"


@pytest.mark.parametrize(
    ("name", "decided", "text"),
    [
        ("ạm Văn Lộc", "tạm", "ạm"),  # a seal hides the rest
        ("Lã Văn Lộc", "La", "Lã"),
        ("Pham Văn Lộc", "Phạm", "Phạm"),  # marks may be lost
    ],
)
def test_a_signers_name_stays_as_read_but_for_lost_marks(
    name: str, decided: str, text: str
) -> None:
    for confidence in (0.2, 0.95):
        read = line(name, Region.SIGNATURE, confidence)
        assert kept(read, Decision(0, 0, decided, 0.99)) == text


@pytest.mark.parametrize("text", ["PHÓ GIÁM ĐỐC", "Phó giám đốc", "đã ký"])
def test_an_office_is_no_name(text: str) -> None:
    read = line(text, Region.SIGNATURE, 0.4)
    assert kept(read, Decision(0, 0, "khác", 0.99)) == "khác"
