"""A dispatch for reading."""

from __future__ import annotations

from tests.builders import make_dispatch
from vnocr.export.plain import to_markdown, to_text
from vnocr.model import Problem


def test_text_is_the_decided_text() -> None:
    assert to_text(make_dispatch()) == "BÁO CÁO\nthực\n"


def test_markdown_shows_fields_orders_and_problems() -> None:
    problem = Problem("extract", "needs-review", "the date is handwritten", 1)
    text = to_markdown(make_dispatch(problems=(problem,)))
    assert text.startswith("# Báo cáo 12/BC-SNV\n")
    assert "| issue_date | 2024-02-05 |" in text
    assert "- **Sở Y tế**: Báo cáo kết quả (due: 2024-03-01)" in text
    assert "the date is handwritten" in text


def test_markdown_escapes_what_a_page_would_run() -> None:
    assert "công tác \\<văn thư\\>" in to_markdown(make_dispatch())
