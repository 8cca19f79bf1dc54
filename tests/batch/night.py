"""A batch in a process of its own, to be killed: python -m tests.batch.night SOURCE OUTPUT."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.batch.archive import FakeToolkit, Recorder
from tests.batch.readers import obedient_reader
from vnocr.batch.policy import Job
from vnocr.batch.run import run_batch

if __name__ == "__main__":
    job = Job(Path(sys.argv[1]), Path(sys.argv[2]), reader=obedient_reader)
    sys.stdout.write(run_batch(job, FakeToolkit(), Recorder()).ended)
