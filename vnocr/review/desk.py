"""What a person can do with an archive: look, correct, approve, undo. Knows no web."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vnocr.catalog.correction_log import add_corrections, corrections_of
from vnocr.catalog.corrections import FIELD_NAMES, Applied, standing, work_in
from vnocr.catalog.queue import QueueItem, View, around, paths_of, queue, still_to_check
from vnocr.catalog.recorrect import read_record, recorrect
from vnocr.catalog.store import Catalog
from vnocr.errors import InputError, NotFoundError
from vnocr.extract.tables import read_table
from vnocr.model import Correction, Dispatch
from vnocr.review.doubts import Doubt, find_doubts
from vnocr.review.request import Author, RefusedError, read_correction
from vnocr.settings import Settings

_OPEN = 6
_REACH = 100


@dataclass(frozen=True, slots=True)
class Opened:
    """A document on the desk: as shown, its log, and what of it is to be decided."""

    sha256: str
    paths: tuple[str, ...]
    applied: Applied
    log: tuple[Correction, ...]
    doubts: tuple[Doubt, ...]

    @property
    def dispatch(self) -> Dispatch:
        """The document with all corrections that fit."""
        return self.applied.dispatch

    @property
    def approved(self) -> bool:
        """Whether a person agreed to the record."""
        return bool(self.dispatch.corrected and self.dispatch.corrected.approved)


class Desk:
    """One archive and one person. May be used from several threads."""

    def __init__(
        self, catalog: Catalog, output: Path, source: Path | None, settings: Settings, user: str
    ) -> None:
        self.catalog, self.output, self.settings = catalog, output, settings
        self.author = Author(user)
        self._source = source
        self._read: OrderedDict[tuple[str, int, int], Dispatch] = OrderedDict()
        self._route: list[str | None] = []
        self._lock, self._writing = threading.Lock(), threading.Lock()
        # Not by the reader of types: it would load spaCy, which takes seconds.
        types = read_table(settings.dictionary_folder / "document_types.tsv", 4)
        self._types = {name: code for name, code, _, _ in types}

    @property
    def type_names(self) -> list[str]:
        """The types that documents may have."""
        return list(self._types)

    def open(self, sha256: str) -> Opened:
        """Return the document of that content.

        Raises NotFoundError if the catalog has none, InputError if its record is damaged.
        """
        paths = paths_of(self.catalog, sha256)
        if not paths:
            raise NotFoundError(f"{sha256}: no document of this content was read")
        log = corrections_of(self.catalog, sha256)
        record = self.catalog.outcomes(paths[:1])[paths[0]].record
        applied = work_in(self._load(record), log)
        doubts = find_doubts(applied.dispatch, self.settings.extract.review_below)
        return Opened(sha256, tuple(paths), applied, log, doubts)

    def correct(self, sha256: str, sent: Mapping[str, Any]) -> None:
        """Keep the correction that a person `sent`. Raises RefusedError with the reason."""
        with self._writing:
            applied = self.open(sha256).applied
            one = read_correction(sent, applied, self.author)
            self._keep(sha256, [one, *self._implied(one, applied.dispatch)])

    def approve(self, sha256: str) -> None:
        """Keep that the person agrees to the fields as they are shown."""
        with self._writing:
            fields = self.open(sha256).dispatch.fields
            after = {name: _plain(fields, name) for name in FIELD_NAMES}
            self._keep(sha256, [self.author.correction("approval", after=after)])

    def undo(self, sha256: str, uid: str) -> None:
        """Take back one correction. Raises RefusedError if it does not hold any more."""
        with self._writing:
            log = corrections_of(self.catalog, sha256)
            holding = standing(log)
            place = next((at for at, one in enumerate(holding) if one.uid == uid), None)
            if place is None:
                raise RefusedError("changed")
            implied = [one for one in holding[place + 1 : place + 2] if one.target == "type_code"]
            undone = [holding[place], *implied]
            self._keep(sha256, [self.author.correction("undo", target=one.uid) for one in undone])

    def next_to_check(self, sha256: str) -> tuple[str | None, str | None]:
        """Return the documents to check before and after this one, None where there is none.

        A stretch of the queue is remembered: to order a long one for every step is slow.
        """
        with self._lock:
            route = self._route
        waiting = still_to_check(self.catalog, [one for one in route if one])
        route = [one for one in route if one in waiting or one in (None, sha256)]
        if sha256 not in route[1:-1]:
            route = around(self.catalog, sha256, _REACH)
            with self._lock:
                self._route = route
        if sha256 not in route:
            first = self.queue("check", 1)
            return None, first[0].sha256 if first else None
        place = route.index(sha256)
        return route[place - 1], route[place + 1]

    def queue(self, view: View, limit: int = 100, offset: int = 0) -> list[QueueItem]:
        """Return documents of `view`, those that need a person most first."""
        return queue(self.catalog, view, limit, offset)

    def original(self, opened: Opened) -> Path:
        """Return the file that the document was read from.

        Raises InputError if it is not to be found, or is another than was read.
        """
        source = opened.dispatch.source
        named = Path(source.path)
        guesses = [named] if self._source is None else []
        for path in opened.paths:
            guesses += [root / path for root in (self._source, self.output.parent) if root]
        guesses.append(self.output.parent / named)
        found = next((path for path in guesses if path.is_file()), None)
        if found is None:
            raise InputError("original-missing")
        if found.stat().st_size != source.bytes:
            raise InputError("original-changed")
        return found

    def _keep(self, sha256: str, corrections: list[Correction]) -> None:
        add_corrections(self.catalog, sha256, corrections)
        recorrect(self.catalog, self.output, sha256)

    def _implied(self, one: Correction, dispatch: Dispatch) -> list[Correction]:
        """The code follows from the type."""
        if (one.kind, one.target) != ("field", "type"):
            return []
        code = self._types.get(one.after)
        if code == dispatch.fields.type_code:
            return []
        before = dispatch.fields.type_code
        return [self.author.correction("field", target="type_code", before=before, after=code)]

    def _load(self, record: str) -> Dispatch:
        status = (self.output / record).stat() if (self.output / record).is_file() else None
        key = (record, status.st_mtime_ns if status else 0, status.st_ino if status else 0)
        with self._lock:
            if key in self._read:
                self._read.move_to_end(key)
                return self._read[key]
        dispatch = read_record(self.output, record)
        with self._lock:
            self._read[key] = dispatch
            while len(self._read) > _OPEN:
                self._read.popitem(last=False)
        return dispatch


def _plain(fields: Any, name: str) -> Any:
    whole, _, part = name.partition(".")
    value = getattr(fields, whole)
    value = getattr(value, part) if part else value
    return list(value) if isinstance(value, tuple) else value
