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
    found = _contents(view)
    order = _need(found) if view == "check" else (found.c.path,)
    rows = catalog.rows(select(found).order_by(*order).limit(limit).offset(offset))
    return [QueueItem(**row._mapping) for row in rows]


def around(catalog: Catalog, sha256: str, reach: int) -> list[str | None]:
    """Return the contents to check around `sha256` in order, at most `reach` to each side.

    None stands where the queue begins and ends. Empty if `sha256` is not to be checked.
    """
    found = _contents("check")
    place = func.row_number().over(order_by=_need(found)).label("place")
    placed = select(found.c.sha256, place).cte("placed")
    middle = select(placed.c.place).where(placed.c.sha256 == sha256).scalar_subquery()
    near = placed.c.place.between(middle - reach, middle + reach)
    rows = catalog.rows(select(placed).where(near).order_by(placed.c.place))
    contents: list[str | None] = [row.sha256 for row in rows]
    if not contents:
        return []
    own = contents.index(sha256)
    start = [] if own == reach else [None]
    return start + contents + ([] if len(contents) - own > reach else [None])


def still_to_check(catalog: Catalog, contents: list[str]) -> set[str]:
    """Return which of `contents` need a person."""
    asked = _of_view("check", select(FILES.c.sha256)).where(FILES.c.sha256.in_(contents))
    return {row.sha256 for row in catalog.rows(asked)}


def count_view(catalog: Catalog, view: View) -> int:
    """Return how many documents `view` holds; copies count once."""
    count = select(func.count(FILES.c.sha256.distinct()))
    return int(catalog.rows(_of_view(view, count))[0][0])


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


def _contents(view: View) -> Any:
    """Return the query for the items of `view`, a row for each content."""
    known = [DOCUMENTS.c[name] for name in REVIEWED]
    missing = sum(case((column.is_(None), 1), else_=0) for column in known)
    least = (
        select(EVIDENCE.c.path, func.min(EVIDENCE.c.confidence).label("confidence"))
        .where(EVIDENCE.c.field.in_(REVIEWED))
        .group_by(EVIDENCE.c.path)
        .subquery()
    )
    names = [name for name in QueueItem.__slots__ if name in DOCUMENTS.c]
    statement = select(
        FILES.c.sha256,
        *(func.min(DOCUMENTS.c[name]).label(name) for name in names),
        func.min(missing).label("missing"),
        func.min(func.coalesce(least.c.confidence, 1.0)).label("confidence"),
    )
    joined = _of_view(view, statement, least)
    return joined.group_by(FILES.c.sha256).subquery()


def _need(found: Any) -> tuple[Any, ...]:
    return found.c.missing.desc(), found.c.confidence, found.c.path


def _of_view(view: View, statement: Any, beside: Any = None) -> Any:
    tables = DOCUMENTS.join(FILES, FILES.c.path == DOCUMENTS.c.path)
    if beside is not None:
        tables = tables.outerjoin(beside, beside.c.path == DOCUMENTS.c.path)
    joined = statement.select_from(tables)
    if view == "failed":
        return joined.where(DOCUMENTS.c.reason != "")
    read = joined.where(DOCUMENTS.c.reason == "")
    if view == "check":
        return read.where(DOCUMENTS.c.needs_review)
    if view == "approved":
        return read.where(FILES.c.sha256.in_(approved_contents()))
    return read
