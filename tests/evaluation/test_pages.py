import pytest
from evaluation import pages

from tests.evaluation.builders import dispatch, document, gold_page, read_page, reading

GOLD = gold_page(
    ("SỞ MẪU", "header-left"),
    ("CỘNG HÒA", "header-right"),
    ("Kính gửi: các phòng", "addressee"),
    ("Nộp báo cáo trước ngày 05", "body"),
    ("Nơi nhận:", "recipients"),
)
BARE = "SỞ MẪU CỘNG HÒA\nKính gửi: các phòng\nNộp bao cáo trước ngày 05\n"
OURS = read_page(
    [("SỞ", "SỞ"), ("MẪU", "MẪU")],
    [("CỘNG", "CỘNG"), ("HÒA", "HÒA")],
    [("Kính", "Kính"), ("gửi:", "gửi:"), ("các", "cá"), ("phòng", "phòng")],
    [(word, word.replace("bao", "báo")) for word in ["Nộp", "bao", "cáo", "trước", "ngày", "05"]],
)


@pytest.fixture
def figures():
    paper = document(pages=[GOLD])
    return pages.measure(
        [paper], {paper.path: reading(paper, dispatch(pages=[OURS]), (BARE,))}, None
    )


def test_only_scored_regions_make_the_body_measure(figures):
    bare = figures.summary["tesseract"]
    assert bare["words"] == 10
    assert bare["wer"] == pytest.approx(1 / 10)
    assert bare["missing"] == pytest.approx(1 / 10)
    assert bare["wer_by_region"]["recipients"] == 1
    assert bare["wer_by_region"]["addressee"] == 0


def test_letterhead_lines_must_stand_alone(figures):
    assert figures.summary["tesseract"]["letterhead_lines"] == 0
    assert figures.summary["vnocr"]["letterhead_lines"] == 1


def test_the_worst_page_is_named(figures):
    assert figures.summary["vnocr"]["worst_page"] == "mẫu.pdf p1"
    assert figures.summary["vnocr"]["worst_page_wer"] == pytest.approx(1 / 10)


def test_restoration_is_judged_by_what_was_seen(figures):
    effect = figures.summary["vnocr"]["restoration"]
    assert (effect["false_changes"], effect["words_right"]) == (1, 9)
    assert (effect["repaired"], effect["words_wrong"]) == (1, 1)
    assert figures.details[0]["vnocr: spoiled"] == ["Kính gửi: các phòng Nộp"]


def test_words_given_are_put_into_the_bins_of_their_confidence(figures):
    rows = {row["from"]: row for row in figures.summary["vnocr"]["reliability"]}
    assert rows[0.9]["given"] == 10
    assert rows[0.9]["right_share"] == pytest.approx(9 / 10)
    assert rows[0.98]["given"] == 0
    assert rows[0.98]["right_share"] is None


def test_a_document_that_fails_lacks_all_its_words():
    paper = document(pages=[GOLD])
    figures = pages.measure([paper], {paper.path: reading(paper, None, (BARE,))}, None)
    assert figures.summary["vnocr"]["wer"] == 1
    assert figures.summary["vnocr"]["missing"] == 1


def test_restoring_bare_text_is_a_reader_of_its_own():
    paper = document(pages=[GOLD])
    readings = {paper.path: reading(paper, dispatch(pages=[OURS]), (BARE,))}
    figures = pages.measure([paper], readings, lambda text: text.replace("bao", "báo"))
    assert figures.summary["tesseract restored"]["wer"] == 0
    assert figures.summary["tesseract restored"]["restoration"]["repaired"] == 1
