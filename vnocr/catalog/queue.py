"""The documents of a catalog as a person goes through them: the least sure first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import case, func, select

from vnocr.catalog.schema import CORRECTIONS, DOCUMENTS, EVIDENCE, FILES
from vnocr.catalog.store import Catalog
from vnocr.extract.review import REVIEWED

View = Literal["check", "approved", "all", "failed"]
VIEWS: tuple[View, ...] = ("check", "approved", "all", "failed")


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One document of a queue, known by its content; `path` is the first of its copies.

    `missing` counts the reviewed fields that are unknown, `confidence` is that of the
    least sure of the others, 1 if there is none.
    """

    sha256: str
    path: str
    number: str | None
    issue_date: str | None
    type: str | None
    issuer: str | None
    subject: str | None
    pages: int
    reason: str
    message: str
    missing: int
    confidence: float


def queue(catalog: Catalog, view: View, limit: int = 100, offset: int = 0) -> list[QueueItem]:
    """Return documents of `view`; those to check in order of need, the others by path."""
    known = [DOCUMENTS.c[name] for name in REVIEWED]
    missing = sum(case((column.is_(None), 1), else_=0) for column in known)
    least = (
        select(func.min(EVIDENCE.c.confidence))
        .where(EVIDENCE.c.path == DOCUMENTS.c.path, EVIDENCE.c.field.in_(REVIEWED))
        .scalar_subquery()
    )
    names = [name for name in QueueItem.__slots__ if name in DOCUMENTS.c]
    columns = [DOCUMENTS.c[name] for name in names if name != "path"]
    confidence = func.coalesce(least, 1.0)
    statement = _of_view(
        view,
        select(
            FILES.c.sha256,
            func.min(DOCUMENTS.c.path).label("path"),
            *(func.min(column).label(column.name) for column in columns),
            func.min(missing).label("missing"),
            func.min(confidence).label("confidence"),
        ),
    ).group_by(FILES.c.sha256)
    order: tuple[Any, ...] = (func.min(DOCUMENTS.c.path),)
    if view == "check":
        order = (func.min(missing).desc(), func.min(confidence), *order)
    rows = catalog.rows(statement.order_by(*order).limit(limit).offset(offset))
    return [QueueItem(**row._mapping) for row in rows]


def count_views(catalog: Catalog) -> dict[View, int]:
    """Return how many documents each view holds; copies count once."""
    count = select(func.count(FILES.c.sha256.distinct()))
    return {view: int(catalog.rows(_of_view(view, count))[0][0]) for view in VIEWS}


def paths_of(catalog: Catalog, sha256: str) -> list[str]:
    """Return the paths of the documents that were read from content `sha256`."""
    statement = (
        select(DOCUMENTS.c.path)
        .join(FILES, FILES.c.path == DOCUMENTS.c.path)
        .where(FILES.c.sha256 == sha256, DOCUMENTS.c.reason == "")
        .order_by(DOCUMENTS.c.path)
    )
    return [row.path for row in catalog.rows(statement)]


def contents_of(catalog: Catalog, paths: list[str]) -> dict[str, str]:
    """Return the digest of the content of each of `paths`."""
    statement = select(FILES.c.path, FILES.c.sha256).where(FILES.c.path.in_(paths))
    return {row.path: row.sha256 for row in catalog.rows(statement)}


def owner_of(catalog: Catalog) -> str | None:
    """Return the output folder that a shared catalog belongs to, None if it is nobody's."""
    from vnocr.catalog.schema import OWNER

    return next((row.output for row in catalog.rows(select(OWNER))), None)


def approved_contents() -> Any:
    """Return the query for the contents that a person approved and nobody took back."""
    undone = select(CORRECTIONS.c.target).where(CORRECTIONS.c.kind == "undo")
    return select(CORRECTIONS.c.sha256).where(
        CORRECTIONS.c.kind == "approval", CORRECTIONS.c.uid.not_in(undone)
    )


def _of_view(view: View, statement: Any) -> Any:
    joined = statement.select_from(DOCUMENTS.join(FILES, FILES.c.path == DOCUMENTS.c.path))
    if view == "failed":
        return joined.where(DOCUMENTS.c.reason != "")
    read = joined.where(DOCUMENTS.c.reason == "")
    if view == "check":
        return read.where(DOCUMENTS.c.needs_review)
    if view == "approved":
        return read.where(FILES.c.sha256.in_(approved_contents()))
    return read
