from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vnocr.model import Box, Line, Page, Word
from vnocr.restore.restorer import Restorer
from vnocr.settings import RestoreSettings
from vnocr.vietnamese.unicode import strip_marks

CLEAN = """\
ỦY BAN NHÂN DÂN TỈNH

Kính gửi: Các sở, ban, ngành; Ủy ban nhân dân các huyện, thị xã.

Thực hiện Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ, Ủy ban nhân dân tỉnh yêu cầu
các cơ quan, đơn vị khẩn trương rà soát thủ tục hành chính, báo cáo kết quả trước ngày 30/9
về Sở Nội vụ để tổng hợp.
"""
# as a model without Vietnamese reads it
MISREAD = """\
UY BAN NHAN DAN TINH

Kinh giri: Cac s&, ban, nganh; Uy ban nhan dan cac huyén, thi xa.

Thyc hién Nghi quyét s6 76/NQ-CP ngay 15/7/2021 ctia Chinh phi, Uy ban nhan dan tinh yéu cau
cac co quan, don vi khan truong ra soat thu tuc hanh chinh, bdo cdo két qua truée ngay 30/9
vé S& Noi vu dé téng hop.
"""


def test_misread_text_is_restored(restorer: Restorer) -> None:
    assert restorer.restore(MISREAD).text == CLEAN


def test_stripped_text_is_restored(restorer: Restorer) -> None:
    assert restorer.restore(strip_marks(CLEAN)).text == CLEAN


def test_clean_text_is_left_alone(restorer: Restorer) -> None:
    restoration = restorer.restore(CLEAN)
    assert restoration.text == CLEAN
    assert restoration.changes == ()


@pytest.mark.parametrize(
    ("seen", "right"),
    [
        ("tăng cường công tác bô sung dự toán", "tăng cường công tác bổ sung dự toán"),
        ("báo cáo tỉnh hình thực hiện nhiệm vụ", "báo cáo tình hình thực hiện nhiệm vụ"),
    ],
)
def test_subtle_errors_of_good_recognition_are_mended(
    restorer: Restorer, seen: str, right: str
) -> None:
    assert restorer.restore(seen).text == right


def test_split_and_merged_words_are_put_right(restorer: Restorer) -> None:
    text = restorer.restore("Thyc hién cai c ach hanhchinh theo Nghidinh cia Chinh phi").text
    assert text == "Thực hiện cải cách hành chính theo Nghị định của Chính phủ"


@pytest.mark.parametrize(
    "token",
    [
        "1.250.000.000",
        "17/11/2020",
        "9001:2015",
        "http://www.so.example.vn/tai-lieu",
        "vanthu@so.example.vn",
        "45/2016/QĐ-TTg",
        "25%",
        "XIV",
    ],
)
def test_protected_tokens_survive_whatever_surrounds_them(restorer: Restorer, token: str) -> None:
    for template in ("thyc hién {} vé viéc", "thuc hien {} ve viec", "thực hiện {} về việc"):
        assert token in restorer.restore(template.format(token)).text.split()


def test_codes_are_mended_as_their_grammar_allows(restorer: Restorer) -> None:
    text = restorer.restore("Quyét dinh s6 12/2019/QP-TTg va Nghi dinh s6 63/2010/ND-\nCP").text
    assert text == "Quyết định số 12/2019/QĐ-TTg và Nghị định số 63/2010/NĐ-\nCP"


def test_every_change_is_explained(restorer: Restorer) -> None:
    restoration = restorer.restore("Nang cao\nchat lugng phục vu nguoi dan, x6a d6i")
    changed = {change.seen: change for change in restoration.changes}
    assert changed["lugng"].text == "lượng"
    assert changed["lugng"].line == 2
    assert changed["lugng"].reason == "letters were misread"
    assert changed["Nang"].reason == "marks were missing or wrong"
    assert 0 < changed["Nang"].confidence <= 1
    assert all(change.runner_up != change.text for change in restoration.changes)


def test_seen_is_kept_beside_the_decision(restorer: Restorer) -> None:
    restoration = restorer.restore(MISREAD)
    assert " ".join(word.seen for word in restoration.words) == " ".join(MISREAD.split())


def test_blanks_between_words_stay(restorer: Restorer) -> None:
    seen = "\tKính gửi:   Các  sở \n\n  Nơi nhận:\r\n"
    assert restorer.restore(seen).text == seen


def test_tone_styles(dictionaries: Path) -> None:
    seen = "Ủy ban nhân dân xã Hoà Bình và UỶ BAN"
    restored = {
        tone: Restorer.load(RestoreSettings(tone=tone), dictionaries).restore(seen).text
        for tone in ("old", "new", "keep")
    }
    assert restored == {
        "old": "Ủy ban nhân dân xã Hòa Bình và ỦY BAN",
        "new": "Uỷ ban nhân dân xã Hoà Bình và UỶ BAN",
        "keep": seen,
    }


def test_legacy_encodings_are_converted_first(restorer: Restorer) -> None:
    restoration = restorer.restore("Thñ t\u00adíng ChÝnh phñ ban hµnh QuyÕt ®Þnh vÒ ®Êt ®ai")
    assert restoration.text == "Thủ tướng Chính phủ ban hành Quyết định về đất đai"
    assert restoration.words[1].seen == "t\u00adíng"
    assert restoration.changes[0].reason == "legacy encoding"


def test_pages_keep_lines_boxes_and_what_was_seen(restorer: Restorer) -> None:
    words = [
        Word(seen, seen, Box(10 * place, 0, 10 * place + 8, 9), 0.9)
        for place, seen in enumerate(["Thyc", "hién", "cai", "c", "ach", "hanh", "chinh"])
    ]
    page = Page(1, (Line(()), Line(tuple(words)), Line(tuple(words[:2]))), "ocr", 200, 50, 100)
    restored = restorer.restore_page(page)
    assert [line.text for line in restored.lines] == [
        "",
        "Thực hiện cải cách hành chính",
        "Thực hiện",
    ]
    merged = restored.lines[1].words[3]
    assert (merged.seen, merged.text, merged.box) == ("c ach", "cách", Box(30, 0, 48, 9))
    assert all(0 <= word.confidence <= 1 for line in restored.lines for word in line.words)


def test_a_sure_recogniser_is_trusted_more(restorer: Restorer) -> None:
    def read(confidence: float) -> str:
        seen = ["dân", "số", "của", "xã", "là", "4", "nghìn", "người", "sông", "ven", "biển"]
        line = Line(tuple(Word(word, word, None, confidence) for word in seen))
        return restorer.restore_page(Page(1, (line,), "ocr")).text

    assert "người sống" in read(0.4)


def test_streaming_gives_the_same_lines(restorer: Restorer) -> None:
    lines = (MISREAD + "\n") * 60
    streamed = [
        line
        for part in restorer.restore_stream(lines.splitlines(keepends=True))
        for line in part.text.split("\n")
    ]
    assert len(streamed) == len(lines.splitlines())
    assert streamed[: len(CLEAN.splitlines())] == CLEAN.splitlines()


_noise = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyé6&?@1.,;-/() \n\u00adÀẢĐ", max_size=80)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_noise)
def test_lines_keep_their_number_whatever_comes(restorer: Restorer, text: str) -> None:
    restoration = restorer.restore(text)
    assert restoration.text.count("\n") == text.count("\n")
    assert len(restoration.lines) == text.count("\n") + 1


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="0123456789./:%,-\n ", max_size=60))
def test_figures_are_never_touched(restorer: Restorer, text: str) -> None:
    assert restorer.restore(text).text == text


def test_unknown_tokens_side_by_side_are_no_dead_end(restorer: Restorer) -> None:
    seen = "xq zz wk qjx bn b c wwf jq kk x y zq thuc hien"
    assert restorer.restore(seen).text.endswith("thực hiện")


@pytest.mark.parametrize(
    "token", ["định:.......3", "theo1.......", "....3......", "“9a.", "H’Mông", "(EU)", "q)", "CO2"]
)
def test_good_text_keeps_what_is_no_plain_word(restorer: Restorer, token: str) -> None:
    seen = f"Các quy định của cơ quan {token} được thực hiện theo kế hoạch"
    assert restorer.restore(seen).text == seen
