"""Reading the handwritten, stamped or typed number and date of a letterhead."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from vnocr.errors import DictionaryError
from vnocr.model import Page, PageImage, Reading
from vnocr.ocr.handwriting.decode import beams, dates, posterior, serials
from vnocr.ocr.handwriting.normalise import Track, darkness, settle, strip
from vnocr.ocr.handwriting.slots import find_slots
from vnocr.ocr.handwriting.tokens import TOKENS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = "digit-reader.onnx"
CALIBRATION = "digit-reader.json"
SOURCE = "handwriting"
_ZOOMS = (0.88, 1.0, 1.13)


@dataclass(frozen=True, slots=True)
class LetterheadReader:
    """A loaded line reader; cheap to call, not to be shared between threads."""

    net: Any
    temperatures: dict[str, float]

    @classmethod
    def load(cls, folder: Path) -> LetterheadReader:
        """Load weights and calibration from `folder`.

        Raises DictionaryError naming the file if one is missing or damaged.
        """
        import cv2

        weights, calibration = folder / WEIGHTS, folder / CALIBRATION
        try:
            net = cv2.dnn.readNetFromONNX(_bytes(weights))
            values = json.loads(_bytes(calibration).tobytes())
            if tuple(values["tokens"]) != TOKENS:
                raise ValueError("made for other tokens")
            temperatures = {name: float(v) for name, v in values["temperatures"].items()}
        except (OSError, cv2.error, ValueError, KeyError, TypeError) as error:
            raise DictionaryError(
                f"{weights}: cannot load the reader of handwriting: {error}. "
                "Install vnocr again or point `dictionaries` at a complete folder."
            ) from error
        return cls(net, temperatures)

    def read(self, image: PageImage, page: Page) -> tuple[Reading, ...]:
        """Return what stands in the number line and the date line of `page`.

        `image` is the page in colour (RGB), upright, in the pixels of the boxes of `page`;
        grey works, but seals then stand in the way. A line that is not found, blank or
        unreadable gives no reading. `candidates` of a reading are likeliest first.
        """
        slots = find_slots(page)
        dark = darkness(image.pixels)
        found = (
            self._reading(dark, slots.number, "number", page.number),
            self._reading(dark, slots.date, "date", page.number),
        )
        return tuple(reading for reading in found if reading is not None)

    def _reading(
        self,
        dark: NDArray[np.uint8],
        track: Track | None,
        kind: Literal["number", "date"],
        page: int,
    ) -> Reading | None:
        if track is None or track.right - track.left < track.cap_height:
            return None
        looks = self.looks(dark, settle(dark, track))
        candidates = posterior(values_of(looks, kind), self.temperatures[kind])
        if not candidates:
            return None
        return Reading(kind, page, track.box, _raw(looks), candidates, SOURCE)

    def looks(self, dark: NDArray[np.uint8], track: Track) -> list[dict[str, float]]:
        """Return the likely readings of a line of a page's `darkness`, once for each zoom."""
        return [beams(self.scores(strip(dark, track, zoom))) for zoom in _ZOOMS]

    def scores(self, picture: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the network's scores (classes, steps) for a strip."""
        self.net.setInput(picture[None, None])
        output: NDArray[np.float32] = self.net.forward()
        return output.reshape(len(TOKENS), -1)


def values_of(
    looks: Sequence[dict[str, float]], kind: Literal["number", "date"]
) -> list[dict[str, float]]:
    """Return the values that each look holds, with their mass."""
    return [serials(look) if kind == "number" else dates(look) for look in looks]


def _raw(looks: Sequence[dict[str, float]]) -> str:
    """Return the likeliest string of the middle look, anchors written out."""
    middle = looks[len(looks) // 2]
    best = max(middle, key=lambda text: middle[text])
    words = {"§": "Số ", "n": "ngày ", "t": " tháng ", "m": " năm "}
    return "".join(words.get(sign, sign) for sign in best).strip()


def _bytes(path: Path) -> NDArray[np.uint8]:
    import numpy as np

    return np.frombuffer(path.read_bytes(), np.uint8)
