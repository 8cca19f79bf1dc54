"""`vnocr trace`: what a dispatch cites and who cites it."""

from __future__ import annotations

from dataclasses import asdict

import click

from vnocr.catalog.register import trace
from vnocr.cli.options import catalog_argument, format_option, open_catalog, write_result
from vnocr.cli.table import render

# What the dispatch does to those it cites, and what is done to it by those that cite it.
_CITES = {None: "cites", "amends": "amends", "replaces": "replaces", "repeals": "repeals"}
_CITED = {
    None: "cited by",
    "amends": "amended by",
    "replaces": "replaced by",
    "repeals": "repealed by",
}
_COLUMNS = ("relation", "type", "number", "date", "issuer", "document", "page")


@click.command()
@catalog_argument
@click.argument("number")
@format_option
def command(catalog: str, number: str, form: str) -> None:
    """Show what the dispatch NUMBER cites and which dispatches in CATALOG cite it.

    CATALOG is the output folder of `vnocr batch`. NUMBER may be typed without marks.

    \b
    vnocr trace records/ 599/SCT-VP
    """
    with open_catalog(catalog) as opened:
        found = trace(opened, number)
    rows = [
        {**asdict(citation), "relation": words[citation.relation]}
        for words, citations in ((_CITES, found.cites), (_CITED, found.cited_by))
        for citation in citations
    ]
    write_result(render(rows, _COLUMNS, form), None)
    if not found.documents:
        click.echo(_absent(number, cited=bool(found.cited_by)), err=True)


def _absent(number: str, *, cited: bool) -> str:
    """Say that the dispatch itself is not there: as a remark where others cite it."""
    if cited:
        return f"{number} itself is not in this catalog; the documents above cite it."
    return (
        f"vnocr: no document in the catalog has the number {number}, and none cites it. "
        "Check the number with `vnocr search`."
    )
