"""Which documents of an archive may share a register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from sqlalchemy import select

from vnocr.catalog.schema import DOCUMENTS
from vnocr.catalog.store import Catalog


def years_of(catalog: Catalog, paths: Collection[str]) -> Iterator[list[str]]:
    """Yield the documents of each issuer and year of which `paths` holds some."""
    columns = (DOCUMENTS.c.path, DOCUMENTS.c.issuer_key, DOCUMENTS.c.issue_date)
    statement = select(*columns).where(DOCUMENTS.c.reason == "", DOCUMENTS.c.present)
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in catalog.rows(statement):
        if row.issuer_key and row.issue_date:
            groups[row.issuer_key, row.issue_date[:4]].append(row.path)
    for members in groups.values():
        if not set(paths).isdisjoint(members):
            yield members
