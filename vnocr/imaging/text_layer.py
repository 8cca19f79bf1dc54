"""The text that a PDF page itself holds: words with boxes, rows in columns, fonts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from vnocr.model import Box, Line, Page, Word
from vnocr.vietnamese.legacy import convert, detect, legacy_font
from vnocr.vietnamese.unicode import nfc

_POINTS_PER_INCH = 72
# Blanks wider than this many letter heights part columns, as in a letterhead.
_COLUMN_GAP = 1.8
# Nearer than this many letter heights stand letters of one word; a blank takes twice as much.
_WORD_GAP = 0.1
_CERTAIN = 0.99


@dataclass(frozen=True, slots=True)
class TextLayer:
    """A page's own text. `image_share` is the share of the page that images cover, 0..1."""

    page: Page
    fonts: frozenset[str]
    image_share: float


def layer_from_pdf_page(page: Any, number: int, dpi: int) -> TextLayer | None:
    """Return the layer of a pdfplumber page; boxes in pixels at `dpi`. None without words."""
    found = page.extract_words(
        extra_attrs=["fontname"], keep_blank_chars=False, use_text_flow=False
    )
    if not found:
        return None
    scale = dpi / _POINTS_PER_INCH
    fonts = frozenset(word["fontname"].rpartition("+")[2] for word in found)
    encoding = detect(" ".join(word["text"] for word in found))
    lines = tuple(
        Line(words, Box.around(word.box for word in words))
        for row in _rows(found)
        for words in [tuple(_word(parts, page, scale, encoding) for parts in _joined(row))]
    )
    origin = "legacy-text-layer" if encoding else "text-layer"
    size = (round(float(page.width) * scale), round(float(page.height) * scale))
    content = Page(number, lines, origin, *size, dpi)  # type: ignore[arg-type]
    return TextLayer(content, fonts, _image_share(page))


def _word(parts: list[dict[str, Any]], page: Any, scale: float, encoding: Any) -> Word:
    left, top = float(page.bbox[0]), float(page.bbox[1])
    box = Box(
        round((min(part["x0"] for part in parts) - left) * scale),
        round((min(part["top"] for part in parts) - top) * scale),
        round((max(part["x1"] for part in parts) - left) * scale),
        round((max(part["bottom"] for part in parts) - top) * scale),
    )
    seen = "".join(part["text"] for part in parts)
    text = "".join(_unicode(part, encoding) for part in parts)
    return Word(seen, nfc(text), box, _CERTAIN)


def _unicode(part: dict[str, Any], encoding: Any) -> str:
    text: str = part["text"]
    if not encoding:
        return text
    font = legacy_font(part["fontname"])
    return convert(text, encoding, capitals=bool(font and font.capitals))


def _joined(row: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Join what touches: a word ends where its font changes, as behind the `Ủ` of `Ủy`."""
    words: list[list[dict[str, Any]]] = []
    for part in row:
        if words and _touches(words[-1][-1], part):
            words[-1].append(part)
        else:
            words.append([part])
    return words


def _touches(one: dict[str, Any], other: dict[str, Any]) -> bool:
    near = _WORD_GAP * min(one["bottom"] - one["top"], other["bottom"] - other["top"])
    level = abs(one["bottom"] - other["bottom"]) <= near
    return bool(level and one["fontname"] != other["fontname"] and other["x0"] - one["x1"] < near)


def _rows(words: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Join words into lines, from left to right; a wide blank ends a line, as between columns."""
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda one: one["x0"]):
        before = [row for row in rows if _goes_on(row[-1], word)]
        if before:
            min(before, key=lambda row: abs(row[-1]["bottom"] - word["bottom"])).append(word)
        else:
            rows.append([word])
    return sorted(rows, key=lambda row: (row[0]["bottom"], row[0]["x0"]))


def _goes_on(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether `other` stands on the line of `one`, to its right and near it."""
    overlap = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    height = min(one["bottom"] - one["top"], other["bottom"] - other["top"])
    gap = other["x0"] - one["x1"]
    return bool(overlap > 0.5 * height and -0.5 * height < gap < _COLUMN_GAP * height)


def _image_share(page: Any) -> float:
    """Scanners cut pages into strips, so the shares of all images count together."""
    area = float(page.width) * float(page.height)
    covered = 0.0
    for image in page.images:
        width = min(image["x1"], page.bbox[2]) - max(image["x0"], page.bbox[0])
        height = min(image["bottom"], page.bbox[3]) - max(image["top"], page.bbox[1])
        covered += max(width, 0.0) * max(height, 0.0)
    return min(1.0, covered / area) if area else 0.0
