from dataclasses import replace

import pytest

from tests.extract import paper
from tests.extract.paper import printed_page, text_pages
from vnocr.extract.extractor import Extractor
from vnocr.model import Page, Signature, Signer


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


def foot(*signature: tuple[int, int, str]) -> Page:
    return printed_page(
        [
            (260, 150, "BỘ NỘI VỤ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (280, 280, "Số: 902/QĐ-BNV\tHà Nội, ngày 03 tháng 7 năm 2019"),
            (700, 400, "QUYẾT ĐỊNH"),
            (320, 620, "Điều 1. Quyết định này có hiệu lực từ ngày ký."),
            (260, 800, "Nơi nhận:"),
            (260, 900, "- Lưu: VT."),
            *signature,
        ]
    )


def test_scraps_between_two_signing_lines_are_no_name(extractor: Extractor):
    page = foot((1060, 800, "TL. BỘ TRƯỞNG"), (1080, 832, "Á Ăn"),
                (1040, 850, "CHÁNH VĂN PHÒNG"), (1080, 1100, "Trương Hải Nam"))  # fmt: skip
    signer = extractor.extract((page,)).fields.signer
    assert (signer.position, signer.name) == ("Chánh Văn phòng", "Trương Hải Nam")


def test_family_name_half_under_a_seal_is_given_with_doubt(extractor: Extractor):
    page = foot((1060, 800, "BỘ TRƯỞNG"), (1080, 1100, "oàng Hải Nam"))
    result = extractor.extract((page,))
    assert result.fields.signer.name == "Hoàng Hải Nam"
    assert "oàng Hải Nam" in result.evidence["signer"].raw
    assert result.evidence["signer"].confidence < 0.9


def test_what_restoring_makes_of_a_torn_name_is_not_believed(extractor: Extractor):
    page = foot((1060, 800, "BỘ TRƯỞNG"), (1080, 1100, "ạm Hải Nam"))
    last = page.lines[-1]
    restored = replace(last.words[0], text="tam")
    lines = (*page.lines[:-1], replace(last, words=(restored, *last.words[1:])))
    assert extractor.extract((replace(page, lines=lines),)).fields.signer.name == "Phạm Hải Nam"


def certificate(name: str) -> Signature:
    return Signature(name, "Bộ Nội vụ", "2019-07-03T10:00:00+07:00", intact=True)


def test_certificate_of_a_person_bears_out_the_printed_name(extractor: Extractor):
    page = foot((1060, 800, "BỘ TRƯỞNG"), (1080, 1100, "Truong Hai Nam"))
    alone = extractor.extract((page,))
    both = extractor.extract((page,), (), (certificate("Trương Hải Nam"),))
    assert both.fields.signer.name == "Trương Hải Nam"
    assert both.evidence["signer"].confidence > alone.evidence["signer"].confidence
    assert {vote.source for vote in both.evidence["signer"].votes} == {
        "printed text",
        "digital signature",
    }


def test_certificate_names_the_signer_where_no_name_is_legible(extractor: Extractor):
    page = foot((1060, 800, "BỘ TRƯỞNG"))
    result = extractor.extract((page,), (), (certificate("Trương Hải Nam"),))
    assert result.fields.signer.name == "Trương Hải Nam"
    assert result.evidence["signer"].confidence < 0.9
    office = extractor.extract((page,), (), (certificate("Văn phòng Bộ Nội vụ"),))
    assert office.fields.signer.name is None


def test_missing_signature_stays_unknown(extractor: Extractor):
    text = paper.LETTER.split("Nơi nhận")[0]
    extraction = extractor.extract(text_pages(text))
    assert extraction.fields.signer.name is None
    assert "signer" not in extraction.evidence
