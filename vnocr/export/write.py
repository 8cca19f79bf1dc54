"""Writing results so that a reader never sees half a file."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from vnocr.errors import OutputError

_PERMISSIONS = 0o666


def write_atomically(path: Path, text: str, *, scratch: Path | None = None) -> None:
    """Write `text` to `path` as UTF-8, whole or not at all; see `atomic_file`."""
    with atomic_file(path, scratch=scratch) as temporary:
        temporary.write_text(text, encoding="utf-8", errors="surrogateescape")


@contextlib.contextmanager
def atomic_file(path: Path, *, scratch: Path | None = None) -> Iterator[Path]:
    """Yield a temporary file to be written; it is then synced and takes the name `path`.

    The temporary file stands in `scratch`, a folder of the same file system that its
    owner cleans after a crash, or else beside `path`. Folders are made as needed. After
    the return the file outlives a loss of power; if the block raises, `path` stays as it
    was. Raises OutputError naming the file and the remedy for every OSError.
    """
    temporary: Path | None = None
    try:
        _make_folder(path.parent)
        folder = scratch or path.parent
        descriptor, name = tempfile.mkstemp(prefix=".vnocr-", suffix=".part", dir=folder)
        os.close(descriptor)
        temporary = Path(name)
        yield temporary
        _sync(temporary)
        temporary.chmod(_PERMISSIONS & ~_umask())
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    # A writer may have put a new file in place of ours: the one of that name is synced.
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    # A new name is only on disk when its folder is; some network folders refuse to say.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # nothing to sync there
            raise
    finally:
        os.close(descriptor)


def _umask() -> int:
    # The umask can only be read by setting it.
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot_write(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{path}: cannot write: {error.strerror}. Check the folder's permissions and free space."
    )
