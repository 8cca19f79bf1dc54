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

    def check(self, not_found: str = "") -> None:
        """Raise InputError if the folder has gone: no document is to blame for that.

        Nor is the one named `not_found`, which a worker missed, if it is there.
        """
        if _identity(self.source) != self.identity:
            raise InputError(
                f"{self.source}: the folder went away during the run. Mount it again and run "
                "the same command: what was read is kept."
            )
        if not_found and (self.source / not_found).exists():
            raise InputError(
                f"{self.source / not_found}: a worker does not see this file. Is the folder "
                "mounted on every node, under the same path? What was read is kept."
            )


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
