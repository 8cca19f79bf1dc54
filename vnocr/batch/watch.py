"""Noticing that the source folder is not the one the run began with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vnocr.errors import InputError


@dataclass(frozen=True, slots=True)
class SourceWatch:
    """Knows the source folder by its device and inode; None if it was not there."""

    source: Path
    identity: tuple[int, int] | None

    @classmethod
    def begin(cls, source: Path) -> SourceWatch:
        """Take the identity of `source` as it is now."""
        return cls(source, _identity(source))

    def check(self) -> None:
        """Raise InputError if the folder has gone: no document is to blame for that."""
        if _identity(self.source) != self.identity:
            raise InputError(
                f"{self.source}: the folder went away during the run. Mount it again and run "
                "the same command: what was read is kept."
            )


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
