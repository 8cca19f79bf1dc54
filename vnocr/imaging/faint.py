"""Make the letters of a faint copy whole: toner lost in grains is smoothed over, and only there.

On good print smoothing costs Vietnamese its marks. On a copy of a copy the strokes are grey and
full of holes; unsmoothed, the recogniser takes the grains for letters and loses lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vnocr.imaging.ink import paper_brightness

if TYPE_CHECKING:
    from numpy.typing import NDArray

_INK_BELOW = 0.7
# Half the ink of a faint page is lighter than this share of the paper's brightness; the palest
# good print, with its soft edges, has 0.42.
_FAINT_FROM = 0.45
_SIGMA_AT_200_DPI = 0.8


def smooth_if_faint(grey: NDArray[np.uint8], dpi: int) -> NDArray[np.uint8]:
    """Return (height, width) `grey` smoothed if its print is faint, else unchanged."""
    sample = grey[::2, ::2]
    paper = paper_brightness(grey)
    ink = sample[sample < _INK_BELOW * paper]
    if ink.size == 0 or float(np.median(ink)) < _FAINT_FROM * paper:
        return grey
    import cv2

    smooth = cv2.GaussianBlur(grey, (0, 0), _SIGMA_AT_200_DPI * dpi / 200)
    return smooth.astype(np.uint8, copy=False)
