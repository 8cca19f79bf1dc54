"""From a line on the page to the strip that the network reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vnocr.model import Box
from vnocr.ocr.handwriting.tokens import BASELINE, CAP_HEIGHT, STRIP_HEIGHT

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WIDTH_STEP = 32  # widths are rounded up, so that the network meets few shapes
_WIDEST = 1024


@dataclass(frozen=True, slots=True)
class Track:
    """A line to read, in pixels of the page: its ends, its baseline, its capitals' height.

    `capitals` is a part of it where nothing but printed capitals stands, if there is one.
    """

    left: float
    right: float
    baseline: float
    cap_height: float
    capitals: Box | None = None

    @property
    def box(self) -> Box:
        """The line with its ascenders and descenders."""
        return Box(
            max(0, round(self.left)),
            max(0, round(self.baseline - 1.5 * self.cap_height)),
            round(self.right),
            round(self.baseline + 0.6 * self.cap_height),
        )


def darkness(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return how dark a page is, 0 paper to 255 ink; red seals fade, blue and black ink stays."""
    channel = pixels[..., 0] if pixels.ndim == 3 else pixels
    darkness: NDArray[np.uint8] = 255 - channel
    return darkness


def settle(dark: NDArray[np.uint8], track: Track) -> Track:
    """Return `track` with baseline and height measured on its printed capitals, if they agree.

    Boxes of words hold ink and neighbours too; the rows of ink in a row of capitals do not lie.
    """
    if track.capitals is None:
        return track
    box, slack = track.capitals, round(0.3 * track.cap_height)
    top = max(0, box.top - slack)
    piece = dark[top : box.bottom + slack, box.left : box.right].astype(np.float32)
    if piece.shape[0] < 4 or piece.shape[1] < 4:
        return track
    rows = piece.mean(axis=1) - float(np.percentile(piece, 30))
    inked = np.flatnonzero(rows > 0.3 * float(np.percentile(rows, 90)))
    runs = np.split(inked, np.flatnonzero(np.diff(inked) > 1) + 1)
    longest = max(runs, key=len)
    height = float(len(longest))
    if not 0.75 < height / track.cap_height < 1.3:
        return track
    return replace(track, baseline=float(top + longest[-1] + 1), cap_height=height)


def strip(dark: NDArray[np.uint8], track: Track, zoom: float = 1.0) -> NDArray[np.float32]:
    """Return the line as (48, width) darkness 0..1: baseline and capitals where they belong.

    `zoom` enlarges the line beside its standard size.
    """
    import cv2

    scale = CAP_HEIGHT / track.cap_height * zoom
    width = min(_WIDEST, -(-round((track.right - track.left) * scale) // _WIDTH_STEP) * _WIDTH_STEP)
    width = max(width, _WIDTH_STEP)
    shape = (width, STRIP_HEIGHT)
    top = track.baseline - BASELINE / scale
    piece = _cut(dark, track.left, top, (width / scale, STRIP_HEIGHT / scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(piece, shape, interpolation=how).astype(np.float32)
    paper = float(np.percentile(small, 30))
    black = float(np.percentile(small, 98))
    stretched: NDArray[np.float32] = np.clip((small - paper) / max(black - paper, 60.0), 0, 1)
    return stretched.astype(np.float32)


def _cut(
    dark: NDArray[np.uint8], left: float, top: float, size: tuple[float, float]
) -> NDArray[np.uint8]:
    """Return a part of the page; what lies outside the page is paper."""
    width, height = max(1, round(size[0])), max(1, round(size[1]))
    x, y = round(left), round(top)
    inside = dark[max(0, y) : max(0, y + height), max(0, x) : max(0, x + width)]
    paper = int(np.percentile(inside, 30)) if inside.size else 0
    piece = np.full((height, width), paper, np.uint8)
    down, right = max(0, -y), max(0, -x)
    piece[down : down + inside.shape[0], right : right + inside.shape[1]] = inside
    return piece
