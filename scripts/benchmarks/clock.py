"""Time of a command and of all that it starts."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

VNOCR = (sys.executable, "-m", "vnocr")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, and of all processors together."""

    wall: float
    cpu: float

    def __add__(self, other: Cost) -> Cost:
        """Return the cost of both, one after the other."""
        return Cost(self.wall + other.wall, self.cpu + other.cpu)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, what is wanted, what was found."""

    measure: str
    target: str
    found: str


def cost(*command: str | Path, allowed: Sequence[int] = (0,)) -> Cost:
    """Run `command`, single-threaded in its recogniser; raise if it fails in another way."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        list(map(str, command)),
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in allowed:
        raise RuntimeError(f"{command}: {done.stderr[-1000:]}")
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, used)


def environment() -> dict[str, str]:
    """Return the environment of what is measured: one thread, and modules kept compiled.

    An installer compiles what it installs; a tree of sources must not pay for it at each start.
    """
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "OMP_THREAD_LIMIT": "1"}


def best(costs: Sequence[Cost]) -> Cost:
    """Return the least of each: what other work on the machine disturbed least."""
    return Cost(min(each.wall for each in costs), min(each.cpu for each in costs))
