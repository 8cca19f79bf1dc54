"""The documents of a catalog as a person goes through them: the least sure first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import and_, func, literal, select, tuple_

from vnocr.catalog.schema import CORRECTIONS, DOCUMENTS, FILES
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
    order = _NEED if view == "check" else (DOCUMENTS.c.path,)
    wanted = _paths(view).order_by(*order).limit(limit).offset(offset)
    items = select(*_ITEM).select_from(_TABLES).where(DOCUMENTS.c.path.in_(wanted))
    return [_item(row) for row in catalog.rows(items.order_by(*order))]


def around(catalog: Catalog, sha256: str, reach: int) -> list[str | None]:
    """Return the contents to check around `sha256` in order, at most `reach` to each side.

    None stands where the queue begins and ends. Empty if `sha256` is not to be checked.
    """
    own = select(*_NEED).select_from(_TABLES).where(_is_in("check", DOCUMENTS))
    found = catalog.rows(own.where(FILES.c.sha256 == sha256).order_by(FILES.c.path))
    if not found:
        return []
    here, need = tuple_(*map(literal, found[0])), tuple_(*_NEED)
    back = [column.desc() for column in _NEED]
    waiting = select(DOCUMENTS.c.path).where(_is_in("check", DOCUMENTS)).limit(reach)
    before = _contents(catalog, waiting.where(need < here).order_by(*back), reach)
    after = _contents(catalog, waiting.where(need > here).order_by(*_NEED), reach)
    return [
        *(one for one in reversed(before) if one != sha256),
        sha256,
        *(one for one in after if one != sha256),
    ]


def still_to_check(catalog: Catalog, contents: list[str]) -> set[str]:
    """Return which of `contents` need a person."""
    asked = select(FILES.c.sha256).select_from(_TABLES).where(_is_in("check", DOCUMENTS))
    return {row.sha256 for row in catalog.rows(asked.where(FILES.c.sha256.in_(contents)))}


def count_views(catalog: Catalog) -> dict[View, int]:
    """Return how many documents each view holds; copies count once."""
    # Only what has copies is looked at twice: to count contents would be to sort them all.
    columns = (FILES.c.sha256, *(DOCUMENTS.c[name] for name in ("path", "reason", "needs_review")))
    copies = select(*columns).select_from(_TABLES).where(FILES.c.sha256.in_(_COPIED)).cte("copies")
    counts = []
    for view in VIEWS:
        documents = select(func.count()).select_from(DOCUMENTS).where(_is_in(view, DOCUMENTS))
        further = select(func.count() - func.count(copies.c.sha256.distinct())).where(
            _is_in(view, copies)
        )
        counts.append(documents.scalar_subquery() - further.scalar_subquery())
    return dict(zip(VIEWS, map(int, catalog.rows(select(*counts))[0]), strict=True))


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


def _paths(view: View) -> Any:
    """Return the query for the paths of the documents of `view`; of copies, for the first."""
    other = DOCUMENTS.alias()
    # As a query of its own, not as a join: SQLite would begin the join at the wrong end.
    shown = select(other.c.path).where(other.c.path == FILES.c.path, _is_in(view, other))
    place = func.row_number().over(partition_by=FILES.c.sha256, order_by=FILES.c.path)
    copies = select(FILES.c.path, place.label("place")).where(
        FILES.c.sha256.in_(_COPIED), shown.exists()
    )
    placed = copies.subquery()
    later = select(placed.c.path).where(placed.c.place > 1)
    return select(DOCUMENTS.c.path).where(_is_in(view, DOCUMENTS), DOCUMENTS.c.path.not_in(later))


def _contents(catalog: Catalog, paths: Any, limit: int) -> list[str | None]:
    """Return the contents at `paths` in their order, each once, and None if they end there."""
    found = [row.path for row in catalog.rows(paths)]
    contents = contents_of(catalog, found)
    end = [] if len(found) == limit else [None]
    return [*dict.fromkeys(contents[path] for path in found), *end]


def _is_in(view: View, documents: Any) -> Any:
    """Return the condition that a row of `documents` belongs to `view`."""
    if view == "check":
        return documents.c.needs_review
    if view == "failed":
        return documents.c.reason > ""
    if view == "all":
        return documents.c.reason == ""
    approved = select(FILES.c.path).where(FILES.c.sha256.in_(approved_contents()))
    return and_(documents.c.reason == "", documents.c.path.in_(approved))


def _item(row: Any) -> QueueItem:
    values = dict(row._mapping)
    values["missing"] = len(REVIEWED) - values.pop("known")
    return QueueItem(**values)


_COPIED = select(FILES.c.sha256).group_by(FILES.c.sha256).having(func.count() > 1)
_TABLES = DOCUMENTS.join(FILES, FILES.c.path == DOCUMENTS.c.path)
_NEED = (DOCUMENTS.c.known, DOCUMENTS.c.certainty, DOCUMENTS.c.path)
_ITEM = (
    FILES.c.sha256,
    *(DOCUMENTS.c[name] for name in QueueItem.__slots__ if name in DOCUMENTS.c),
    DOCUMENTS.c.known,
    DOCUMENTS.c.certainty.label("confidence"),
)
