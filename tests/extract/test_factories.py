"""A developer adds vnocr's components to a pipeline of their own, by name alone."""

from __future__ import annotations

import spacy


def test_the_components_are_found_by_name_and_work_together() -> None:
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    for name in ("letterhead", "recipients", "signature", "structure", "references", "directives"):
        nlp.add_pipe(f"vnocr_{name}")
    doc = nlp(
        "Thực hiện Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư."
    )
    assert [reference.number for reference in doc._.vnocr_references] == ["30/2020/NĐ-CP"]
