"""Asking a run to stop: signals ask at once, a spent budget lets the work in hand finish."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from vnocr.catalog.runs import End

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(slots=True)
class Stop:
    """Why no new document is begun; None while the run goes on."""

    reason: End | None = None

    def ask(self, reason: End) -> None:
        """Ask for a stop; an interruption overrides, otherwise the first reason stays."""
        if self.reason is None or reason == "interrupted":
            self.reason = reason

    def asked(self) -> bool:
        """Whether no new document shall be begun."""
        return self.reason is not None

    def interrupted(self) -> bool:
        """Whether the documents in hand shall be given up too; the next run reads them."""
        return self.reason == "interrupted"


@contextmanager
def stopped_by_signals(stop: Stop) -> Iterator[None]:
    """Turn Ctrl-C, SIGTERM and a hang-up into `stop`; a second one ends the process.

    A signal that the caller ignores, as nohup does with the hang-up, stays ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ask(number: int, _: FrameType | None) -> None:
        stop.ask("interrupted")
        signal.signal(number, before[signal.Signals(number)])

    before = {
        number: signal.getsignal(number)
        for number in _SIGNALS
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    for number in before:
        signal.signal(number, ask)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
