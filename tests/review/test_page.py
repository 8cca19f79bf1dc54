"""What a person sees and does on the page, without a browser."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.review.desks import Office, doubtful, keep
from vnocr.catalog.queue import around, count_views
from vnocr.catalog.search import SearchQuery, search
from vnocr.model import Box, Candidate, Evidence, Outcome, Signer
from vnocr.review.messages import MESSAGES

A, B, C = (f"/documents/{digest * 64}" for digest in "abc")
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def fields(office: Office) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(office.record())["fields"]
    return found


def post(office: Office, what: str, body: Any) -> Any:
    return office.person().post(f"{A}/{what}", json=body)


def test_the_least_sure_document_comes_first(office: Office) -> None:
    page = office.person().get("/").text
    assert page.index("x/a.pdf") < page.index("b.pdf")
    assert "30 % sure" in page


def test_the_queue_is_walked_both_ways(office: Office) -> None:
    first, second, third = ("acb"[place] * 64 for place in range(3))
    step = office.desk.next_to_check
    assert [step(one) for one in (first, second, third)] == [
        (None, second),
        (first, third),
        (second, None),
    ]
    office.desk.approve(second)
    assert (step(first), step(third)) == ((None, third), (first, None))
    assert step("0" * 64) == (None, first)


def test_a_stretch_of_the_queue_says_where_the_queue_ends(office: Office) -> None:
    first, second, third = ("acb"[place] * 64 for place in range(3))
    assert around(office.catalog, first, 1) == [None, first, second]
    assert around(office.catalog, second, 1) == [first, second, third]
    assert around(office.catalog, third, 1) == [second, third, None]
    assert around(office.catalog, second, 2) == [None, first, second, third, None]
    assert around(office.catalog, "0" * 64, 2) == []


def test_copies_of_a_document_are_one(office: Office) -> None:
    keep(office.catalog, office.root, [doubtful(f"copy/{n}/c.pdf", "c", 0.4) for n in range(3)])
    first, second, third = ("acb"[place] * 64 for place in range(3))
    assert [item.sha256 for item in office.desk.queue("check")] == [first, second, third]
    assert office.desk.queue("check")[1].path == "c.pdf"
    assert count_views(office.catalog) == {"check": 3, "approved": 0, "all": 3, "failed": 0}
    assert around(office.catalog, second, 9) == [None, first, second, third, None]
    office.desk.approve(second)
    assert [item.sha256 for item in office.desk.queue("check")] == [first, third]
    assert [item.sha256 for item in office.desk.queue("approved")] == [second]


def test_views_and_counts(office: Office) -> None:
    office.catalog.save(Outcome("bad.pdf", "k", "bad.json", "corrupt", "damaged"), None)
    client = office.person()
    assert "x/a.pdf" in client.get("/?view=all").text
    assert "Nothing here" in client.get("/?view=approved").text
    assert "b.pdf" not in client.get("/?from=100").text
    assert client.get("/?view=nonsense&from=-5").status_code == 200


def test_the_doubtful_number_is_shown_with_its_candidates(office: Office) -> None:
    page = office.person().get(A).text
    assert 'data-value="12/BC-SNV"' in page
    assert 'data-value="17/BC-SNV"' in page
    assert 'data-box="0,10,90,40"' in page
    sheet = office.desk.open("a" * 64).dispatch.pages[0]
    assert f'data-width="{sheet.width or 0}" data-height="{sheet.height or 0}"' in page


def test_a_number_that_belies_the_type_is_offered_as_the_type_has_it(office: Office) -> None:
    one = doubtful("d.pdf", "d")
    serial = replace(one.evidence["number"], candidates=(Candidate("12", 0.9),))
    fields = replace(one.fields, number="12/C-SNV", symbol="C-SNV", type_code="BC")
    keep(office.catalog, office.root, [
        replace(one, fields=fields, evidence={**one.evidence, "serial": serial})])  # fmt: skip
    number = office.desk.open("d" * 64).doubts[0]
    assert number.choices == ("12/C-SNV", "12/BC-SNV", "17/BC-SNV")


def test_an_unknown_signer_is_shown_down_to_the_name(office: Office) -> None:
    one = doubtful("d.pdf", "d")
    title = Evidence(1, Box(300, 400, 500, 430), "GIÁM ĐỐC", 0.0, "printed")
    pages = tuple(replace(page, width=827, height=1169, dpi=100) for page in one.pages)
    unknown = replace(one.fields, signer=Signer(position="Giám đốc"))
    keep(office.catalog, office.root, [
        replace(one, fields=unknown, pages=pages, evidence={"signer": title})])  # fmt: skip
    signer = next(d for d in office.desk.open("d" * 64).doubts if d.field == "signer.name")
    assert signer.box == Box(300, 400, 500, 610)


def test_picking_a_value_settles_the_doubt_everywhere(office: Office) -> None:
    answer = post(office, "corrections", {"kind": "field", "name": "number", "value": "17/BC-SNV"})
    assert answer.status_code == 200
    assert (fields(office)["number"], fields(office)["serial"]) == ("17/BC-SNV", "17")
    panel = office.person().get(f"{A}/panel").text
    assert "Nothing is in doubt" in panel
    assert "lan" in panel
    assert "x/a.pdf" not in office.person().get("/").text
    (entry,) = [one for one in office.catalog.entries() if one.outcome.path == "x/a.pdf"]
    assert entry.number == "17/BC-SNV"


def test_confirming_what_was_read_settles_it_too(office: Office) -> None:
    post(office, "corrections", {"kind": "field", "name": "number", "value": "12/BC-SNV"})
    assert json.loads(office.record())["evidence"]["number"]["confidence"] == 1.0


def test_approving_leads_to_the_next_and_can_be_undone(office: Office) -> None:
    assert post(office, "approval", {}).json() == {"next": C}
    client = office.person()
    assert "x/a.pdf" in client.get("/?view=approved").text
    uid = json.loads(office.record())["corrected"]["corrections"][0]["uid"]
    assert client.post(f"{A}/undo", json={"uid": uid}).status_code == 200
    assert client.post(f"{A}/undo", json={"uid": uid}).status_code == 409
    assert "x/a.pdf" in client.get("/").text
    for address in (C, B, A):
        last = client.post(f"{address}/approval", json={}).json()
    assert last == {"next": "/"}
    assert "Well done" in client.get("/").text


def test_a_word_is_corrected_in_text_and_search(office: Office) -> None:
    change = {"kind": "word", "page": 1, "line": 1, "position": 0, "was": "thực", "text": "thược "}
    assert post(office, "corrections", change).status_code == 200
    best, *_ = search(office.catalog, SearchQuery("thược"))
    assert best.document == "x/a.pdf"
    text = office.person().get(f"{A}/text/1").text
    assert 'class="w human"' in text and 'data-seen="thyc"' in text
    again = post(office, "corrections", change)
    assert again.status_code == 409  # it is no longer what the person saw


def test_directives_are_changed_added_and_removed(office: Office) -> None:
    order = {"kind": "directive", "position": 0, "was": "Báo cáo kết quả"}
    post(office, "corrections", {**order, "changes": {"deadline": "2/4/2024", "cooperating": []}})
    post(
        office,
        "corrections",
        {
            "kind": "directive",
            "position": None,
            "page": 2,
            "changes": {"text": "Việc mới", "assignee": "Sở A"},
        },
    )
    post(
        office,
        "corrections",
        {"kind": "directive", "position": 1, "was": "Việc mới", "changes": {"assignee": "Sở B"}},
    )
    found = json.loads(office.record())["directives"]
    assert [one["deadline"] for one in found] == ["2024-04-02", None]
    assert (found[1]["text"], found[1]["assignee"], found[1]["page"]) == ("Việc mới", "Sở B", 2)
    post(office, "corrections", {**order, "changes": None})
    assert len(json.loads(office.record())["directives"]) == 1


def test_the_code_follows_the_type(office: Office) -> None:
    post(office, "corrections", {"kind": "field", "name": "type", "value": "Quyết định"})
    assert fields(office)["type_code"] == "QĐ"
    uid = json.loads(office.record())["corrected"]["corrections"][0]["uid"]
    post(office, "undo", {"uid": uid})
    assert (fields(office)["type"], fields(office)["type_code"]) == ("Báo cáo", None)


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ("5/2/2024", "2024-02-05"),
        ("05.02.2024", "2024-02-05"),
        (" 2024-02-05 ", "2024-02-05"),
        ("", None),
    ],
)
def test_dates_are_taken_as_people_write_them(office: Office, sent: str, found: Any) -> None:
    post(office, "corrections", {"kind": "field", "name": "issue_date", "value": sent})
    assert fields(office)["issue_date"] == found


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"kind": "approval"},
        {"kind": "field", "name": "number", "value": 5},
        {"kind": "field", "name": "__class__", "value": "x"},
        {"kind": "field", "name": ["number"], "value": "x"},
        {"kind": "field", "name": "issue_date", "value": "31/2/2024"},
        {"kind": "field", "name": "issue_date", "value": "hôm qua"},
        {"kind": "field", "name": "recipients_to", "value": "x"},
        {"kind": "field", "name": "recipients_to", "value": ["x"] * 300},
        {"kind": "word", "page": 1, "line": 0, "position": -1, "was": "", "text": ""},
        {"kind": "word", "page": 1, "line": True, "position": 0, "was": "", "text": ""},
        {"kind": "word", "page": 9, "line": 0, "position": 0, "was": "", "text": ""},
        {"kind": "directive", "position": 7, "was": "", "changes": {}},
        {"kind": "directive", "position": None, "page": 1, "changes": {"text": " "}},
        {"kind": "directive", "position": 0, "was": "Báo cáo kết quả", "changes": {"text": ""}},
        {"kind": "directive", "position": 0, "was": "Báo cáo kết quả", "changes": {"box": []}},
        {"uid": 5},
    ],
)
def test_nonsense_is_refused_and_changes_nothing(office: Office, sent: Any) -> None:
    answer = post(office, "undo" if "uid" in sent else "corrections", sent)
    assert answer.status_code in (409, 422)
    assert answer.json()["error"]
    assert '"corrected"' not in office.record()


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b"[" * 5000, b"null"])
def test_what_is_no_json_object_is_refused(office: Office, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = office.person().post(f"{A}/corrections", content=body, headers=headers)
    assert answer.status_code == 422


def test_control_letters_are_dropped_and_text_is_composed(office: Office) -> None:
    dirty = "  Sở\u0000 Nô\u0323i\u202e vụ\n\ud800 "
    body = json.dumps({"kind": "field", "name": "issuer", "value": dirty})
    headers = {"Content-Type": "application/json"}
    office.person().post(f"{A}/corrections", content=body, headers=headers)
    assert fields(office)["issuer"] == "Sở Nội vụ"


def test_scripts_in_documents_and_corrections_stay_text(office: Office) -> None:
    hostile = doubtful("<img src=x onerror=alert(3)>.pdf", "e")
    line = replace(
        hostile.pages[0].lines[0],
        words=(replace(hostile.pages[0].lines[0].words[0], text=SCRIPT, seen=SCRIPT),),
    )
    hostile = replace(
        hostile,
        fields=replace(hostile.fields, subject=SCRIPT, issuer=SCRIPT, number=SCRIPT),
        pages=(replace(hostile.pages[0], lines=(line,)),),
    )
    keep(office.catalog, office.root, [hostile])
    post(office, "corrections", {"kind": "field", "name": "subject", "value": SCRIPT})
    client = office.person()
    evil = f"/documents/{'e' * 64}"
    for address in ("/", evil, f"{evil}/panel", f"{evil}/text/1", f"/search?q={SCRIPT}", A):
        page = client.get(address).text
        assert "<script>alert" not in page and "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in client.get(evil).text


def test_search_finds_without_marks_and_leads_to_the_page(office: Office) -> None:
    page = office.person().get("/search?q=bao cao").text
    assert "<mark>" in page and f"{A}?page=1&amp;q=bao%20cao" in page
    assert "Nothing was found" in office.person().get("/search?q=zzzz").text
    assert office.person().get("/search").status_code == 200


def test_pictures_and_why_there_is_none(office: Office) -> None:
    client = office.person()
    assert client.get(f"{A}/pictures/1").headers["content-type"] == "image/jpeg"
    assert "cannot be drawn" in client.get(f"{A}/pictures/2").json()["error"]
    original = office.root / "in" / "x" / "a.pdf"
    original.write_text("longer than before")
    assert "not the one that was read" in client.get(f"{A}/pictures/2").json()["error"]
    original.unlink()
    assert "--source" in client.get(f"{A}/pictures/2").json()["error"]


def test_a_correction_without_a_place_is_shown(office: Office) -> None:
    change = {"kind": "word", "page": 1, "line": 1, "position": 0, "was": "thực", "text": "thược"}
    post(office, "corrections", change)
    read = doubtful("x/a.pdf", "a")
    page = replace(read.pages[0], lines=read.pages[0].lines[:1])
    keep(office.catalog, office.root, [replace(read, pages=(page,))])
    panel = office.person().get(f"{A}/panel").text
    assert "do not fit the new reading" in panel and "thược" in panel


def test_a_damaged_record_is_told(office: Office) -> None:
    (office.root / "out" / "x" / "a.json").write_text("{")
    answer = office.person().get(A)
    assert answer.status_code == 500
    assert "vnocr batch" in answer.text
    assert office.person().post(f"{A}/approval", json={}).json()["error"]


def test_two_languages(office: Office) -> None:
    client = office.person()
    assert "Cần xem" in client.get("/", headers={"Accept-Language": "vi-VN,vi;q=0.9"}).text
    assert client.get("/language/vi?back=/search").url.path == "/search"
    page = client.get(A).text
    assert '<html lang="vi">' in page and "Số, ký hiệu" in page
    assert "To check" in client.get("/language/en").text


@pytest.mark.parametrize("key", MESSAGES)
def test_every_message_is_there_in_both_languages(key: str) -> None:
    english, vietnamese = MESSAGES[key]
    assert english and vietnamese
    assert english.count("{0}") == vietnamese.count("{0}")
