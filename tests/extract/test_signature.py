import pytest

from tests.extract import paper
from tests.extract.paper import printed_page, text_pages
from vnocr.extract.extractor import Extractor
from vnocr.model import Signer


@pytest.mark.parametrize(
    ("text", "authority", "position", "name"),
    [
        (paper.LETTER, "KT. GIÁM ĐỐC", "Phó Giám đốc", "Lương Thị Bích Ngà"),
        (paper.DECISION, "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "Phó Chủ tịch", "Phùng Gia Thịnh"),
        (paper.PARTY, "K/T TRƯỞNG BAN", "Phó Trưởng ban", "Hoàng Văn Lẫm"),
    ],
)
def test_signer(extractor: Extractor, text: str, authority: str, position: str, name: str):
    signer = extractor.extract(text_pages(text)).fields.signer
    assert (signer.authority, signer.position, signer.name) == (authority, position, name)


def test_rank_and_capitals_of_the_name(extractor: Extractor):
    text = paper.DECISION.replace("Phùng Gia Thịnh", "Đại tá PHÙNG GIA THỊNH")
    assert extractor.extract(text_pages(text)).fields.signer.name == "Phùng Gia Thịnh"


def test_mark_torn_from_its_line_by_the_seal(extractor: Extractor):
    page = printed_page(
        [
            (260, 150, "BỘ NỘI VỤ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (280, 280, "Số: 902/QĐ-BNV\tHà Nội, ngày 03 tháng 7 năm 2019"),
            (700, 400, "QUYẾT ĐỊNH"),
            (320, 620, "Điều 1. Quyết định này có hiệu lực từ ngày ký."),
            (260, 800, "Nơi nhận:"),
            (1010, 800, "KT."),
            (1150, 800, "BỘ TRƯỞNG"),
            (260, 850, "- Như Điều 1; ~^"),
            (1060, 850, "BỘ TRƯỞNG"),
            (260, 900, "- Lưu: VT."),
            (900, 1000, "/~ | S"),
            (1080, 1100, "“Trương Hải Nam"),
        ]
    )
    signer = extractor.extract((page,)).fields.signer
    assert signer == Signer("Trương Hải Nam", "Thứ trưởng", "KT. BỘ TRƯỞNG")


def test_missing_signature_stays_unknown(extractor: Extractor):
    text = paper.LETTER.split("Nơi nhận")[0]
    extraction = extractor.extract(text_pages(text))
    assert extraction.fields.signer.name is None
    assert "signer" not in extraction.evidence
