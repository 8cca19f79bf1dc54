"""Search: with and without marks, phrases, limits, ranking and snippets, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import make_dispatch, make_line
from vnocr.catalog.rows import folded_words, rows_of
from vnocr.catalog.search import SearchQuery, search
from vnocr.catalog.snippet import make_snippet
from vnocr.catalog.store import Catalog
from vnocr.model import Dispatch, Fields, Outcome, Page

LETTER = Fields(
    number="599/SCT-VP", type="Công văn", issuer="Sở Công Thương", issue_date="2024-03-05"
)
DECISION = Fields(
    number="15/QĐ-UBND",
    type="Quyết định",
    issuer="Ủy ban nhân dân",
    issuer_parent="Tỉnh Đồng Nai",
    issue_date="2023-11-20",
    subject="phê duyệt đề án",
)


def dispatch(fields: Fields, *pages: str) -> Dispatch:
    sheets = tuple(
        Page(number, tuple(make_line(line) for line in text.splitlines()), "ocr")
        for number, text in enumerate(pages, 1)
    )
    return replace(make_dispatch(), fields=fields, pages=sheets)


def save(catalog: Catalog, name: str, fields: Fields, *pages: str) -> None:
    catalog.save(Outcome(name, name, f"{name}.json"), rows_of(dispatch(fields, *pages)))


@pytest.fixture
def catalog(where: Path | str) -> Iterator[Catalog]:
    with Catalog(where) as catalog:
        save(catalog, "a.pdf", LETTER, "Kế hoạch cải cách hành chính\nnăm 2024 của đơn vị")
        save(catalog, "b.pdf", DECISION, "Trang đầu", "nuôi cái cạch trong vườn, đường đi")
        save(catalog, "c.pdf", Fields(), "Hành chính và cải tiến\nmột cách mới")
        yield catalog


def found(catalog: Catalog, words: str = "", **limits: object) -> list[str]:
    query = replace(SearchQuery(words), **limits)  # type: ignore[arg-type]
    return [hit.document for hit in search(catalog, query)]


def test_without_marks_all_spellings_are_found(catalog: Catalog) -> None:
    assert set(found(catalog, "cai cach")) == {"a.pdf", "b.pdf", "c.pdf"}
    assert set(found(catalog, "CAI CACH hanh chinh")) == {"a.pdf", "c.pdf"}


def test_with_marks_the_exact_come_first(catalog: Catalog) -> None:
    save(catalog, "z.pdf", Fields(), "cái cạch cái cạch cái cạch")
    assert found(catalog, "cải cách")[:2] in (["a.pdf", "c.pdf"], ["c.pdf", "a.pdf"])
    assert set(found(catalog, "cải cách")) == {"a.pdf", "b.pdf", "c.pdf", "z.pdf"}
    assert found(catalog, "cái cạch")[0] == "z.pdf"


def test_a_phrase_keeps_its_order(catalog: Catalog) -> None:
    assert found(catalog, '"cải cách"') == ["a.pdf", "b.pdf"]
    assert found(catalog, '"cach cai"') == []


@pytest.mark.parametrize("words", ["duong", "đường", "ĐƯỜNG", "đuong"])
def test_d_is_folded_too(catalog: Catalog, words: str) -> None:
    assert found(catalog, words) == ["b.pdf"]


def test_number_and_subject_of_the_letterhead_are_words_too(catalog: Catalog) -> None:
    assert found(catalog, "599/sct-vp") == ["a.pdf"]
    assert found(catalog, "phe duyet de an") == ["b.pdf"]


@pytest.mark.parametrize(
    ("limits", "documents"),
    [
        ({"number": "15/qd-ubnd"}, ["b.pdf"]),
        ({"number": "15"}, []),
        ({"issuer": "dong nai"}, ["b.pdf"]),
        ({"type": "công văn"}, ["a.pdf"]),
        ({"since": date(2024, 3, 5)}, ["a.pdf"]),
        ({"until": date(2024, 3, 4)}, ["b.pdf"]),
        ({"since": date(2023, 1, 1)}, ["a.pdf", "b.pdf"]),
        ({"issuer": "100%"}, []),
    ],
)
def test_limits(catalog: Catalog, limits: dict[str, object], documents: list[str]) -> None:
    assert found(catalog, **limits) == documents
    assert set(found(catalog, "trang OR cai", **limits)) == set()
    assert set(found(catalog, "cai", **limits)) == set(documents)


@pytest.mark.parametrize("words", ['"', "'", "*", "a AND (", "NEAR(", "!&|", "đ:", "-", "\0", ""])
def test_signs_are_not_operators(catalog: Catalog, words: str) -> None:
    assert "a.pdf" not in found(catalog, words)


def test_a_snippet_shows_the_page_and_the_hit(catalog: Catalog) -> None:
    (hit,) = search(catalog, SearchQuery('"duong di"'))
    assert (hit.document, hit.page) == ("b.pdf", 2)
    assert hit.snippet.marked() == "nuôi cái cạch trong vườn, [đường đi]"


def test_a_document_of_many_hits_is_listed_once(catalog: Catalog) -> None:
    save(catalog, "d.pdf", Fields(), *["biên bản bàn giao"] * 9)
    assert found(catalog, "bien ban") == ["d.pdf"]


def test_a_document_read_again_is_found_by_its_new_text_only(catalog: Catalog) -> None:
    save(catalog, "a.pdf", LETTER, "nội dung khác hẳn")
    assert found(catalog, "ke hoach") == []
    assert found(catalog, "noi dung khac") == ["a.pdf"]
    catalog.forget("a.pdf")
    assert found(catalog, "noi dung khac") == []


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that a few documents reach."""
    monkeypatch.setattr("vnocr.catalog.search._RANKED", 3)
    monkeypatch.setattr("vnocr.catalog.candidates._HEADED", 2)


@pytest.mark.usefixtures("small")
def test_of_more_hits_than_are_ranked_the_newest_the_headed_and_the_exact_are(
    catalog: Catalog,
) -> None:
    save(catalog, "headed.pdf", Fields(subject="thông báo"), "thông báo họp")
    save(catalog, "exact.pdf", Fields(), "thông bão họp")
    for index in range(6):
        save(catalog, f"{index}.pdf", Fields(issuer="Sở Y tế"), "thông báo họp")
    assert set(found(catalog, "thong bao", limit=4)) == {"headed.pdf", "3.pdf", "4.pdf", "5.pdf"}
    assert found(catalog, "thong bao", limit=1) == ["headed.pdf"]
    assert found(catalog, "thông bão", limit=1) == ["exact.pdf"]
    assert found(catalog, "thong", issuer="so y te", limit=2) == ["5.pdf", "4.pdf"]


def test_limits_that_leave_one_document_show_its_best_page(catalog: Catalog) -> None:
    for index in range(6):
        number = f"{index}/SYT"
        save(catalog, f"{index}.pdf", Fields(number=number), "thông báo", "họp thông bão")
    assert found(catalog, "thong bao hop", number="4/syt") == ["4.pdf"]
    (hit,) = search(catalog, SearchQuery('"thông bão"', number="4/SYT"))
    assert (hit.page, hit.snippet.marked()) == (2, "họp [thông bão]")


def test_a_page_of_a_megabyte_is_kept(catalog: Catalog) -> None:
    text = " ".join(f"từ{index}" for index in range(150_000))
    save(catalog, "long.txt", Fields(), text)
    assert found(catalog, "tu17") == ["long.txt"]


def test_marks_without_a_composed_form_do_not_shift_the_hits(catalog: Catalog) -> None:
    save(
        catalog, "d.pdf", Fields(), "ba\u0302\u0301o ca\u0323\u0300o q\u0323u\u1ef3nh \u00d0ồng Nai"
    )
    (hit,) = search(catalog, SearchQuery('"đồng nai"'))
    assert hit.snippet.marked() == "báo cạ\u0300o q\u0323uỳnh [Đồng Nai]".replace("báo", "bấo")


def test_a_hit_far_down_the_page_is_shown_with_its_neighbours(catalog: Catalog) -> None:
    before, after = ["trước"] * 90, ["sau"] * 90
    save(catalog, "d.pdf", Fields(), " ".join([*before, "họp -\nbàn, họp", *after]))
    (hit,) = search(catalog, SearchQuery('hop "hop ban"'))
    shown = "trước " * 6 + "[họp - bàn], [họp]" + " sau" * 15
    assert hit.snippet.marked() == shown


def test_parts_of_words_are_no_exact_hits(catalog: Catalog) -> None:
    save(catalog, "part.pdf", Fields(subject="đề án"), "ván phía ánh an phi")
    save(catalog, "whole.pdf", Fields(), "bản án, phí")
    save(catalog, "other.pdf", Fields(subject="an phi"), "ân phi ân phi")
    assert found(catalog, "án phí")[0] == "whole.pdf"


def test_a_snippet_is_taken_where_the_words_stand_together() -> None:
    """The motto of every page holds "Hạnh", which is no hit for the whole of the question."""
    text = "Độc lập - Tự do - Hạnh phúc " + "về việc " * 20 + "công bố thủ tục hành chính mới"
    snippet = make_snippet(text, folded_words(text), ["thu", "tuc", "hanh", "chinh"])
    assert "[thủ] [tục] [hành] [chính] mới" in snippet.marked()
