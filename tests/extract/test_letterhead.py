from dataclasses import replace
from importlib import import_module

import pytest

from tests.extract import paper
from tests.extract.paper import printed_page, text_pages
from vnocr.extract.extractor import Extractor
from vnocr.model import Line, Word


def test_letter_with_both_columns_on_one_line(extractor: Extractor):
    fields = extractor.extract(text_pages(paper.LETTER)).fields
    assert (fields.number, fields.serial, fields.symbol) == ("1204/SXD-QLN", "1204", "SXD-QLN")
    assert (fields.type, fields.type_code) == ("Công văn", None)
    assert fields.subject == "rà soát nhà ở công vụ trên địa bàn các huyện"
    assert (fields.place, fields.issue_date) == ("Bắc Kạn", "2023-03-07")
    assert fields.issuer == "Sở Xây dựng"
    assert fields.province == "Bắc Kạn"


def test_decision_with_one_column_after_the_other(extractor: Extractor):
    fields = extractor.extract(text_pages(paper.DECISION)).fields
    assert (fields.number, fields.type, fields.type_code) == ("88/QĐ-UBND", "Quyết định", "QĐ")
    assert fields.subject == "Về việc thành lập Tổ công tác kiểm tra bến thủy nội địa năm 2022"
    assert fields.issuer == "Ủy ban nhân dân tỉnh Gia Lai"
    assert fields.issuer_parent is None
    assert (fields.place, fields.province) == ("Gia Lai", "Gia Lai")


def test_party_style(extractor: Extractor):
    fields = extractor.extract(text_pages(paper.PARTY)).fields
    assert (fields.number, fields.serial, fields.symbol) == ("34-KH/BNCTU", "34", "KH/BNCTU")
    assert fields.type == "Kế hoạch"
    assert fields.subject == "kiểm tra công tác tiếp dân quý IV năm 2021"
    assert (fields.issuer_parent, fields.issuer) == ("Tỉnh ủy Lạng Sơn", "Ban Nội chính")
    assert fields.issue_date == "2021-09-18"


def test_telegram_with_urgency(extractor: Extractor):
    fields = extractor.extract(text_pages(paper.TELEGRAM)).fields
    assert (fields.number, fields.type) == ("05/CĐ-UBND", "Công điện")
    assert fields.urgency == "Hỏa tốc"
    assert fields.subject == "Về việc chủ động ứng phó mưa lũ"


def test_joint_circular_with_year_in_its_number(extractor: Extractor):
    fields = extractor.extract(text_pages(paper.JOINT)).fields
    assert fields.number == "17/2012/TTLT-BYT-BTC"
    assert (fields.serial, fields.symbol) == ("17", "2012/TTLT-BYT-BTC")
    assert fields.type == "Thông tư liên tịch"
    assert fields.issuer == "Bộ Y tế - Bộ Tài chính"
    assert fields.province == "Hà Nội"


def test_a_symbol_that_its_reader_did_not_trust_is_given_with_doubt(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
):
    """Ink that touched it took all trust from print that was read right: 1204/None once."""
    monkeypatch.setattr(import_module("vnocr.extract.identity"), "trust", lambda words: 0.0)
    text = paper.LETTER.replace("Số: 1204/SXD-QLN", "Số: 1204/SXV-OLN")
    extraction = extractor.extract(text_pages(text))
    assert extraction.fields.number == "1204/SXV-OLN"
    assert extraction.evidence["number"].confidence < 0.7
    assert any(problem.kind == "needs-review" for problem in extraction.problems)


def test_a_letter_of_a_known_unit_bears_its_symbol_out(extractor: Extractor, monkeypatch):
    """Ink that touches print takes the recogniser's trust from a symbol that was read right."""
    monkeypatch.setattr(import_module("vnocr.extract.identity"), "trust", lambda words: 0.0)
    known = extractor.extract(text_pages(paper.LETTER)).evidence["symbol"].confidence
    strange = paper.LETTER.replace("SXD-QLN", "SXD-QXN")
    assert known > 0.95 > extractor.extract(text_pages(strange)).evidence["symbol"].confidence


def test_blank_number_is_unknown_and_reported(extractor: Extractor):
    text = paper.LETTER.replace("Số: 1204/SXD-QLN", "Số:      /SXD-QLN")
    extraction = extractor.extract(text_pages(text))
    assert (extraction.fields.number, extraction.fields.serial) == (None, None)
    assert extraction.fields.symbol == "SXD-QLN"
    assert "number-blank" in {problem.kind for problem in extraction.problems}


@pytest.mark.parametrize("ink", ["?9.?", "4Ñ,", "l}", "2/%"])
def test_junk_where_ink_was_is_never_a_number(extractor: Extractor, ink: str):
    page = printed_page(
        [
            (260, 150, "UBND TỈNH SƠN LA\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (340, 200, "SỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc"),
            (280, 280, f"Số: {ink} /SNV-TCBC\tSơn La, ngày 14 tháng 5 năm 2020"),
            (280, 330, "V/v tinh giản biên chế"),
            (600, 450, "Kính gửi: Các sở, ban, ngành"),
        ]
    )
    extraction = extractor.extract((page,))
    assert extraction.fields.serial is None
    assert extraction.fields.symbol == "SNV-TCBC"
    problems = {problem.kind for problem in extraction.problems}
    assert {"number-unread", "needs-review"} <= problems


@pytest.mark.parametrize(("seen", "serial"), [("l6", "16"), ("1O2", "102"), ("2I", "21")])
def test_letters_among_the_figures_of_a_number_are_taken_for_figures_with_doubt(
    extractor: Extractor, seen: str, serial: str
):
    extraction = extractor.extract(text_pages(paper.LETTER.replace("Số: 1204/", f"Số: {seen}/")))
    assert extraction.fields.serial == serial
    assert extraction.evidence["number"].confidence < 0.9
    assert seen in extraction.evidence["number"].raw


def test_a_letter_after_the_figures_of_a_number_stays(extractor: Extractor):
    extraction = extractor.extract(text_pages(paper.LETTER.replace("Số: 1204/", "Số: 1204B/")))
    assert extraction.fields.serial == "1204B"


def test_unreadable_day_is_reported_with_its_place(extractor: Extractor):
    page = printed_page(
        [
            (260, 150, "BỘ CÔNG THƯƠNG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (280, 280, "Số: 311/BCT-KH\tHà Nội, ngày f7{ tháng 10 năm 2017"),
        ]
    )
    extraction = extractor.extract((page,))
    assert extraction.fields.issue_date is None
    assert extraction.evidence["issue_date"].box is not None
    review = [p.message for p in extraction.problems if p.kind == "needs-review"]
    assert any(message.startswith("issue_date") and "box" in message for message in review)


def test_marks_lost_by_the_recogniser(extractor: Extractor):
    text = """\
UBND TINH LAM DONG CONG HOA XA HQI CHU NGHIA VIET NAM
SO TU PHAP Boc lap - Ty do - Hanh phuc
S6: 77/QP-STP Lam Dong, ngay 21 thang 6 nam 2018
QUYET DINH
Ve viec cong bo thu tuc
Can cu Luat Ho tich;
"""
    fields = extractor.extract(text_pages(text)).fields
    assert (fields.issuer_parent, fields.issuer) == ("UBND tỉnh Lâm Đồng", "Sở Tư pháp")
    assert fields.number == "77/QĐ-STP"
    assert fields.type == "Quyết định"
    assert fields.place == "Lâm Đồng"
    assert fields.issue_date == "2018-06-21"


def test_a_stamp_of_arrival_is_not_the_number(extractor: Extractor):
    page = printed_page(
        [
            (260, 150, "BỘ NỘI VỤ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (280, 280, "Số: 902/BNV-VP\tHà Nội, ngày 03 tháng 7 năm 2019"),
            (280, 330, "V/v báo cáo công tác lưu trữ"),
            (120, 480, "Số: 5166/BTC-PC"),
            (120, 520, "ĐẾN Ngày: 08/7/2019"),
            (600, 560, "Kính gửi: Sở Nội vụ"),
        ]
    )
    fields = extractor.extract((page,)).fields
    assert (fields.number, fields.issue_date) == ("902/BNV-VP", "2019-07-03")


def test_a_second_letterhead_never_overwrites_the_first(extractor: Extractor):
    copy = "\fSỞ Y TẾ\nSAO Y\nSố: 15/SY-SYT\nHà Nội, ngày 30 tháng 12 năm 2023\n"
    fields = extractor.extract(text_pages(paper.LETTER + copy)).fields
    assert (fields.number, fields.issue_date) == ("1204/SXD-QLN", "2023-03-07")


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("ngày 31 tháng 02 năm 2020", None),
        ("ngày 29 tháng 02 năm 2020", "2020-02-29"),
        ("ngày 5 tháng 6 năm 2014", "2014-06-05"),
        ("ngày     tháng 6 năm 2014", None),
        ("ngày 12 tháng 13 năm 2014", None),
    ],
)
def test_dates(extractor: Extractor, date: str, iso: str | None):
    text = paper.LETTER.replace("ngày 07 tháng 3 năm 2023", date)
    assert extractor.extract(text_pages(text)).fields.issue_date == iso


def test_old_names_of_provinces_stay_for_old_documents(extractor: Extractor):
    text = paper.LETTER.replace("TỈNH BẮC KẠN", "TỈNH HÀ TÂY").replace("Bắc Kạn", "Hà Đông")
    old = extractor.extract(text_pages(text.replace("năm 2023", "năm 2006"))).fields
    assert old.province == "Hà Tây"


def test_party_committee_with_the_date_beside_its_name(extractor: Extractor):
    text = """\
HUYỆN ỦY NGHĨA HÀNH ĐẢNG CỘNG SẢN VIỆT NAM
BAN THƯỜNG VỤ Nghĩa Hành, ngày 03 tháng 12 năm 2018
*
Số 512-CV/HU
về việc chuẩn bị hội nghị tổng kết

Kính gửi: Các chi bộ trực thuộc
"""
    fields = extractor.extract(text_pages(text)).fields
    assert (fields.number, fields.type) == ("512-CV/HU", "Công văn")
    assert (fields.issuer_parent, fields.issuer) == ("Huyện ủy Nghĩa Hành", "Ban Thường vụ")
    assert (fields.place, fields.issue_date) == ("Nghĩa Hành", "2018-12-03")
    assert fields.province == "Quảng Ngãi"


def test_a_number_in_a_legal_base_is_not_the_number(extractor: Extractor):
    text = """\
BỘ XÂY DỰNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Kính gửi: Sở Xây dựng các tỉnh
Căn cứ Nghị định số 15/2021/NĐ-CP ngày 03 tháng 3 năm 2021 của Chính phủ;
1605/KH-BXD ngày 25 tháng 10 năm 2022 của Bộ Xây dựng về đào tạo.
"""
    fields = extractor.extract(text_pages(text)).fields
    assert (fields.number, fields.issue_date) == (None, None)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Thực hiện Nghị quyết số 12/NQ-HĐND về nước sạch", "nông thôn năm 2022"),
        ("Về việc phân công", "thực hiện nhiệm vụ nước sạch năm 2022"),
    ],
)
def test_subjects_that_speak_of_carrying_out(extractor: Extractor, first: str, second: str):
    text = f"""\
UBND TỈNH HÀ NAM CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ XÂY DỰNG Độc lập - Tự do - Hạnh phúc
Số: 15/KH-SXD Hà Nam, ngày 07 tháng 3 năm 2022
KẾ HOẠCH
{first}
{second}
Thực hiện chỉ đạo của UBND tỉnh, Sở Xây dựng xây dựng kế hoạch như sau:
"""
    fields = extractor.extract(text_pages(text)).fields
    assert fields.subject == f"{first} {second}"


def test_marks_under_the_subject_are_not_part_of_it(extractor: Extractor):
    text = paper.LETTER.replace("trên địa bàn các huyện\n", "KHẨN\n")
    fields = extractor.extract(text_pages(text)).fields
    assert fields.subject == "rà soát nhà ở công vụ"
    assert fields.urgency == "Khẩn"


def test_codes_are_taken_as_seen_not_as_corrected(extractor: Extractor):
    words = {"Số:": "Số:", "41/KH-SYT-Ca": "41/KH-SYT-CĐN", "thực": "thyc"}
    line = Line(tuple(Word(seen, text, None, 1.0) for text, seen in words.items()))
    head = text_pages("SỞ Y TẾ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")[0]
    fields = extractor.extract((replace(head, lines=(*head.lines, line)),)).fields
    assert fields.number == "41/KH-SYT-CĐN"


def test_codes_of_a_legacy_encoding_are_taken_as_converted(extractor: Extractor):
    words = (Word("Sè:", "Số:", None, 1.0), Word("12/Q§-UB", "12/QĐ-UB", None, 1.0))
    head = text_pages("TỈNH HƯNG YÊN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")[0]
    page = replace(head, lines=(*head.lines, Line(words)), origin="legacy-text-layer")
    assert extractor.extract((page,)).fields.number == "12/QĐ-UB"


def test_typed_figures_are_trusted_and_ink_is_not(extractor: Extractor):
    def confidence(height: int) -> float:
        rows = [
            (260, 150, "UBND TỈNH SƠN LA\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (340, 200, "SỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc"),
            (280, 280, "Số: 415 /SNV-TCBC\tSơn La, ngày 14 tháng 5 năm 2020"),
            (280, 330, "V/v tinh giản biên chế"),
        ]
        page = printed_page(rows)
        lines = [
            replace(
                line,
                words=tuple(
                    replace(w, box=replace(w.box, bottom=w.box.top + height))
                    if w.text == "415" and w.box
                    else w
                    for w in line.words
                ),
            )
            for line in page.lines
        ]
        return extractor.extract((replace(page, lines=tuple(lines)),)).evidence["serial"].confidence

    assert confidence(36) > 0.9
    assert confidence(60) < 0.5


def test_a_page_without_letterhead_gives_nothing(extractor: Extractor):
    extraction = extractor.extract(text_pages("Hôm nay trời đẹp.\nChúng tôi đi chơi."))
    assert extraction.fields.number is None
    assert extraction.fields.issue_date is None
    assert extraction.fields.issuer is None


def test_what_a_stamp_leaves_before_the_subject_is_no_part_of_it(extractor: Extractor):
    old = next(line for line in paper.DECISION.splitlines() if "Về việc" in line)
    text = paper.DECISION.replace(old, old.replace("Về việc", "5 BẢO & HộC 0.NG Về việc"))
    clean = extractor.extract(text_pages(paper.DECISION)).fields.subject
    assert extractor.extract(text_pages(text)).fields.subject == clean
