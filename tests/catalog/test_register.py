"""The register: who must do what by when, and which paper cites which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import make_dispatch
from vnocr.catalog.register import RegisterQuery, find_directives, trace
from vnocr.catalog.rows import rows_of
from vnocr.catalog.store import Catalog
from vnocr.model import Dispatch, Fields, Outcome, Reference


def order(number: str, issuer: str, *orders: tuple[str, str | None]) -> Dispatch:
    """A dispatch that orders each (assignee, deadline)."""
    base = make_dispatch()
    directives = tuple(
        replace(base.directives[0], assignee=assignee, deadline=deadline)
        for assignee, deadline in orders
    )
    fields = Fields(number=number, issuer=issuer, issue_date="2024-02-05", type="Công văn")
    return replace(base, fields=fields, directives=directives, references=())


def citing(number: str, *cited: str) -> Dispatch:
    dispatch = order(number, "Sở Y tế")
    references = tuple(Reference(f"số {one}", None, one, None, None, 1) for one in cited)
    return replace(dispatch, references=references)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog(tmp_path / "catalog.sqlite") as catalog:
        yield catalog


def save(catalog: Catalog, **dispatches: Dispatch) -> None:
    for name, dispatch in dispatches.items():
        catalog.save(Outcome(f"{name}.pdf", name, f"{name}.json"), rows_of(dispatch))


def test_the_most_urgent_comes_first_and_undated_last(catalog: Catalog) -> None:
    save(
        catalog,
        a=order("1/UBND-NC", "Ủy ban nhân dân", ("Sở Y tế", None), ("Sở Y tế", "2024-05-01")),
        b=order("2/UBND-NC", "Ủy ban nhân dân", ("Sở Nội vụ", "2024-03-01")),
    )
    entries = find_directives(catalog, RegisterQuery())
    assert [entry.deadline for entry in entries] == ["2024-03-01", "2024-05-01", None]
    assert (entries[0].document, entries[0].number) == ("b.pdf", "2/UBND-NC")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (RegisterQuery(assignee="so noi vu"), {"Sở Nội vụ"}),
        (RegisterQuery(assignee="SỞ"), {"Sở Nội vụ", "Sở Y tế"}),
        (RegisterQuery(issuer="uy ban"), {"Sở Nội vụ", "Sở Y tế"}),
        (RegisterQuery(issuer="bộ"), set()),
        (RegisterQuery(due_before=date(2024, 3, 1)), set()),
        (RegisterQuery(due_before=date(2024, 3, 2)), {"Sở Nội vụ"}),
        (RegisterQuery(due_from=date(2024, 3, 2)), {"Sở Y tế"}),
    ],
)
def test_queries(catalog: Catalog, query: RegisterQuery, found: set[str]) -> None:
    orders = (("Sở Nội vụ", "2024-03-01"), ("Sở Y tế", "2024-05-01"))
    save(catalog, a=order("1/UBND", "Ủy ban nhân dân tỉnh", *orders))
    assert {entry.assignee for entry in find_directives(catalog, query)} == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Sở Tài chính", {"Giám đốc Sở TC", "Sở Tài chính; Sở Y tế"}),
        ("STC", {"Giám đốc Sở TC", "Sở Tài chính; Sở Y tế"}),
        ("so tai chinh ha giang", {"Giám đốc Sở TC", "Sở Tài chính; Sở Y tế"}),
        ("sở tài", {"Giám đốc Sở TC", "Sở Tài chính; Sở Y tế"}),
        ("Sở Tài chính Lạng Sơn", set()),
        ("UBND tỉnh Hà Giang", {"UBND tỉnh"}),
        ("các sở, ban, ngành", {"Các sở, ngành"}),
        ("tài", {"Giám đốc Sở TC", "Sở Tài chính; Sở Y tế"}),
        ("t", set()),
        ("%", set()),
    ],
)
def test_bodies_are_found_by_any_of_their_names(
    catalog: Catalog, asked: str, found: set[str]
) -> None:
    names = ("Giám đốc Sở TC", "Sở Tài chính; Sở Y tế", "UBND tỉnh", "Các sở, ngành")
    dispatch = order("1/UBND", "Ủy ban nhân dân tỉnh", *((name, None) for name in names))
    save(catalog, a=replace(dispatch, fields=replace(dispatch.fields, province="Hà Giang")))
    entries = find_directives(catalog, RegisterQuery(assignee=asked))
    assert {entry.assignee for entry in entries} == found


def test_what_is_asked_of_a_group_is_found_on_request(catalog: Catalog) -> None:
    orders = (("Sở Y tế", None), ("Các sở, ban, ngành", None), ("UBND các huyện", None))
    save(catalog, a=order("1/UBND", "Ủy ban nhân dân tỉnh", *orders))
    query = RegisterQuery(assignee="Sở Y tế", groups=True)
    found = {entry.assignee for entry in find_directives(catalog, query)}
    assert found == {"Sở Y tế", "Các sở, ban, ngành"}


def test_a_later_document_that_changes_an_order_stands_beside_it(catalog: Catalog) -> None:
    changed = Reference("", None, "1/UBND", "2024-02-05", None, 1, relation="replaces")
    cited = Reference("", None, "2/UBND", None, None, 1)
    save(
        catalog,
        a=order("1/UBND", "Ủy ban nhân dân tỉnh", ("Sở Y tế", None)),
        b=order("2/UBND", "Ủy ban nhân dân tỉnh", ("Sở Nội vụ", None)),
        c=replace(order("9/UBND", "Ủy ban nhân dân tỉnh"), references=(changed, cited)),
    )
    entries = find_directives(catalog, RegisterQuery())
    assert {entry.number: entry.changed_by for entry in entries} == {
        "1/UBND": ("9/UBND",),
        "2/UBND": (),
    }
    (by,) = trace(catalog, "1/UBND").cited_by
    assert (by.number, by.relation) == ("9/UBND", "replaces")


def test_a_dispatch_and_its_citations_meet(catalog: Catalog) -> None:
    save(
        catalog,
        a=citing("15/QĐ-UBND", "30/2020/NĐ-CP"),
        b=citing("7/SYT-VP", "15/QĐ-UBND", "9/KH-SYT"),
    )
    found = trace(catalog, "15 / qd-ubnd")
    assert found.documents == ("a.pdf",)
    assert [citation.number for citation in found.cites] == ["30/2020/NĐ-CP"]
    assert [(c.document, c.number) for c in found.cited_by] == [("b.pdf", "7/SYT-VP")]


def test_a_leading_zero_parts_no_number_from_its_citation(catalog: Catalog) -> None:
    save(catalog, a=citing("01/CT-UBND"), b=citing("7/SYT-VP", "1/CT–UBND"))
    found = trace(catalog, "1/ct-ubnd")
    assert found.documents == ("a.pdf",)
    assert [citation.document for citation in found.cited_by] == ["b.pdf"]


def test_a_document_read_again_leaves_no_old_rows(catalog: Catalog) -> None:
    save(catalog, a=citing("15/QĐ-UBND", "1/A", "2/B"))
    save(catalog, a=citing("15/QĐ-UBND", "1/A"))
    assert [c.number for c in trace(catalog, "15/QĐ-UBND").cites] == ["1/A"]
