"""What a run is allowed: which files, how many failures, how much time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from vnocr.batch.engine import Engine
from vnocr.batch.exports import Export
from vnocr.batch.task import Reader
from vnocr.pipeline import read_dispatch


@dataclass(frozen=True, slots=True)
class FailureLimit:
    """How many documents of a run may fail: a count, or a percentage of the planned ones."""

    count: float
    percent: bool = False

    def passed(self, failed: int, planned: int) -> bool:
        """Whether `failed` of `planned` documents are more than the limit."""
        return failed > (planned * self.count / 100 if self.percent else self.count)


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of a run. None sets no limit; `since` leaves older files alone."""

    retry_failed: bool = False
    max_failures: FailureLimit | None = None
    since: datetime | None = None
    time_budget: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One archive to read. An empty `catalog` means the file beside the records.

    `exports` are made of every record that lacks them; they cross processes, so they must
    be picklable.
    """

    source: Path
    output: Path
    policy: Policy = Policy()
    catalog: str = ""
    engine: Engine = "local"
    reader: Reader = read_dispatch
    exports: tuple[Export, ...] = ()
