"""Where workers come from: a process that holds the models and forks, so that a worker starts warm.

It is the fork server of multiprocessing, which has one thread, no lock and no database handle
of the driver. What it has loaded, its workers share: they start at once, and take less memory.
"""

from __future__ import annotations

import multiprocessing
from multiprocessing import forkserver

_LOADED_FIRST = "vnocr.batch.warm"


def open_nursery() -> None:
    """Start the process, if it does not run yet. Returns at once; it loads beside what goes on."""
    multiprocessing.set_forkserver_preload([_LOADED_FIRST])
    forkserver.ensure_running()
