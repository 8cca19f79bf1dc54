from spacy.lang.vi import Vietnamese

from vnocr.extract.document import lines_of, make_doc
from vnocr.model import Box, Line, Page, Region, Word


def blank_pipeline() -> Vietnamese:
    config = {"@tokenizers": "spacy.vi.VietnameseTokenizer", "use_pyvi": False}
    return Vietnamese.from_config({"nlp": {"tokenizer": config}})


def word(text: str, left: int, seen: str | None = None) -> Word:
    return Word(seen or text, text, Box(left, 10, left + 40, 30), 0.8)


def test_tokens_stay_aligned_with_words_lines_and_pages():
    first = Line((word("Số:", 0), word("15/QĐ-UBND", 50)), None, Region.NUMBER)
    second = Line((word("Điều", 0), word("1.", 50)))
    pages = (Page(1, (first, Line(())), "ocr"), Page(2, (second,), "ocr"))

    doc = make_doc(blank_pipeline().vocab, pages)

    assert [token.text for token in doc] == ["Số:", "15/QĐ-UBND", "Điều", "1."]
    lines = doc._.vnocr_lines
    assert [line.text for line in lines] == ["Số: 15/QĐ-UBND", "", "Điều 1."]
    assert [(line.start, line.end) for line in lines] == [(0, 2), (2, 2), (2, 4)]
    assert [line.page for line in lines] == [1, 1, 2]
    assert lines[0].region is Region.NUMBER
    assert lines[0].box == Box(0, 10, 90, 30)
    assert len(doc._.vnocr_words) == len(doc)


def test_a_word_restored_as_two_gives_two_tokens_with_one_box():
    line = Line((word("công tác", 0, seen="congtac"), word("", 60, seen="~")))
    doc = make_doc(blank_pipeline().vocab, (Page(1, (line,), "ocr"),))
    assert [token.text for token in doc] == ["công", "tác"]
    assert [item.seen for item in doc._.vnocr_words] == ["congtac", ""]
    assert [item.box for item in doc._.vnocr_words] == [Box(0, 10, 40, 30)] * 2


def test_lines_of_a_plain_string():
    doc = blank_pipeline()("Số: 15/BC-SYT\n\nKính gửi: Bộ Y tế\nĐiều 1.")
    assert [line.text for line in lines_of(doc)] == [
        "Số: 15/BC-SYT",
        "",
        "Kính gửi: Bộ Y tế",
        "Điều 1.",
    ]
    assert len(doc._.vnocr_words) == len(doc)
    third = lines_of(doc)[2]
    assert "".join(token.text_with_ws for token in doc[third.start : third.end]).strip() == (
        "Kính gửi: Bộ Y tế"
    )


def test_an_empty_document_has_no_lines():
    assert lines_of(blank_pipeline()("")) == ()
    assert make_doc(blank_pipeline().vocab, ())._.vnocr_lines == ()


def test_results_of_one_document_do_not_leak_into_the_next():
    vocab = blank_pipeline().vocab
    first, second = make_doc(vocab, ()), make_doc(vocab, ())
    first._.vnocr_evidence["number"] = None
    first._.vnocr_problems.append("x")
    assert second._.vnocr_evidence == {}
    assert second._.vnocr_problems == []
