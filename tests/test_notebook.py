"""A dispatch shows itself in a notebook, and nothing of it runs there."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import make_dispatch
from vnocr.model import Problem


def test_a_dispatch_shows_what_was_found() -> None:
    problem = Problem("extract", "needs-review", "<img onerror=alert(1)>", 1)
    shown = make_dispatch(problems=(problem,))._repr_html_()
    assert "12/BC-SNV (98%)" in shown
    assert "Sở Y tế: Báo cáo kết quả (2024-03-01)" in shown
    assert "công tác &lt;văn thư&gt;" in shown
    assert "<img" not in shown


def test_many_directives_are_counted() -> None:
    dispatch = make_dispatch()
    many = replace(dispatch, directives=dispatch.directives * 20)
    assert "... and 12 more directives" in many._repr_html_()
