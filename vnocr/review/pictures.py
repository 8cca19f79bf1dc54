"""Pictures of pages, drawn when they are asked for and kept for a while."""

from __future__ import annotations

import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from vnocr.batch.nursery import open_nursery
from vnocr.batch.supervise import Crew, Death
from vnocr.batch.worker_process import Limits
from vnocr.errors import InputError, VnocrError
from vnocr.model import Page
from vnocr.pipeline import loaded_toolkit, page_in_colour
from vnocr.settings import Settings

_SECONDS = 60.0
_MOST_BYTES = 128 << 20
# Sharp enough to read a pencilled figure, quick enough to turn pages: A4 at 200 dpi.
_WIDTH = 1700


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page to draw; `page` needs no lines."""

    path: Path
    page: Page


@dataclass(frozen=True, slots=True)
class Draw:
    """Draws a page as JPEG, or says why it cannot. Calls cross processes."""

    settings: Settings

    def __call__(self, wanted: Wanted) -> bytes | str:
        """Return the picture, or the message of what went wrong."""
        from vnocr.imaging.crop import page_jpeg

        try:
            image = page_in_colour(wanted.path, wanted.page, loaded_toolkit(self.settings))
            return page_jpeg(image, _WIDTH)
        except (VnocrError, ValueError, OSError) as error:
            return str(error)


class Pictures:
    """Draws in a worker process, as a damaged page may do to it what it likes.

    The process starts with the first picture, warm. Use as a context manager.
    """

    def __init__(
        self, settings: Settings, draw: Callable[[Wanted], bytes | str] | None = None
    ) -> None:
        self._draw = draw or Draw(settings)
        self._limits = Limits(_SECONDS, settings.batch.memory_megabytes, writable=())
        self._kept: OrderedDict[tuple[Path, int], bytes] = OrderedDict()
        self._lock, self._drawing = threading.Lock(), threading.Lock()
        self._folder = tempfile.TemporaryDirectory(prefix="vnocr-review-")
        self._crew: Crew[Wanted, bytes | str] | None = None

    def __enter__(self) -> Self:
        open_nursery()  # while people look at the list
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._drawing:
            if self._crew:
                self._crew.__exit__(kind, error, trace)
            self._folder.cleanup()

    def jpeg(self, path: Path, page: Page) -> bytes:
        """Return the picture of `page` of the file `path`. Raises InputError with the reason."""
        key = path, page.number
        if (known := self._known(key)) is not None:
            return known
        with self._drawing:
            # Who waited here may find that it was drawn meanwhile.
            if (known := self._known(key)) is not None:
                return known
            answer = self._drawn(Wanted(path, replace(page, lines=())))
        if isinstance(answer, str):
            raise InputError(answer)
        self._keep(key, answer)
        return answer

    def _drawn(self, wanted: Wanted) -> bytes | str:
        if self._crew is None:
            self._crew = Crew(self._draw, 1, self._limits, Path(self._folder.name))
        ((_, answer),) = self._crew.run(iter([wanted]), lambda: False)
        if isinstance(answer, Death):
            return f"{wanted.path}: page {wanted.page.number} cannot be drawn: {answer.message}"
        return answer

    def _known(self, key: tuple[Path, int]) -> bytes | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: tuple[Path, int], picture: bytes) -> None:
        with self._lock:
            self._kept[key] = picture
            while sum(map(len, self._kept.values())) > _MOST_BYTES and len(self._kept) > 1:
                self._kept.popitem(last=False)
