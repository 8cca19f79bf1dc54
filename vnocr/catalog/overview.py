"""What an archive holds, seen from above: counts, failures, copies, what to check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, cast, func, select

from vnocr.catalog.schema import DOCUMENTS, EVIDENCE
from vnocr.catalog.store import Catalog
from vnocr.model import Remark

Counts = tuple[tuple[str | None, int], ...]

# As text: PostgreSQL compares no JSON.
_HAS_REMARKS = cast(DOCUMENTS.c.remarks, String) != "[]"


@dataclass(frozen=True, slots=True)
class Failed:
    """A document without a record."""

    path: str
    reason: str
    message: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A document that a person should look at, with its least certain field.

    The field is None if no field stands below the bound; `box` is left, top, right and
    bottom in pixels of the page's picture, None where nothing was seen.
    """

    path: str
    record: str
    number: str | None
    field: str | None = None
    raw: str = ""
    confidence: float = 1.0
    page: int = 1
    box: tuple[int, int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Remarked:
    """A document of whose exports people should know something."""

    path: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of documents by type, issuer and month of issue, and lists, each cut off."""

    by_type: Counts
    by_issuer: Counts
    by_month: Counts
    failures: tuple[Failed, ...]
    doubts: tuple[Doubt, ...]
    copies: tuple[tuple[str, ...], ...]
    remarked: tuple[Remarked, ...]


def overview(catalog: Catalog, *, review_below: float, rows: int) -> Overview:
    """Return the overview of `catalog`, each list of at most `rows` entries."""
    columns = DOCUMENTS.c
    return Overview(
        by_type=_counts(catalog, columns.type, rows),
        by_issuer=_counts(catalog, columns.issuer, rows),
        by_month=_by_month(catalog),
        failures=_failures(catalog, rows),
        doubts=_doubts(catalog, review_below, rows),
        copies=_copies(catalog, rows),
        remarked=remarked(catalog, rows),
    )


def remarked(catalog: Catalog, rows: int | None = None) -> tuple[Remarked, ...]:
    """Return the documents whose exports are told of, by path, at most `rows`."""
    statement = select(DOCUMENTS.c.path, DOCUMENTS.c.remarks).where(_HAS_REMARKS)
    found = catalog.rows(statement.order_by(DOCUMENTS.c.path).limit(rows))
    return tuple(Remarked(row.path, tuple(Remark(*one) for one in row.remarks)) for row in found)


def count_remarked(catalog: Catalog) -> int:
    """Return of how many documents the exports are told of."""
    return int(catalog.rows(select(func.count()).where(_HAS_REMARKS))[0][0])


def _counts(catalog: Catalog, column: ColumnElement[str], rows: int) -> Counts:
    count = func.count().label("files")
    statement = select(column.label("name"), count).where(DOCUMENTS.c.reason == "")
    found = catalog.rows(statement.group_by(column).order_by(count.desc(), column).limit(rows))
    return tuple((row.name, row.files) for row in found)


def _by_month(catalog: Catalog) -> Counts:
    month = func.substr(DOCUMENTS.c.issue_date, 1, 7)
    counted = select(month.label("name"), func.count().label("files"))
    statement = counted.where(DOCUMENTS.c.reason == "").group_by(month)
    return tuple(sorted(((row.name, row.files) for row in catalog.rows(statement)), key=_none_last))


def _none_last(pair: tuple[str | None, int]) -> tuple[bool, str]:
    return pair[0] is None, pair[0] or ""


def _failures(catalog: Catalog, rows: int) -> tuple[Failed, ...]:
    columns = [DOCUMENTS.c[name] for name in Failed.__slots__]
    statement = select(*columns).where(DOCUMENTS.c.reason != "")
    ordered = statement.order_by(DOCUMENTS.c.reason, DOCUMENTS.c.path).limit(rows)
    return tuple(Failed(**row._mapping) for row in catalog.rows(ordered))


def _doubts(catalog: Catalog, review_below: float, rows: int) -> tuple[Doubt, ...]:
    columns = DOCUMENTS.c
    statement = select(columns.path, columns.record, columns.number)
    wanted = statement.where(columns.needs_review, columns.reason == "").order_by(columns.path)
    documents = catalog.rows(wanted.limit(rows))
    weakest = _weakest(catalog, [row.path for row in documents], review_below)
    return tuple(
        _doubt(row.path, row.record, row.number, weakest.get(row.path)) for row in documents
    )


def _doubt(path: str, record: str, number: str | None, evidence: object | None) -> Doubt:
    if evidence is None:
        return Doubt(path, record, number)
    values = {name: getattr(evidence, name) for name in ("field", "raw", "confidence", "page")}
    box = getattr(evidence, "box")  # noqa: B009 - rows are untyped
    return Doubt(path, record, number, box=tuple(box) if box else None, **values)


def _weakest(catalog: Catalog, paths: Sequence[str], bound: float) -> dict[str, object]:
    statement = select(EVIDENCE).where(EVIDENCE.c.path.in_(paths), EVIDENCE.c.confidence < bound)
    found: dict[str, object] = {}
    for row in catalog.rows(statement.order_by(EVIDENCE.c.confidence)):
        found.setdefault(row.path, row)
    return found


def _copies(catalog: Catalog, rows: int) -> tuple[tuple[str, ...], ...]:
    key = DOCUMENTS.c.key
    repeated = select(key).where(key != "").group_by(key).having(func.count() > 1)
    statement = select(key, DOCUMENTS.c.path).where(key.in_(repeated.limit(rows)))
    groups: dict[str, list[str]] = {}
    for row in catalog.rows(statement.order_by(DOCUMENTS.c.path)):
        groups.setdefault(row.key, []).append(row.path)
    return tuple(tuple(paths) for paths in groups.values())
