import pytest

from tests.extract import paper
from tests.extract.paper import text_pages
from vnocr.extract.extractor import Extractor
from vnocr.model import Box, Candidate, Reading

BASIS = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"


@pytest.mark.parametrize(
    "basis",
    [
        "Căn cứ Quyết định số 7/QĐ-UBND ngày 02/11/2022 của UBND tỉnh;",
        "Căn cứ Quyết định số 7/QĐ-UBND\nngày 02 tháng 12 năm 2022 của UBND tỉnh;",
    ],
)
def test_a_younger_legal_base_casts_doubt_on_the_date(extractor: Extractor, basis: str):
    sound = extractor.extract(text_pages(paper.DECISION))
    doubtful = extractor.extract(text_pages(paper.DECISION.replace(BASIS, basis)))
    assert sound.evidence["issue_date"].confidence > 0.95
    assert doubtful.fields.issue_date == "2022-10-11"
    assert doubtful.evidence["issue_date"].confidence < sound.evidence["issue_date"].confidence
    assert "younger-citation" in {problem.kind for problem in doubtful.problems}


@pytest.mark.parametrize(
    "basis",
    [
        "Căn cứ Quyết định số 7/QĐ-UBND ngày 11/10/2022 của UBND tỉnh;",
        "Căn cứ Quyết định số 7/QĐ-UBND ngày 02/11/2032 của UBND tỉnh;",
        "Căn cứ Quyết định số 7/QĐ-UBND ngày 31/11/2022 của UBND tỉnh;",
        "Hạn nộp báo cáo là ngày 02/12/2022.",
    ],
)
def test_what_is_no_younger_legal_base(extractor: Extractor, basis: str):
    extraction = extractor.extract(text_pages(paper.DECISION.replace(BASIS, basis)))
    assert "younger-citation" not in {problem.kind for problem in extraction.problems}


def test_a_younger_legal_base_lets_another_reading_of_the_day_win(extractor: Extractor):
    text = paper.DECISION.replace("ngày 11", "ngày ").replace(
        BASIS, "Căn cứ Quyết định số 7/QĐ-UBND ngày 10/10/2022 của UBND tỉnh;"
    )
    days = (Candidate("2022-10-01", 0.6), Candidate("2022-10-11", 0.3))
    ink = Reading("date", 1, Box(1, 1, 9, 9), "ngày 1?", days, "handwriting")
    found = extractor.extract(text_pages(text), (ink,))
    assert found.fields.issue_date == "2022-10-11"
    assert found.evidence["issue_date"].candidates[0].value == "2022-10-11"


def test_a_province_that_was_no_more_casts_doubt_on_the_date(extractor: Extractor):
    text = paper.DECISION.replace("Gia Lai", "Hà Tây").replace("GIA LAI", "HÀ TÂY")
    years = (Candidate("2022-10-11", 0.6), Candidate("2002-10-11", 0.3))
    ink = Reading("date", 1, Box(1, 1, 9, 9), "ngày 11", years, "handwriting")
    found = extractor.extract(text_pages(text.replace("2022", "20  ")), (ink,))
    assert found.fields.province == "Hà Tây"
    assert found.fields.issue_date == "2002-10-11"
    assert "issuer-not-in-force" in {problem.kind for problem in found.problems}
    sound = extractor.extract(text_pages(paper.DECISION))
    assert "issuer-not-in-force" not in {problem.kind for problem in sound.problems}
