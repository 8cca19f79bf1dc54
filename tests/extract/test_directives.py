"""Directives through the whole pipeline: pages in, directives with page and box out."""

from spacy.lang.vi import Vietnamese

from vnocr.extract.extractor import Extractor
from vnocr.extract.phrases import Phrases
from vnocr.model import Box, Line, Page, Region, Word


def line(text: str, row: int, left: int = 200, right: int = 1400) -> Line:
    box = Box(left, row * 40, right, row * 40 + 30)
    words = tuple(Word(word, word, box, 0.9) for word in text.split())
    return Line(words, box, Region.BODY)


def test_page_box_and_confidence_come_from_the_lines(extractor: Extractor) -> None:
    first = Page(
        1,
        (
            line("Sở Y tế đề nghị Giám đốc các bệnh viện thực hiện các nội dung sau:", 10, 280),
            line(
                "1. Rà soát cơ số thuốc, hóa chất, vật tư, bảo đảm đáp ứng kịp thời công", 11, 280
            ),
            line("công tác khám bệnh, chữa bệnh trong mọi tình huống; hoàn thành trước ngày", 12),
        ),
        "ocr",
        1600,
        2200,
        200,
    )
    second = Page(2, (line("15/9/2031.", 3, 200, 500),), "ocr", 1600, 2200, 200)
    (directive,) = extractor.extract((first, second)).directives
    assert directive.label == "1"
    assert directive.text.endswith("hoàn thành trước ngày 15/9/2031.")
    assert directive.page == 1
    assert directive.box == Box(200, 440, 1400, 510)
    assert directive.assignee == "Giám đốc các bệnh viện"
    assert directive.assignee_inherited
    assert directive.deadline == "2031-09-15"
    assert 0.5 < directive.confidence < 1


def test_the_components_work_in_a_pipeline_of_ones_own(
    extractor: Extractor, folder: object
) -> None:
    config = {"@tokenizers": "spacy.vi.VietnameseTokenizer", "use_pyvi": False}
    nlp = Vietnamese.from_config({"nlp": {"tokenizer": config}})
    nlp.add_pipe("vnocr_references", config={"dictionaries": str(folder)})
    nlp.add_pipe("vnocr_directives", config={"dictionaries": str(folder)})
    doc = nlp(
        "Giao Sở Y tế chủ trì thực hiện Quyết định số 12/QĐ-UBND ngày 5/6/2030 của UBND tỉnh."
    )
    assert [item.assignee for item in doc._.vnocr_directives] == ["Sở Y tế"]
    assert [item.number for item in doc._.vnocr_references] == ["12/QĐ-UBND"]


def test_an_empty_body_has_no_directives(extractor: Extractor) -> None:
    assert extractor.extract((Page(1, (), "text"),)).directives == ()


def test_the_vocabulary_does_not_grow_with_the_texts_read() -> None:
    phrases = Phrases({"order": ["giao"]})
    phrases.tokens("Giao Sở Nội vụ")
    size = len(phrases._vocab.strings)
    phrases.tokens("nhiều từ chưa từng gặp trong bất kỳ văn bản nào")
    assert len(phrases._vocab.strings) == size
