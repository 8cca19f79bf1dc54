"""Names and places that are harder than what is in the files."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hostile.texts import ROW, endless

NAMES = (
    "-rf.txt",
    "--help.txt",
    "line\nbreak.txt",
    "tab\tand\rreturn.txt",
    "'quotes' \"and\" `ticks`.txt",
    "$(touch stolen).txt",
    "; touch stolen;.txt",
    "%s%n%d.txt",
    "back\\slash\\..\\.txt",
    "dots....txt",
    " blank .txt",
    "\u202etxt.fdp.txt",
    "\u200b\ufeff.txt",
    "e\u0302\u0323 decomposed.txt",
    "\x1b[31mred\x07.txt",
    "<b>bold&amp;.txt",
    "a.json.txt",
    "catalog.sqlite.txt",
    "con.txt",
    "#1?x=y.txt",
    "c" * 251 + ".txt",
    "ủ" * 83 + ".txt",
)
RAW_NAMES = (b"not \xff\xfe utf-8.txt", b"\xe1\xbb cut.txt")


def names(folder: Path) -> None:
    """Write readable texts under names that are none."""
    folder.mkdir(parents=True)
    for number, name in enumerate(NAMES):
        (folder / name).write_text(f"{ROW}{number}\n", encoding="utf-8")
    for number, raw in enumerate(RAW_NAMES):
        path = Path(os.fsdecode(bytes(folder) + b"/" + raw))
        path.write_text(f"{ROW}raw {number}\n", encoding="utf-8")
    deep = folder
    with suppress(OSError):  # as deep as the system lets
        for _ in range(30):
            deep = deep / ("d" * 100)
            deep.mkdir()
    (deep if deep.is_dir() else deep.parent).joinpath("deep.txt").write_text(ROW + "deep")


def places(folder: Path, outside: Path) -> None:
    """Make links in circles, pipes, sockets, devices and what may not be read."""
    folder.mkdir(parents=True)
    (folder / "round").symlink_to(folder, target_is_directory=True)
    (folder / "up").symlink_to(folder.parent, target_is_directory=True)
    (folder / "itself.pdf").symlink_to(folder / "itself.pdf")
    (folder / "nowhere.pdf").symlink_to(outside / "nowhere.pdf")
    (folder / "zero.pdf").symlink_to("/dev/zero")
    (folder / "memory.txt").symlink_to("/proc/self/mem")
    (folder / "folder.pdf").mkdir()
    os.mkfifo(folder / "pipe.pdf")
    with socket.socket(socket.AF_UNIX) as end:
        here = os.open(folder, os.O_RDONLY)  # the address of a socket must be short
        end.bind(f"/proc/self/fd/{here}/socket.pdf")
        os.close(here)
    (folder / "secret").mkdir()
    (folder / "secret" / "inside.txt").write_text(ROW + "inside")
    (folder / "unreadable.txt").write_text(ROW + "unreadable")
    (folder / "unreadable.txt").chmod(0)
    (folder / "secret").chmod(0)


def sparse(path: Path, megabytes: int) -> None:
    """Write a PDF of so many megabytes of nothing."""
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(megabytes << 20)


def long_line(path: Path, megabytes: int) -> None:
    """Write a text of one line of so many megabytes."""
    with path.open("wb") as file:
        for part in endless(megabytes):
            file.write(part)


@contextmanager
def changing(path: Path) -> Iterator[None]:
    """Rewrite the file at `path` again and again while the block runs."""
    stop = threading.Event()

    def change() -> None:
        number = 0
        while not stop.wait(0.02):
            number += 1
            path.write_text(ROW * (number % 50 + 1) + str(number), encoding="utf-8")

    path.write_text(ROW, encoding="utf-8")
    writer = threading.Thread(target=change)
    writer.start()
    try:
        yield
    finally:
        stop.set()
        writer.join()
