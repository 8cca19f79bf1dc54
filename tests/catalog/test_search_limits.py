"""Words and limits together, against a search that looks at every document."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from tests.builders import make_dispatch, make_line
from vnocr.catalog.connect import _engine, _parse, location, migrate
from vnocr.catalog.letterhead import period
from vnocr.catalog.rows import folded_words, rows_of
from vnocr.catalog.search import SearchQuery, search
from vnocr.catalog.store import Catalog
from vnocr.extract.symbols import number_key
from vnocr.model import Dispatch, Fields, Outcome, Page

WORDS = ["sở", "sơ", "y", "tế", "nội", "vụ", "2020", "đất", "dat", "ĐẤT", "kế", "hoạch"]
ISSUERS = ["Sở Y tế", "Sở Nội vụ", "Sở Y tế - Phòng Kế hoạch", "Y tế sở", None]
TYPES = ["Công văn", "Quyết định", "Kế hoạch", None]
NUMBERS = ["1/QĐ-UBND", "01/QĐ-UBND", "1/QĐ", "11/SYT", None]
DAYS = [date(2019, 12, 30) + timedelta(days=days) for days in range(0, 500, 7)]


def draw(chance: random.Random) -> Dispatch:
    day = chance.choice([*DAYS, None])
    fields = Fields(
        number=chance.choice(NUMBERS),
        type=chance.choice(TYPES),
        issuer=chance.choice(ISSUERS),
        issue_date=day.isoformat() if day else None,
        subject=" ".join(chance.choices(WORDS, k=2)),
    )
    pages = tuple(
        Page(number, (make_line(" ".join(chance.choices(WORDS, k=8))),), "ocr")
        for number in range(1, chance.randint(2, 4))
    )
    return replace(make_dispatch(), fields=fields, pages=pages)


def draw_query(chance: random.Random) -> SearchQuery:
    words = " ".join(chance.choices(WORDS, k=chance.randint(1, 3)))
    since, until = sorted(chance.choices(DAYS, k=2))
    return SearchQuery(
        chance.choice([words, f'"{words}"', words + " nội", ""]),
        number=chance.choice([None, None, None, "1/qd-ubnd", "1/QĐ"]),
        issuer=chance.choice([None, "so y te", "Y TẾ", "te", "kế hoạch", "so te", "!"]),
        type=chance.choice([None, None, "quyet dinh", "Kế", "ke ho"]),
        since=chance.choice([None, since, since, date.min]),
        until=chance.choice([None, until, until, date.max]),
        limit=1000,
    )


def matches(dispatch: Dispatch, query: SearchQuery) -> bool:
    """Whether the dispatch satisfies the query, by looking at it."""
    fields = dispatch.fields
    day = fields.issue_date and date.fromisoformat(fields.issue_date)
    if query.number and number_key(fields.number or "") != number_key(query.number):
        return False
    for asked, name in ((query.issuer, fields.issuer), (query.type, fields.type)):
        asked_words = folded_words(asked or "")
        if asked and (not asked_words or f" {asked_words} " not in f" {folded_words(name or '')} "):
            return False
    if (query.since or query.until) and not day:
        return False
    if day and not (query.since or day) <= day <= (query.until or day):
        return False
    quoted = '"' in query.words
    phrases = [query.words.strip('"')] if quoted else query.words.split()
    heading = (fields.number, fields.type, fields.subject, fields.issuer)
    for page in dispatch.pages:
        heads = heading if page.number == 1 else ()
        parts = [folded_words(page.text), folded_words(" ".join(name for name in heads if name))]
        if all(
            any(f" {folded_words(phrase)} " in f" {part} " for part in parts) for phrase in phrases
        ):
            return True
    return False


def test_words_and_limits_find_what_looking_at_every_document_finds(where: Path | str) -> None:
    chance = random.Random(11)
    dispatches = {f"{index}.pdf": draw(chance) for index in range(120)}
    found_any = 0
    with Catalog(where) as catalog:
        for name, dispatch in dispatches.items():
            catalog.save(Outcome(name, name, f"{name}.json"), rows_of(dispatch))
        for _ in range(150):
            query = draw_query(chance)
            limited = replace(query, words="") != SearchQuery(limit=1000)
            wanted = {name for name, one in dispatches.items() if matches(one, query)}
            found = {hit.document for hit in search(catalog, query)}
            assert found == (wanted if query.words or limited else set()), query
            found_any += bool(found)
    assert found_any > 40


@given(
    st.dates(date(1999, 12, 1), date(2005, 2, 1)),
    st.dates(date(1999, 12, 1), date(2005, 2, 1)),
    st.dates(date(1999, 12, 1), date(2005, 2, 1)),
)
def test_a_period_holds_the_days_between_its_ends(since: date, until: date, day: date) -> None:
    parts = period(since, until).phrases
    iso = day.isoformat().replace("-", "")
    assert (since <= day <= until) == any(f"xd{part}" in parts for part in (iso[:4], iso[:6], iso))
    assert len(parts) < 100


def save_pages(catalog: Catalog, name: str, *pages: str) -> None:
    sheets = tuple(Page(number, (make_line(one),), "ocr") for number, one in enumerate(pages, 1))
    dispatch = replace(make_dispatch(), fields=Fields(), pages=sheets)
    catalog.save(Outcome(name, name, f"{name}.json"), rows_of(dispatch))


@pytest.fixture
def catalog(where: Path | str) -> Iterator[Catalog]:
    with Catalog(where) as catalog:
        yield catalog


@pytest.mark.parametrize("written", ["ĐƯỜNG BỘ", "Đường bộ", "\u0110ươ\u0300ng bô\u0323"])
def test_marks_are_met_in_capitals_and_in_parts(catalog: Catalog, written: str) -> None:
    save_pages(catalog, "exact.pdf", written)
    for index in range(3):
        save_pages(catalog, f"{index}.pdf", "dương bò dương bò")
    assert search(catalog, SearchQuery("đường bộ"))[0].document == "exact.pdf"


def test_a_document_of_many_pages_leaves_room_for_others(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vnocr.catalog.search._RANKED", 3)
    save_pages(catalog, "first.pdf", "biên bản họp")
    save_pages(catalog, "long.pdf", *["biên bản"] * 40)
    for words in ("bien ban", "biên bản"):
        found = [hit.document for hit in search(catalog, SearchQuery(words, limit=2))]
        assert set(found) == {"first.pdf", "long.pdf"}


def test_a_catalog_made_before_is_narrowed_by_its_letterheads(where: Path | str) -> None:
    url = location(where) if isinstance(where, Path) else where
    engine = _engine(_parse(url))
    row = {"issuer": "so y te, ha noi", "number": "5/syt", "day": "2021-03-04", "text": "Kế hoạch"}
    with engine.begin() as connection:
        migrate(connection, "0008")
        connection.execute(
            text(
                "INSERT INTO documents (path, key, record, reason, message, attempts, pages, "
                "seconds, needs_review, finished_at, issuer_key, type_key, number_key, issue_date)"
                " VALUES ('a.pdf', 'k', 'a.json', '', '', 1, 1, 1.0, false, '', :issuer, "
                "'cong van', :number, :day)"
            ),
            row,
        )
        connection.execute(
            text(
                "INSERT INTO pages (id, path, number, origin, text, folded, heading) "
                "VALUES (1, 'a.pdf', 1, 'ocr', :text, 'ke hoach', 'cong van')"
            ),
            row,
        )
    engine.dispose()
    march = {"since": date(2021, 3, 1), "until": date(2021, 3, 31)}
    with Catalog(where) as catalog:
        for limits in (
            {"issuer": "so y te ha noi"},
            {"type": "công văn"},
            {"number": "05/SYT"},
            march,
        ):
            for words in ("kế hoạch", "cong van", ""):
                query = replace(SearchQuery(words), **limits)
                assert [hit.document for hit in search(catalog, query)] == ["a.pdf"], query
        assert search(catalog, SearchQuery("ke hoach", issuer="so noi vu")) == []
