"""A source and an output folder with the batch between them, on stand-in readers."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from tests.batch.readers import counting_reader, obedient_reader
from tests.builders import PRODUCER, write_file
from vnocr.batch.exports import Export
from vnocr.batch.plan import Plan
from vnocr.batch.policy import Job, Policy
from vnocr.batch.run import run_batch
from vnocr.batch.task import Reader
from vnocr.catalog.runs import Run
from vnocr.model import Outcome, Producer, Remark
from vnocr.pipeline import Toolkit
from vnocr.settings import BatchSettings, Settings

# Readers of the tests leave marks outside the output.
LIMITS = BatchSettings(jobs=2, timeout_seconds=30, memory_megabytes=2048, confined=False)
# For documents that never end: the others must be done in that time on a busy machine, too.
HASTY = replace(LIMITS, timeout_seconds=5)


class FakeToolkit(Toolkit):
    """A toolkit whose engine is there and whose producer the test chooses."""

    engine = None  # type: ignore[assignment]
    producer = PRODUCER  # type: ignore[assignment]

    def __init__(self, producer: Producer = PRODUCER, limits: BatchSettings = LIMITS) -> None:
        super().__init__(Settings(batch=limits))
        self.producer = producer  # type: ignore[misc]


class Recorder:
    """Keeps what the batch tells."""

    def __init__(self) -> None:
        self.plans: list[Plan] = []
        self.outcomes: list[Outcome] = []

    def planned(self, plan: Plan) -> None:
        self.plans.append(plan)

    def finished(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)

    def exporting(self, count: int) -> None:
        self.exports: list[Outcome] = []

    def exported(self, outcome: Outcome, _: tuple[Remark, ...]) -> None:
        self.exports.append(outcome)


class Archive:
    """A source and an output folder, and the batch between them."""

    def __init__(self, root: Path) -> None:
        self.source, self.output = root / "in", root / "out"
        self.source.mkdir()
        self.marks = root / "marks"
        self.catalog = ""
        self.exports: tuple[Export, ...] = ()
        self.outcomes: dict[str, Outcome] = {}

    def add(self, name: str, content: str) -> Path:
        return write_file(self.source / name, content)

    def run(
        self,
        policy: Policy | None = None,
        *,
        retry_failed: bool = False,
        producer: Producer = PRODUCER,
        reader: Reader = counting_reader,
        limits: BatchSettings = LIMITS,
    ) -> Run:
        recorder = Recorder()
        policy = policy or Policy(retry_failed=retry_failed)
        job = Job(self.source, self.output, policy, self.catalog, reader=reader)
        job = replace(job, exports=self.exports)
        run = run_batch(job, FakeToolkit(producer, limits), recorder)
        self.outcomes = {outcome.path: outcome for outcome in recorder.outcomes}
        return run

    def job(self) -> Job:
        return Job(self.source, self.output, reader=obedient_reader)

    def readings(self) -> list[str]:
        return sorted(self.marks.read_text().split()) if self.marks.exists() else []

    def records(self) -> list[str]:
        # Not rglob: it stumbles over temporary folders that go away meanwhile.
        return sorted(
            (Path(folder) / name).relative_to(self.output).as_posix()
            for folder, _, names in os.walk(self.output)
            for name in names
            if name.endswith(".json")
        )
