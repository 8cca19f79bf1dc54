"""Any text at all, through the whole of `extract`: a record that survives its own JSON."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import vnocr
from vnocr.export.record import from_json, to_json

# Letters of every plane, lone halves of pairs, controls and marks that change direction.
LETTERS = st.one_of(
    st.characters(),
    st.characters(categories=["Cs", "Cc", "Cf", "Mn", "Zl", "Zp"]),
    st.sampled_from("aăâđêôơưỦẸĐ0123456789/.-:; \n\f"),
)
ROWS = st.text(LETTERS, max_size=40)


@pytest.fixture(scope="module")
def toolkit() -> vnocr.Toolkit:
    return vnocr.Toolkit()


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=8).map("\n".join))
@example("Số: 1/QĐ-\u202eUBND\u2066")
@example("ngày \u0661\u0662 tháng \u0663 năm 2020")  # digits, but not ours
@example("İ\u0307ß\u1e9e" * 9)
@example("\ud800 Điều 1. \udfff")
@example("\x1c\x1d\x85\u2028Nơi nhận:\u2029- Như trên;")
def test_any_text_gives_a_record(toolkit: vnocr.Toolkit, text: str) -> None:
    if not text.strip():
        with pytest.raises(vnocr.VnocrError):
            vnocr.extract(text, toolkit)
        return
    dispatch = vnocr.extract(text, toolkit)
    record = to_json(dispatch)
    assert to_json(from_json(record)) == record
    assert from_json(record).fields == dispatch.fields
    seen = " ".join(line.seen for page in dispatch.pages for line in page.lines)
    if text.isprintable():
        assert seen.split() == text.split()
