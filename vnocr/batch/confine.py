"""Take from a worker what reading needs not: the network, and writing outside its output.

The kernel of Linux enforces it, for the programs that the worker starts (Tesseract, Poppler)
too. What a system does not offer is left out, and said by `vnocr doctor`: a new network
namespace (https://man7.org/linux/man-pages/man7/network_namespaces.7.html) takes the network,
Landlock (https://docs.kernel.org/userspace-api/landlock.html) the files.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_NEW_USER, _NEW_NETWORK = 0x1000_0000, 0x4000_0000
_NO_NEW_PRIVILEGES = 38
# The numbers of Landlock's calls are the same on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION, _BENEATH_PATH = 1, 1
# Rights of Landlock: to write, remove, make and move files; reading stays free.
_WRITE, _TRUNCATE = 1 << 1, 1 << 14
_CHANGE = _WRITE | sum(1 << bit for bit in range(4, 14))
_NO_TCP, _NO_SIGNALS_NO_SOCKETS = 0b11, 0b11
# Versions of Landlock: files may be moved, cut short, TCP refused, signals kept inside.
_MOVES, _CUTS, _TCP, _SCOPES = 2, 3, 4, 6


@dataclass(frozen=True, slots=True)
class Confinement:
    """What the kernel enforces from now on."""

    network: bool
    files: bool


def confine(writable: Iterable[Path]) -> Confinement:
    """Leave this process, and all it starts, no network and only `writable` folders to write to.

    Cannot be undone. To be called before the first thread starts. Never raises: what the system
    does not offer stays as it was.
    """
    if sys.platform != "linux":
        return Confinement(network=False, files=False)
    libc = ctypes.CDLL(None, use_errno=True)
    network = _leave_network(libc)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return Confinement(network, _write_only_below(libc, writable))


def _leave_network(libc: Any) -> bool:
    """Enter a network of nobody else's; who is not root needs a user namespace for it."""
    user, group = os.geteuid(), os.getegid()
    if user == 0:  # root in a user namespace would lose the files of others
        return bool(libc.unshare(_NEW_NETWORK) == 0)
    if libc.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    with suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    return True


def _write_only_below(libc: Any, writable: Iterable[Path]) -> bool:
    version = libc.syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)
    if version < _MOVES:  # before, files could not be moved from folder to folder
        return False
    rights = _CHANGE | (_TRUNCATE if version >= _CUTS else 0)
    wanted = [rights]
    if version >= _TCP:
        wanted.append(_NO_TCP)
    if version >= _SCOPES:
        wanted.append(_NO_SIGNALS_NO_SOCKETS)
    request = struct.pack(f"={len(wanted)}Q", *wanted)
    rules = libc.syscall(_CREATE_RULESET, request, len(request), 0)
    if rules < 0:
        return False
    try:
        allowed = all(_allow(libc, rules, folder, rights) for folder in writable)
        nothing = Path(os.devnull)
        allowed = allowed and _allow(libc, rules, nothing, rights & (_WRITE | _TRUNCATE))
        return allowed and bool(libc.syscall(_RESTRICT_SELF, rules, 0) == 0)
    finally:
        os.close(rules)


def _allow(libc: Any, rules: int, path: Path, rights: int) -> bool:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        rule = struct.pack("=Qi", rights, handle)
        return bool(libc.syscall(_ADD_RULE, rules, _BENEATH_PATH, rule, 0) == 0)
    finally:
        os.close(handle)
