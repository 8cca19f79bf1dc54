from tests.extract import paper
from tests.extract.paper import printed_page, text_pages
from vnocr.extract.extractor import Extractor


def test_addressees_and_copies(extractor: Extractor):
    fields = extractor.extract(text_pages(paper.LETTER)).fields
    assert fields.recipients_to == (
        "Ủy ban nhân dân các huyện, thành phố",
        "Ban Quản lý các khu công nghiệp tỉnh",
    )
    assert fields.recipients_cc == ("Như trên", "Giám đốc Sở (để b/c)", "Lưu: VT, QLN")


def test_one_addressee_on_the_line_of_the_anchor(extractor: Extractor):
    text = paper.LETTER.replace(
        "Kính gửi:\n- Ủy ban nhân dân các huyện, thành phố;\n"
        "- Ban Quản lý các khu công nghiệp tỉnh.",
        "Kính gửi: Văn phòng Chính phủ",
    )
    assert extractor.extract(text_pages(text)).fields.recipients_to == ("Văn phòng Chính phủ",)


def test_scratches_of_a_seal_after_an_item_are_dropped(extractor: Extractor):
    text = paper.LETTER.replace("- Giám đốc Sở (để b/c);", "- Giám đốc Sở (để b/c); /7Z\\")
    text = text.replace("- Lưu: VT, QLN.", "- Cục Thuế tỉnh; Báo Bắc Kạn;\n- Lưu: VT; QLN.")
    assert extractor.extract(text_pages(text)).fields.recipients_cc == (
        "Như trên",
        "Giám đốc Sở (để b/c)",
        "Cục Thuế tỉnh; Báo Bắc Kạn",
        "Lưu: VT; QLN",
    )


def test_party_list_with_commas(extractor: Extractor):
    fields = extractor.extract(text_pages(paper.PARTY)).fields
    assert fields.recipients_cc == (
        "Thường trực Tỉnh ủy",
        "Các huyện ủy",
        "Lưu Ban Nội chính",
    )


def test_columns_told_apart_by_boxes(extractor: Extractor):
    page = printed_page(
        [
            (260, 150, "BỘ NỘI VỤ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (280, 280, "Số: 902/BNV-VP\tHà Nội, ngày 03 tháng 7 năm 2019"),
            (280, 330, "V/v báo cáo công tác lưu trữ"),
            (600, 460, "Kính gửi: Sở Nội vụ các tỉnh,"),
            (770, 500, "thành phố trực thuộc trung ương"),
            (320, 620, "Bộ Nội vụ đề nghị quý cơ quan báo cáo trước ngày 01/8/2019./."),
            (260, 800, "Nơi nhận:\t\tTL. BỘ TRƯỞNG"),
            (260, 850, "- Như trên;\t\tCHÁNH VĂN PHÒNG"),
            (260, 900, "- Bộ trưởng (để báo"),
            (260, 940, "cáo);"),
            (260, 990, "- Lưu: VT, VP."),
            (1100, 1150, "Kiều Mạnh Hải"),
        ]
    )
    fields = extractor.extract((page,)).fields
    assert fields.recipients_to == ("Sở Nội vụ các tỉnh, thành phố trực thuộc trung ương",)
    assert fields.recipients_cc == ("Như trên", "Bộ trưởng (để báo cáo)", "Lưu: VT, VP")
    assert fields.signer.name == "Kiều Mạnh Hải"
    assert fields.signer.authority == "TL. BỘ TRƯỞNG"
    assert fields.signer.position == "Chánh Văn phòng"
