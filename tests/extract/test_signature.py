import pytest

from tests.extract import paper
from tests.extract.paper import text_pages
from vnocr.extract.extractor import Extractor


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


def test_missing_signature_stays_unknown(extractor: Extractor):
    text = paper.LETTER.split("Nơi nhận")[0]
    extraction = extractor.extract(text_pages(text))
    assert extraction.fields.signer.name is None
    assert "signer" not in extraction.evidence
