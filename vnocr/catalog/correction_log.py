"""The log of corrections in a catalog: only ever added to, by the content of documents.

Content, not path, is the key: a correction holds for every copy of a document, follows it
when it is moved, and waits for the next reading when settings or dictionaries change.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from vnocr.catalog.rows import correction_rows
from vnocr.catalog.schema import CORRECTIONS, DOCUMENTS, FILES
from vnocr.catalog.store import Catalog
from vnocr.model import Box, Correction, Place


def add_corrections(catalog: Catalog, sha256: str, corrections: Iterable[Correction]) -> None:
    """Keep `corrections` of the document of content `sha256`; those known stay as they are."""
    with catalog.writing() as connection:
        catalog.insert_missing(connection, CORRECTIONS, correction_rows(sha256, corrections))


def corrections_of(catalog: Catalog, sha256: str) -> tuple[Correction, ...]:
    """Return all corrections of the document of content `sha256`, the oldest first."""
    return all_corrections(catalog, sha256).get(sha256, ())


def all_corrections(catalog: Catalog, sha256: str = "") -> dict[str, tuple[Correction, ...]]:
    """Return the corrections by the content of their document, the oldest first."""
    statement = select(CORRECTIONS).order_by(CORRECTIONS.c.id)
    if sha256:
        statement = statement.where(CORRECTIONS.c.sha256 == sha256)
    found: dict[str, list[Correction]] = {}
    for row in catalog.rows(statement):
        found.setdefault(row.sha256, []).append(_correction(row))
    return {digest: tuple(corrections) for digest, corrections in found.items()}


def outdated(catalog: Catalog, sha256: str = "") -> list[str]:
    """Return the paths of documents whose record lacks a correction; of one content, or all."""
    logged = (
        select(CORRECTIONS.c.sha256, func.count().label("logged"))
        .group_by(CORRECTIONS.c.sha256)
        .subquery()
    )
    statement = (
        select(DOCUMENTS.c.path)
        .join(FILES, FILES.c.path == DOCUMENTS.c.path)
        .join(logged, logged.c.sha256 == FILES.c.sha256)
        .where(DOCUMENTS.c.reason == "", DOCUMENTS.c.corrections != logged.c.logged)
        .order_by(DOCUMENTS.c.path)
    )
    if sha256:
        statement = statement.where(logged.c.sha256 == sha256)
    return [row.path for row in catalog.rows(statement)]


def _correction(row: Any) -> Correction:
    place = row.place
    if place is not None:
        box = place["box"]
        place = Place(**{**place, "box": Box(*box) if box else None})
    values = {
        name: getattr(row, name) for name in ("uid", "author", "kind", "target", "before", "after")
    }
    return Correction(at=row.made_at, place=place, **values)
