"""Readers that stand in for the real one: quick, and with the faults that batches meet.

They live in a module of their own because worker processes import them by name.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from tests.builders import make_dispatch
from vnocr.errors import CorruptError, MissingToolError, OutputError
from vnocr.imaging.media import check_readable
from vnocr.model import Dispatch, Problem
from vnocr.pipeline import Toolkit, read_dispatch


def obedient_reader(path: Path, _: Toolkit) -> Dispatch:
    """Do what the file's text says; by default read it well."""
    content = path.read_text(encoding="utf-8")
    _harm_the_process(content)
    match content.split():
        case ["full", *_]:
            raise OutputError("out: cannot write: No space left on device")
        case ["toolless", *_]:
            raise MissingToolError("poppler is not installed")
        case ["long", seconds, *_]:
            time.sleep(float(seconds))
        case ["rewrite", *_]:
            content += "and something new"
        case ["bug", *_]:
            raise KeyError(path.name)
        case ["corrupt", *_]:
            raise CorruptError(f"{path}: damaged")
    problems = (Problem("extract", "needs-review", "look"),) if "doubt" in content else ()
    dispatch = make_dispatch(str(path), problems)
    digest = hashlib.sha256(content.encode()).hexdigest()
    return replace(dispatch, source=replace(dispatch.source, sha256=digest))


def careful_reader(path: Path, toolkit: Toolkit) -> Dispatch:
    """Look first whether the file can be read, as the real reader does."""
    check_readable(path)
    return obedient_reader(path, toolkit)


def _harm_the_process(content: str) -> None:
    match content.split():
        case ["crash", *_]:
            os._exit(139)
        case ["hang", *_]:
            time.sleep(60)
        case ["eat", *_]:
            bytearray(1 << 40)
        case ["forks", *_]:
            # A child that outlives its parent unless the whole group dies.
            child = subprocess.Popen(["sleep", "600"])
            (Path(tempfile.gettempdir()) / "leftover.ppm").write_text("x")
            Path(os.environ["VNOCR_TEST_MARKS"]).write_text(str(child.pid))
            os._exit(1) if "crash" in content else time.sleep(60)
        case ["grow", *size]:
            # Its children eat, each within the limit for one process.
            megabytes = size[0] if size else "180"
            code = f"import time; x = b'x' * ({megabytes} << 20); time.sleep(60)"
            children = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2)]
            for child in children:
                child.wait()
        case ["spin", *_]:
            re.match("(a+)+$", "a" * 60 + "b")


def busy_reader(path: Path, toolkit: Toolkit) -> Dispatch:
    """Do the work that the file's text asks for ("work ROUNDS ..."), on the processor."""
    work(int(path.read_text(encoding="utf-8").split()[1]))
    return obedient_reader(path, toolkit)


def work(rounds: int) -> None:
    """Keep one processor busy for a fixed amount of work: 100,000 rounds take about 0.05 s."""
    hashlib.pbkdf2_hmac("sha256", b"page", b"salt", rounds)


def real_reader_of_pdf(path: Path, toolkit: Toolkit) -> Dispatch:
    """Read what begins like a PDF with the real reader, the rest as it says."""
    with path.open("rb") as stream:
        is_pdf = stream.read(4) == b"%PDF"
    return read_dispatch(path, toolkit) if is_pdf else obedient_reader(path, toolkit)


def warm_reader(path: Path, toolkit: Toolkit) -> Dispatch:
    """Name the models that are there before the first document is read."""
    loaded = sorted({"restorer", "extractor", "letterhead_reader"} & vars(toolkit).keys())
    problems = tuple(Problem("test", name, name) for name in loaded)
    dispatch = make_dispatch(str(path), problems)
    return replace(
        dispatch,
        source=replace(dispatch.source, sha256=hashlib.sha256(path.read_bytes()).hexdigest()),
    )


def counting_reader(path: Path, toolkit: Toolkit) -> Dispatch:
    """Leave a mark for every reading in the file VNOCR_TEST_MARKS."""
    with Path(os.environ["VNOCR_TEST_MARKS"]).open("a") as marks:
        marks.write(f"{path.name}\n")
    return obedient_reader(path, toolkit)


@dataclass(frozen=True, slots=True)
class Note:
    """An export that notes the number of the dispatch, and obeys the source's text."""

    suffix: str = ".note"

    def write(self, dispatch: Dispatch, source: Path, target: Path, _: Toolkit) -> tuple[str, ...]:
        content = source.read_text(encoding="utf-8")
        match content.split():
            case ["unnotable", *_]:
                raise CorruptError(f"{source}: cannot be noted")
            case ["crashing-note", *_]:
                os._exit(139)
            case ["full-note", *_]:
                raise OSError(errno.ENOSPC, "No space left on device")
        target.write_text(f"{dispatch.fields.number}: {content}")
        return ("odd, but noted",) if content == "odd" else ()


def burglar(path: Path, _: Toolkit) -> Dispatch:
    """Try what no reader may do; the problems of the dispatch say what came off."""
    attempts = {
        "network": _connect,
        "network-by-program": lambda: _program(f"import socket; {_CONNECT}"),
        "files": lambda: (path.parent.parent / "stolen").write_text("x"),
        "files-by-program": lambda: _program(
            f"open({str(path.parent.parent / 'stolen too')!r}, 'w')"
        ),
    }
    done = []
    for kind, attempt in {} if path.read_text() == "modes" else attempts.items():
        with contextlib.suppress(OSError, subprocess.CalledProcessError):
            attempt()
            done.append(Problem("test", kind, kind))
    mode = oct(Path(tempfile.gettempdir()).stat().st_mode & 0o777)
    kept = done or [Problem("test", "scratch", mode)] * (path.read_text() == "modes")
    dispatch = make_dispatch(str(path), tuple(kept))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return replace(dispatch, source=replace(dispatch.source, sha256=digest))


_CONNECT = "import os; socket.create_connection(('127.0.0.1', int(os.environ['VNOCR_TEST_PORT'])))"


def _connect() -> None:
    socket.create_connection(("127.0.0.1", int(os.environ["VNOCR_TEST_PORT"]))).close()


def _program(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, stderr=subprocess.DEVNULL)
