"""Nobody but the person at this machine reads or changes anything."""

from __future__ import annotations

import json

import pytest

from tests.review.desks import HOME, SECRET, Office

DOCUMENT = f"/documents/{'a' * 64}"
ADDRESSES = ["/", "/search?q=bao", DOCUMENT, f"{DOCUMENT}/pictures/1", "/static/review.js"]
CHANGE = {"kind": "field", "name": "subject", "value": "hỏng"}


def unchanged(office: Office) -> bool:
    return '"corrected"' not in office.record() and "hỏng" not in office.record()


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("cookie", ["", "wrong", SECRET.token + "x", "ngữ"])
def test_without_the_token_nothing_is_shown(office: Office, address: str, cookie: str) -> None:
    client = office.stranger()
    headers = {"Cookie": f"{SECRET.cookie}={cookie}".encode()}
    answer = client.get(address, headers=headers)
    assert answer.status_code == 403
    assert "BC-SNV" not in answer.text


@pytest.mark.parametrize("token", ["", "wrong", "right-toke", "right-token "])
def test_a_wrong_token_gets_no_cookie(office: Office, token: str) -> None:
    answer = office.stranger().get("/", params={"token": token})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_the_right_token_becomes_a_strict_cookie_and_leaves_the_address(office: Office) -> None:
    answer = office.stranger().get("/", params={"token": SECRET.token})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize("host", ["evil.example:8000", "127.0.0.1", "127.0.0.1:9000", ""])
def test_a_name_that_was_made_to_point_here_is_refused(office: Office, host: str) -> None:
    answer = office.person().get("/", headers={"Host": host})
    assert answer.status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9000"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
    ],
)
@pytest.mark.parametrize("what", ["corrections", "approval", "undo"])
def test_another_site_changes_nothing(office: Office, headers: dict[str, str], what: str) -> None:
    sent = {"Content-Type": "application/json", **headers}
    answer = office.person().post(f"{DOCUMENT}/{what}", content=json.dumps(CHANGE), headers=sent)
    assert answer.status_code in (403, 415)
    assert unchanged(office)


def test_a_post_that_names_no_origin_is_refused(office: Office) -> None:
    client = office.person()
    del client.headers["Origin"]
    assert client.post(f"{DOCUMENT}/corrections", json=CHANGE).status_code == 403
    assert unchanged(office)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(office: Office, method: str) -> None:
    assert office.person().request(method, DOCUMENT).status_code == 405


def test_a_get_changes_nothing(office: Office) -> None:
    assert office.person().get(f"{DOCUMENT}/approval").status_code == 404
    assert unchanged(office)


def test_too_much_is_refused_before_it_is_read(office: Office) -> None:
    client = office.person()
    huge = json.dumps({**CHANGE, "value": "x" * 70_000})
    headers = {"Content-Type": "application/json"}
    assert client.post(f"{DOCUMENT}/corrections", content=huge, headers=headers).status_code == 413
    assert client.post(f"{DOCUMENT}/corrections", json={**CHANGE, "value": "x" * 9000}).is_error
    assert client.get("/search", params={"q": "x" * 20_000}).status_code == 200
    assert unchanged(office)


@pytest.mark.parametrize(
    "address",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/documents/..%2f..%2fetc%2fpasswd",
        "/documents/%2e%2e/pictures/1",
        f"/documents/{'a' * 64}/pictures/..%2f..",
        f"/documents/{'a' * 64}/text/99",
        f"/documents/{'f' * 64}",
        "/language/vi?back=//evil.example/",
        "/language/vi?back=/%5Cevil.example",
        "/language/vi?back=https://evil.example/",
    ],
)
def test_tricks_in_addresses_lead_nowhere(office: Office, address: str) -> None:
    client = office.person()
    client.follow_redirects = False
    answer = client.get(HOME + address)
    if address.startswith("/language"):
        assert answer.headers["location"] == "/"
    else:
        assert answer.status_code == 404
        assert "root:" not in answer.text and "import" not in answer.text


def test_every_answer_forbids_scripts_and_frames_of_others(office: Office) -> None:
    for address in (*ADDRESSES, "/nowhere"):
        headers = office.person().get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
