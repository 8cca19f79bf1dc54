import json

import pytest
from evaluation import gold


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")


FIELDS = {
    "file": "b.pdf",
    "issuer_as_printed": "SỞ MẪU",
    "number": "1/SM",
    "issue_date": "2020-01-02",
    "type_as_printed": "CÔNG VĂN",
    "subject": None,
    "signer_name": None,
    "uncertain": ["so_ky_hieu"],
}


def test_uncertain_lines_and_addresses_are_left_out(tmp_path):
    write(tmp_path / "text/x.ocr.txt", "mot\nhai\nhttps://a.vn\nbon")
    write(tmp_path / "text/x.gold.txt", "một\nhai\nhttps://a.vn\nbốn")
    write(tmp_path / "text/x.fields.json", {"uncertain_lines": [2]})
    (case,) = gold.load(tmp_path).texts
    assert case.scored == (True, False, False, True)


def test_texts_of_unequal_length_are_refused(tmp_path):
    write(tmp_path / "text/x.ocr.txt", "mot\nhai")
    write(tmp_path / "text/x.gold.txt", "một")
    write(tmp_path / "text/x.fields.json", {})
    with pytest.raises(ValueError, match=r"x\.ocr\.txt: 2 lines, but its gold text has 1"):
        gold.load(tmp_path)


def test_uncertain_and_unknown_fields_are_not_scored(tmp_path):
    write(tmp_path / "scans/fields.jsonl", FIELDS)
    (document,) = gold.load(tmp_path).scans
    assert document.fields["number"] is None
    assert document.fields["subject"] is None
    assert document.fields["issue_date"] == "2020-01-02"


def test_the_signer_may_stand_with_the_directives(tmp_path):
    write(tmp_path / "scans/fields.jsonl", FIELDS)
    write(tmp_path / "scans/directives/b.json", {"signer": {"name": "Lê Văn Mẫu"}})
    (document,) = gold.load(tmp_path).scans
    assert document.fields["signer"] == "Lê Văn Mẫu"


def test_absent_parts_are_named(tmp_path):
    write(tmp_path / "scans/fields.jsonl", FIELDS)
    absent = gold.load(tmp_path).absent
    assert absent == ("text/*.ocr.txt", "text/official-dev.txt", "headers/fields.jsonl")


@pytest.mark.parametrize(
    ("text", "hand", "by_hand"),
    [
        ("Số: 280 /BC-UBND", ["280"], ["280"]),
        ("Số: 12/BC-UBND", ["12"], ["12/BC-UBND"]),
        ("X, ngày 04 tháng 04 năm 2021", ["04"], ["04"]),
        ("X, ngày 04 tháng 04 năm 2021", ["04", "04"], ["04", "04"]),
        ("KT. GIÁM ĐỐC", [], []),
    ],
)
def test_handwritten_parts_are_marked_by_word(text, hand, by_hand):
    marked = gold.mark_hand(text, hand)
    assert [word for word, _ in marked] == text.split()
    assert [word for word, flag in marked if flag] == by_hand


def test_only_the_first_of_two_equal_parts_is_handwritten():
    flags = [flag for _, flag in gold.mark_hand("ngày 04 tháng 04", ["04"])]
    assert flags == [False, True, False, False]


def test_pages_know_region_and_print_of_each_word(tmp_path):
    write(
        tmp_path / "p.json",
        {
            "source": "b.pdf",
            "page": 1,
            "lines": [
                {"text": "Số: 9/SM", "region": "number", "hand": ["9"]},
                {"text": "Kính gửi", "region": "addressee"},
            ],
        },
    )
    page = gold.read_page(tmp_path / "p.json")
    assert page.words == ("Số:", "9/SM", "Kính", "gửi")
    assert page.scored(["number", "addressee"]) == [True, False, True, True]
