"""After a batch: the numbers and dates of an archive heed the order of their registers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from vnocr.batch.exports import remove_exports
from vnocr.batch.task import Reading
from vnocr.catalog.registers import years_of
from vnocr.catalog.rows import rows_of
from vnocr.catalog.store import Catalog
from vnocr.export.record import from_json, to_json
from vnocr.export.write import write_atomically
from vnocr.extract.registers import heed_registers
from vnocr.model import Dispatch, Outcome


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the records of an archive lie, and how they are kept."""

    catalog: Catalog
    output: Path
    scratch: Path
    review_below: float

    def heed(self, read: Collection[str]) -> Iterator[Reading]:
        """Yield the documents that their registers changed, after writing their records.

        Only the registers of the documents `read` in this run are looked at, an issuer and a
        year at a time.
        """
        outcomes = self.catalog.outcomes() if read else {}
        for paths in years_of(self.catalog, read):
            known = {path: one for path in paths if (one := self._record(outcomes[path]))}
            for path, found in heed_registers(known, self.review_below).items():
                yield self._kept(outcomes[path], found)

    def _record(self, outcome: Outcome) -> Dispatch | None:
        try:
            return from_json((self.output / outcome.record).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None  # the next run reads the document anew

    def _kept(self, outcome: Outcome, dispatch: Dispatch) -> Reading:
        record = self.output / outcome.record
        write_atomically(record, to_json(dispatch) + "\n", scratch=self.scratch)
        remove_exports(record, outcome.exports)  # they tell of before
        outcome = replace(outcome, exports=(), needs_review=dispatch.needs_review)
        return Reading(outcome, rows_of(dispatch))
