"""Decide, for each page, whether its own text can be trusted or its picture must be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from vnocr.imaging.text_layer import TextLayer
from vnocr.model import Page
from vnocr.vietnamese.syllable import is_syllable
from vnocr.vietnamese.unicode import strip_marks

# What viewers print into the box of a digital signature; the dispatch itself is a picture.
_SIGNATURE_LINE = re.compile(
    r"^\W*(ky boi|nguoi ky|duoc ky boi|thoi gian ky|ngay ky|co quan|to chuc|email|signed by"
    r"|signature|digitally|date|location|reason)\b"
)
_STAMP_TIME = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}.{0,3}\d{1,2}:\d{2}|[+]07:?00")
_FEW_LETTERS = 80
_SCAN_SHARE = 0.6
# Few letters beside pictures that cover this much of the page are not its text.
_PICTURE_SHARE = 0.2
# Share of words that are Vietnamese syllables, and of those the share that carry marks.
# Running Vietnamese has about 0.9 and 0.75; text recognised as English has 0.5 and 0.3.
_GOOD_SYLLABLES, _GOOD_MARKS = 0.75, 0.5
# Over a scan the layer is some program's recognition: it must be nearly spotless.
_SPOTLESS_SYLLABLES, _SPOTLESS_MARKS = 0.9, 0.65


@dataclass(frozen=True, slots=True)
class SourceDecision:
    """`page` is the trusted text; None means the picture must be read. `reason` says why.

    `certain` text was written by the program that made the document; other trusted text is
    some program's recognition, or its origin is unknown, and may still need repair. `witness` is
    text that is not trusted, but may be heard where the picture is in doubt.
    """

    page: Page | None
    reason: str
    certain: bool = False
    witness: Page | None = None


def decide(layer: TextLayer | None) -> SourceDecision:
    """Return where the text of a page comes from."""
    if layer is None:
        return SourceDecision(None, "image page: no text layer")
    page = layer.page
    if page.origin == "text":
        return SourceDecision(page, page.reason)  # how well it was recognised is unknown
    letters = sum(map(str.isalpha, _without_signature(page)))
    over_scan = layer.image_share >= _SCAN_SHARE
    if letters < _FEW_LETTERS and layer.image_share >= _PICTURE_SHARE:
        return SourceDecision(None, "image page: its only text is a signature block")
    if letters == 0:
        return SourceDecision(None, "image page: no letters in the text layer")
    syllables, marks = _quality(page)
    if over_scan:
        good = syllables >= _SPOTLESS_SYLLABLES and marks >= _SPOTLESS_MARKS
    else:
        good = syllables >= _GOOD_SYLLABLES and marks >= _GOOD_MARKS
    figures = f"{syllables:.0%} Vietnamese syllables, {marks:.0%} of them marked"
    if not good:
        witness = page if page.origin == "text-layer" else None
        reason = f"image page: poor text layer ({figures})"
        return SourceDecision(None, reason, witness=witness)
    kind = "text in an old encoding, converted" if page.origin == "legacy-text-layer" else "text"
    reason = f"{kind} layer trusted ({figures})"
    return SourceDecision(replace(page, reason=reason), reason, certain=not over_scan)


def _without_signature(page: Page) -> str:
    kept = [
        line.text
        for line in page.lines
        if not _SIGNATURE_LINE.match(strip_marks(line.text).lower())
        and not _STAMP_TIME.search(line.text)
    ]
    return "".join(kept)


def _quality(page: Page) -> tuple[float, float]:
    words = [
        text
        for line in page.lines
        for word in line.words
        if (text := word.text.strip(".,;:()[]\"'“”/-!?")) and text.isalpha()
    ]
    syllables = [word for word in words if is_syllable(word)]
    marked = sum(word != strip_marks(word) for word in syllables)
    return len(syllables) / max(len(words), 1), marked / max(len(syllables), 1)
