"""Bringing a record, and what the catalog tells of it, up to date with the corrections."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from vnocr.catalog.correction_log import corrections_of, outdated
from vnocr.catalog.corrections import apply
from vnocr.catalog.rows import rows_of
from vnocr.catalog.store import Catalog
from vnocr.errors import InputError
from vnocr.export.record import from_json, to_json
from vnocr.export.write import write_atomically
from vnocr.model import Dispatch, Outcome


def recorrect(catalog: Catalog, output: Path, sha256: str = "") -> tuple[str, ...]:
    """Rewrite the records that lack a correction; of one content, or all.

    A record is replaced as a whole and then the rows that search and lists are made from,
    so a crash between the two is mended by the next call. Returns the paths of the
    documents. Raises OutputError if a record cannot be written, InputError if one cannot
    be read: the corrections stay in the catalog.
    """
    done: list[str] = []
    outcomes = catalog.outcomes(outdated(catalog, sha256))
    for path, outcome in outcomes.items():
        _rewrite(catalog, output, outcome)
        done.append(path)
    return tuple(done)


def read_record(output: Path, record: str) -> Dispatch:
    """Return the dispatch of the file `record` under `output`. Raises InputError naming it."""
    path = output / record
    try:
        return from_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            f"{path}: cannot read the record: {error.strerror}. Run vnocr batch again."
        ) from error
    except ValueError as error:
        raise InputError(f"{path}: {error}. Remove it and run vnocr batch again.") from error


def _rewrite(catalog: Catalog, output: Path, outcome: Outcome) -> None:
    dispatch = read_record(output, outcome.record)
    corrected = apply(dispatch, corrections_of(catalog, dispatch.source.sha256))
    write_atomically(output / outcome.record, to_json(corrected) + "\n")
    catalog.save(replace(outcome, needs_review=corrected.needs_review), rows_of(corrected))
