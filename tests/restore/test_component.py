import spacy

from vnocr.restore import component


def test_the_pipe_restores_the_text_of_a_doc() -> None:
    assert component.create_restorer
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    nlp.add_pipe("vnocr_restorer", first=True)
    doc = nlp("Thyc hién cai cach\nhanh chinh")
    assert doc.text == "Thyc hién cai cach\nhanh chinh"
    assert doc._.restored == "Thực hiện cải cách\nhành chính"
    assert {change.seen for change in doc._.restoration.changes} >= {"Thyc", "hién"}
