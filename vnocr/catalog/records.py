"""The records of an archive, one after the other, as exports read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from vnocr.catalog.schema import OWNER
from vnocr.catalog.store import Catalog
from vnocr.export.record import from_json
from vnocr.model import Dispatch, Outcome


@dataclass(frozen=True, slots=True)
class Archived:
    """A document of the catalog; without a dispatch, `message` says why there is none."""

    outcome: Outcome
    dispatch: Dispatch | None
    message: str = ""


def read_records(catalog: Catalog) -> Iterator[Archived]:
    """Yield every document of `catalog` in the order of paths, with what people corrected.

    A record that is missing or damaged is told as such; the others go on.
    """
    folder = record_folder(catalog)
    for _, outcome in sorted(catalog.outcomes().items()):
        if outcome.failed:
            yield Archived(outcome, None, outcome.message)
            continue
        try:
            text = (folder / outcome.record).read_text(encoding="utf-8")
            yield Archived(outcome, from_json(text))
        except (OSError, ValueError) as error:
            yield Archived(outcome, None, f"its record cannot be read: {error}")


def record_folder(catalog: Catalog) -> Path:
    """Return the folder that holds the records: the catalog's own, or that of its batch."""
    for row in catalog.rows(select(OWNER)):
        return Path(row.output)
    return catalog.folder
