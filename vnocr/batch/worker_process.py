"""The life of a worker process: settle, then answer items until the driver has gone."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from vnocr.batch.confine import confine
from vnocr.extract.frameworks import keep_frameworks_out

READY = "ready"

_MEGABYTE = 1 << 20
# The clock of the driver comes first; the kernel's is for workers whose driver is dead.
_SPARE_SECONDS = 30
# The kernel, short of memory, shall take a worker before the driver or the office's mail.
_KILL_FIRST = "500"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one item may cost: wall time, and memory of the worker with its children.

    A worker writes to the folders `writable` and its own temporary folder alone, and has no
    network, as far as the system can enforce that; None leaves it free.
    """

    seconds: float
    megabytes: int
    writable: tuple[Path, ...] | None = None


def serve(
    pipe: Connection,
    function: Callable[[Any], Any],
    limits: Limits,
    folder: Path,
    environment: Mapping[str, str],
) -> None:
    """Answer the items that come through `pipe`, temporary files in `folder`.

    `environment` is that of the driver: this process has that of the fork server, which may
    have been started before the driver's last change to it.
    """
    os.setsid()
    os.environ.update(environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _limit_memory(limits.megabytes)
    _use_folder(folder)
    if limits.writable is not None:
        confine((*limits.writable, folder))
    threading.Thread(target=_die_with_the_driver, daemon=True).start()
    keep_frameworks_out()
    # A pipe that ends or breaks means that the driver needs no more answers.
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        pipe.send(READY)
        while True:
            item = pipe.recv()
            _limit_processor(limits.seconds)
            pipe.send(function(item))


def _die_with_the_driver() -> None:
    driver = multiprocessing.parent_process()
    if driver:
        driver.join()
        os.killpg(0, signal.SIGKILL)


def _limit_memory(megabytes: int) -> None:
    limit = megabytes * _MEGABYTE
    space = limit + _mapped()  # what the fork server holds is no fault of a document
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core holds what the document says
    with contextlib.suppress(OSError):  # other systems than Linux have no such file
        Path("/proc/self/oom_score_adj").write_text(_KILL_FIRST)


def _mapped() -> int:
    """Return the bytes of address space in use, 0 on systems that do not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def _limit_processor(seconds: float) -> None:
    """End this process after as much more processor time as the item has wall time.

    A loop in C code that holds the interpreter's lock would outlive a killed driver.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds * (os.cpu_count() or 1)) + _SPARE_SECONDS
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or soft < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _use_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["TMPDIR"] = str(folder)
    tempfile.tempdir = str(folder)
