"""What a worker needs, loaded when this module is imported: only the fork server does that.

The server takes names of modules, hence a module whose import does something. What goes wrong is
met again, and told, by the worker that needs it.
"""

from __future__ import annotations

import contextlib
import gc
from importlib import import_module

from vnocr.extract.frameworks import keep_frameworks_out
from vnocr.imaging.load import load_libraries
from vnocr.pipeline import loaded_toolkit
from vnocr.settings import Settings

_WORK = ("vnocr.batch.worker", "vnocr.batch.exports", "vnocr.batch.report")


def _load() -> None:
    keep_frameworks_out()
    with contextlib.suppress(Exception):
        load_libraries()
        loaded_toolkit(Settings()).load()
        for name in _WORK:
            import_module(name)
    gc.freeze()  # a collection in a worker would copy the memory it shares


_load()
