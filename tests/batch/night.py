"""A batch in a process of its own, to be killed: python -m tests.batch.night SOURCE OUTPUT.

With --jobs N it does work on the processor and prints the times of its outcomes.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

from tests.batch.archive import LIMITS, FakeToolkit, Recorder
from tests.batch.readers import busy_reader, obedient_reader
from vnocr.batch.policy import Job
from vnocr.batch.run import run_batch
from vnocr.model import Outcome


class Forgetful(Recorder):
    """Keeps no outcome, as what `vnocr batch` shows does not: the driver's memory is measured."""

    def finished(self, outcome: Outcome) -> None:
        pass


class Clock(Recorder):
    """Notes when each outcome came."""

    def __init__(self) -> None:
        super().__init__()
        self.times: list[float] = []

    def finished(self, outcome: Outcome) -> None:
        self.times.append(time.monotonic())


def main(source: str, output: str, jobs: str = "", engine: str = "local") -> None:
    """Run the batch and print how it ended, or the times of its outcomes."""
    if not jobs:
        job = Job(Path(source), Path(output), reader=obedient_reader)
        sys.stdout.write(run_batch(job, FakeToolkit(), Forgetful()).ended)
        return
    clock = Clock()
    job = Job(Path(source), Path(output), reader=busy_reader, engine=engine)  # type: ignore[arg-type]
    limits = replace(LIMITS, jobs=int(jobs), timeout_seconds=120)
    run_batch(job, FakeToolkit(limits=limits), clock)
    sys.stdout.write(json.dumps(clock.times))


if __name__ == "__main__":
    main(*sys.argv[1:])
