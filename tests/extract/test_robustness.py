"""Whatever the recogniser returns, extraction ends with honest values."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.extract import paper
from tests.extract.paper import text_pages
from vnocr.extract.extractor import Extractor
from vnocr.model import Box, Line, Page, Region, Word

PIECES = st.sampled_from(
    [
        *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ĐẢNG", "Số:"),
        *("/UBND-NC", "12/QĐ-", "ngày", "tháng", "năm", "2020", "V/v", "Kính gửi:", "Nơi nhận:"),
        *("- Như trên;", "- Lưu: VT.", "TM. ỦY BAN", "KT.", "GIÁM ĐỐC", "QUYẾT ĐỊNH", "Căn cứ"),
        *(
            "Điều 1.",
            "/",
            "-",
            "*",
            "...",
            "T/M",
            "MẬT",
            "Nguyễn Văn",
            "A",
            "Ð",
            "ˆ",
            "⁄",
            "\u200b",
        ),
        *("İ", "ß"),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map(" ".join)
SLOW = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@SLOW
@given(lines=st.lists(TEXTS, max_size=12))
def test_any_text_gives_a_sound_record(extractor: Extractor, lines: list[str]):
    extraction = extractor.extract(text_pages("\n".join(lines)))
    fields = extraction.fields
    if fields.issue_date is not None:
        date.fromisoformat(fields.issue_date)
    if fields.number is not None:
        assert fields.serial is not None
        assert fields.number.startswith(fields.serial)
    assert all(0.0 <= found.confidence <= 1.0 for found in extraction.evidence.values())
    for name in ("number", "issue_date", "type", "issuer", "subject", "place"):
        if getattr(fields, name) is not None:
            assert name in extraction.evidence


@SLOW
@given(
    words=st.lists(
        st.tuples(PIECES, st.integers(0, 1600), st.integers(0, 2300), st.floats(0, 1)), max_size=30
    ),
    region=st.sampled_from([None, *Region]),
)
def test_any_layout_gives_a_sound_record(
    extractor: Extractor, words: list[tuple[str, int, int, float]], region: Region | None
):
    lines = tuple(
        Line((Word(text, text, Box(x, y, x + 50, y + 30), sure),), None, region)
        for text, x, y, sure in words
    )
    extraction = extractor.extract((Page(1, lines, "ocr", 1654, 2339, 200),))
    assert all(0.0 <= found.confidence <= 1.0 for found in extraction.evidence.values())


def test_line_order_of_the_columns_does_not_matter(extractor: Extractor):
    left_first = """\
UBND TỈNH THÁI BÌNH
SỞ TƯ PHÁP
Số: 40/STP-BTTP
V/v công chứng
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Thái Bình, ngày 09 tháng 01 năm 2024

Kính gửi: Các phòng công chứng
"""
    rows = left_first.split("\n")
    right_first = "\n".join([*rows[4:7], *rows[:4], *rows[7:]])
    one, other = (extractor.extract(text_pages(text)).fields for text in (left_first, right_first))
    assert one == other
    assert (one.number, one.issue_date) == ("40/STP-BTTP", "2024-01-09")


def test_extraction_is_repeatable(extractor: Extractor):
    first = extractor.extract(text_pages(paper.LETTER))
    assert extractor.extract(text_pages(paper.LETTER)) == first
