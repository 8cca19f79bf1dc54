"""The record: it satisfies its schema and survives the round trip."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_dispatch
from vnocr.export.record import from_json, record_schema, to_dict, to_json
from vnocr.model import Fields, Line, Page, Word


def test_the_record_satisfies_the_schema() -> None:
    validator = jsonschema.Draft202012Validator(record_schema())
    validator.check_schema(record_schema())
    validator.validate(json.loads(to_json(make_dispatch())))


def test_the_schema_refuses_an_unknown_field() -> None:
    record = to_dict(make_dispatch())
    record["fields"]["colour"] = "red"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, record_schema())


def test_round_trip() -> None:
    dispatch = make_dispatch()
    assert from_json(to_json(dispatch)) == dispatch


@given(st.text(), st.text(), st.none() | st.text())
def test_round_trip_of_any_text(seen: str, text: str, subject: str | None) -> None:
    page = Page(1, (Line((Word(seen, text, None, 0.5),)),), "text")
    dispatch = replace(make_dispatch(), pages=(page,), fields=Fields(subject=subject))
    assert from_json(to_json(dispatch)) == dispatch


def test_seen_and_decided_words_stand_side_by_side() -> None:
    word = to_dict(make_dispatch())["pages"][0]["lines"][1]["words"][0]
    assert (word["seen"], word["text"]) == ("thyc", "thực")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"source": 1}'])
def test_what_is_not_a_record_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"record|Expecting"):
        from_json(text)


def test_a_record_written_before_seals_were_kept_is_read() -> None:
    record = to_dict(make_dispatch())
    assert record["pages"][0].pop("seals") == [{"box": [900, 1800, 1180, 2080], "colour": "red"}]
    jsonschema.Draft202012Validator(record_schema()).validate(record)
    assert from_json(json.dumps(record)).pages[0].seals == ()
