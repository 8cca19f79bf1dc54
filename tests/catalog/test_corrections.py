"""Corrections change what was decided, never what was seen, and outlive a new reading."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import make_dispatch, make_line
from vnocr.catalog.corrections import FIELD_NAMES, apply, as_read, standing, work_in
from vnocr.export.record import from_json, record_schema, to_dict, to_json
from vnocr.model import (
    Box,
    Correction,
    Directive,
    Dispatch,
    Evidence,
    Line,
    Page,
    Place,
    Problem,
    Word,
)

REVIEW = Problem("extract", "needs-review", "number '12/BC-SNV' is uncertain (0.60); page 1", 1)
DAMAGED = Problem("read", "corrupt", "page 2 cannot be drawn", 2)


def correct(kind: Any, after: Any, **values: Any) -> Correction:
    uid = values.pop("uid", f"{kind}-{after!r}")
    return Correction(uid, "2026-01-02T03:04:05", "lan", kind, after=after, **values)


def word_place(dispatch: Dispatch, line: int, position: int) -> Place:
    word = dispatch.pages[0].lines[line].words[position]
    return Place(1, word.box, word.seen, line, position)


def test_a_corrected_number_brings_its_parts_and_is_certain() -> None:
    dispatch = make_dispatch(problems=(REVIEW, DAMAGED))
    fixed = apply(dispatch, [correct("field", "17/2024/QĐ-SNV", target="number")])
    fields = fixed.fields
    assert (fields.number, fields.serial, fields.symbol) == ("17/2024/QĐ-SNV", "17", "2024/QĐ-SNV")
    evidence = fixed.evidence["number"]
    assert (evidence.source, evidence.confidence, evidence.raw) == ("human", 1.0, "Số: 12/BC-SNV")
    assert fixed.problems == (DAMAGED,)


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("subject", None, None),
        ("signer.name", "Lê Thị B", "Lê Thị B"),
        ("recipients_to", ["A", "B"], ("A", "B")),
    ],
)
def test_every_kind_of_field_can_be_set(name: str, value: Any, found: Any) -> None:
    fixed = apply(make_dispatch(), [correct("field", value, target=name)])
    whole, _, part = name.partition(".")
    got = getattr(fixed.fields, whole)
    assert (getattr(got, part) if part else got) == found
    assert (whole in fixed.evidence) == (found is not None)


@pytest.mark.parametrize("name", ["colour", "signer", "signer.age", "number.x", "__class__", ""])
def test_an_unknown_field_is_a_misfit_and_changes_nothing(name: str) -> None:
    dispatch = make_dispatch()
    applied = work_in(dispatch, [correct("field", "x", target=name)])
    assert [one.target for one in applied.misfits] == [name]
    assert applied.dispatch.fields == dispatch.fields
    assert applied.dispatch.needs_review


def test_a_corrected_word_keeps_what_was_seen() -> None:
    dispatch = make_dispatch()
    one = correct("word", "thược", before="thực", place=word_place(dispatch, 1, 0))
    word = apply(dispatch, [one]).pages[0].lines[1].words[0]
    assert (word.seen, word.text, word.confidence) == ("thyc", "thược", 1.0)


def test_a_word_is_found_again_where_it_moved_and_was_read_otherwise() -> None:
    dispatch = make_dispatch()
    one = correct("word", "thược", before="thực", place=word_place(dispatch, 1, 0))
    moved = Word("thực", "thức", Box(1, 2, 3, 5), 0.9)
    page = replace(dispatch.pages[0], lines=(Line((moved,)), make_line("BÁO CÁO", 10)))
    again = replace(dispatch, pages=(page,))
    assert apply(again, [one]).pages[0].lines[0].words[0].text == "thược"


def test_a_word_that_has_gone_is_told_and_kept() -> None:
    dispatch = make_dispatch()
    one = correct("word", "thược", before="thực", place=word_place(dispatch, 1, 0))
    page = replace(dispatch.pages[0], lines=(make_line("BÁO CÁO", 10),))
    fixed = apply(replace(dispatch, pages=(page,)), [one, correct("approval", {})])
    assert fixed.corrected and fixed.corrected.corrections[0] == one
    (problem,) = fixed.problems
    assert "thược" in problem.message and "lan" in problem.message
    assert fixed.needs_review  # though it was approved


def test_words_without_boxes_are_found_by_their_letters() -> None:
    line = Line((Word("mot", "một", None, 0.5), Word("mot", "mót", None, 0.5)))
    dispatch = replace(make_dispatch(), pages=(Page(1, (line,), "text"),))
    one = correct("word", "mốt", before="mót", place=Place(1, None, "mot", 0, 1))
    assert apply(dispatch, [one]).text == "một mốt"


def test_a_word_corrected_in_the_subject_and_in_an_order_is_corrected_there() -> None:
    line = make_line("về công sáp tới")
    order = Directive(
        None, "Lo sáp, tới", "Sở sáp", False, (), None, None, None, 1, Box(0, 0, 500, 50), 0.8
    )
    dispatch = make_dispatch()
    dispatch = replace(
        dispatch,
        fields=replace(dispatch.fields, subject="công sáp tới"),
        evidence={"subject": Evidence(1, Box(0, 0, 500, 50), "", 0.8, "printed")},
        directives=(order,),
        pages=(replace(dispatch.pages[0], lines=(line,)),),
    )
    one = correct("word", "sắp", before="sáp", place=word_place(dispatch, 0, 2))
    fixed = apply(dispatch, [one])
    assert fixed.fields.subject == "công sắp tới"
    assert (fixed.directives[0].text, fixed.directives[0].assignee) == ("Lo sắp, tới", "Sở sắp")
    human = correct("field", "của người", target="subject")
    assert apply(dispatch, [human, one]).fields.subject == "của người"


def test_directives_are_changed_removed_and_added() -> None:
    dispatch = make_dispatch()
    place = Place(1, None, "Báo cáo kết quả", 0, 0)
    changed = correct("directive", {"deadline": "2024-04-01"}, before={}, place=place)
    fixed = apply(dispatch, [changed])
    assert fixed.directives[0] == replace(
        dispatch.directives[0], deadline="2024-04-01", confidence=1.0
    )
    gone = correct("directive", None, before={}, place=place)
    assert apply(dispatch, [changed, gone]).directives == ()
    added = correct(
        "directive", {"text": "Mới", "cooperating": ["A"]}, place=Place(2, None, "", 0, 9)
    )
    more = correct("directive", {"assignee": "B"}, before={}, target=added.uid)
    applied = work_in(dispatch, [added, more])
    order = applied.dispatch.directives[1]
    assert (order.text, order.cooperating, order.assignee, order.page) == ("Mới", ("A",), "B", 2)
    assert applied.origins == (0, added.uid)


def test_a_directive_is_found_again_by_its_words() -> None:
    dispatch = make_dispatch()
    again = replace(dispatch.directives[0], text="Bao cáo kêt quả", page=2)
    other = replace(again, text="Việc khác hẳn", page=1)
    place = Place(1, None, "Báo cáo kết quả", 0, 0)
    one = correct("directive", {"assignee": "B"}, before={}, place=place)
    fixed = apply(replace(dispatch, directives=(other, again)), [one])
    assert [directive.assignee for directive in fixed.directives] == ["Sở Y tế", "B"]
    assert work_in(replace(dispatch, directives=(other,)), [one]).misfits == (one,)


def test_an_approval_holds_the_fields_through_a_new_reading() -> None:
    dispatch = make_dispatch(problems=(REVIEW, DAMAGED))
    agreed = correct("approval", {"number": "12/BC-SNV", "issue_date": None})
    again = replace(dispatch, fields=replace(dispatch.fields, number="72/BC-SNV"))
    fixed = apply(again, [agreed])
    assert (fixed.fields.number, fixed.fields.issue_date) == ("12/BC-SNV", None)
    assert not fixed.needs_review
    assert dispatch.needs_review
    assert fixed.problems == (DAMAGED,)  # it stays a fact


def test_undoing_brings_back_what_was_read() -> None:
    dispatch = make_dispatch(problems=(REVIEW,))
    first = correct("field", "1/A", target="number", uid="1")
    second = correct("field", "2/B", target="number", uid="2")
    undo = correct("undo", None, target="2", uid="3")
    assert apply(dispatch, [first, second, undo]).fields.number == "1/A"
    both = [first, second, undo, correct("undo", None, target="1", uid="4")]
    fixed = apply(dispatch, both)
    assert as_read(fixed) == dispatch
    assert (fixed.fields, fixed.problems) == (dispatch.fields, dispatch.problems)
    assert standing(both) == []


def test_a_corrected_record_satisfies_the_schema() -> None:
    dispatch = make_dispatch(problems=(REVIEW,))
    place = Place(1, None, "Báo cáo kết quả", 0, 0)
    fixed = apply(
        dispatch,
        [
            correct("field", ["A"], target="recipients_cc"),
            correct("word", "x", before="BÁO", place=word_place(dispatch, 0, 0)),
            correct("directive", {"assignee": "B"}, before={}, place=place),
            correct("approval", {"number": None}),
        ],
    )
    jsonschema.validate(to_dict(fixed), record_schema())
    assert from_json(to_json(fixed)) == fixed


def some_corrections() -> st.SearchStrategy[list[Correction]]:
    value = st.none() | st.text()
    dispatch = make_dispatch()
    fields = st.builds(correct, st.just("field"), value, target=st.sampled_from(FIELD_NAMES[:6]))
    words = st.builds(
        correct,
        st.just("word"),
        st.text(),
        before=st.just("BÁO"),
        place=st.sampled_from([word_place(dispatch, 0, 0), word_place(dispatch, 1, 0)]),
    )
    parts = st.none() | st.fixed_dictionaries({"text": st.text(), "assignee": value})
    place = Place(1, None, "Báo cáo kết quả", 0, 0)
    orders = st.builds(
        correct, st.just("directive"), parts, before=st.just({}), place=st.just(place)
    )
    kinds = fields | words | orders | st.builds(correct, st.just("approval"), st.just({}))
    return st.lists(kinds, max_size=6).map(
        lambda found: [replace(one, uid=str(number)) for number, one in enumerate(found)]
    )


@settings(deadline=None, max_examples=50)
@given(some_corrections(), some_corrections())
def test_applying_again_is_applying_once_and_nothing_read_is_lost(
    earlier: list[Correction], later: list[Correction]
) -> None:
    dispatch = make_dispatch(problems=(REVIEW,))
    fixed = apply(dispatch, later)
    assert apply(apply(dispatch, earlier), later) == fixed
    assert as_read(fixed) == dispatch == apply(fixed, [])
    assert from_json(to_json(fixed)) == fixed
    seen = [word.seen for line in fixed.pages[0].lines for word in line.words]
    assert seen == ["BÁO", "CÁO", "thyc"]
