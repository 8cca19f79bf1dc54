"""The invisible words of one page of a searchable copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from statistics import median
from typing import TYPE_CHECKING, Any

from vnocr.export.invisible_font import GLYPH_WIDTH, InvisibleFont
from vnocr.export.xml_text import xml_text
from vnocr.model import Box, Line, Page

if TYPE_CHECKING:
    from vnocr.export.pdf_pages import Placement

FONT_NAME = "/VnocrInvisible"
_INVISIBLE = 3
_PLACES = 7
# Readers join words that stand nearer than about a seventh of the height of the letters.
_LEAST_BLANK = 0.2
# Two blanks as one sign, which Poppler takes for a letter: no hyphen ends the line any more.
_AFTER_HYPHEN = "  "


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text that spans from `left` to `right`, in pixels."""

    text: str
    left: float
    right: float


def text_layer(page: Page, font: InvisibleFont, sheet: Placement) -> bytes:
    """Return the content stream that shows the words of `page` without ink.

    The resources of the PDF page must name the font `FONT_NAME`.
    """
    from pikepdf import Name
    from pikepdf.canvas import ContentStreamBuilder

    stream: Any = ContentStreamBuilder()  # type: ignore[no-untyped-call]
    stream.push()
    stream.begin_text()
    stream.set_text_rendering(_INVISIBLE)
    above = Box(0, 0, page.width or 1, 1)
    for line in page.lines:
        band = _band(line, above)
        stream.set_text_font(Name(FONT_NAME), band.height)
        for piece in _pieces(line, band):
            _show(stream, piece, band, font, sheet)
        above = band
    stream.end_text()
    stream.pop()
    content: bytes = stream.build()
    return content


def _show(stream: Any, piece: _Piece, band: Box, font: InvisibleFont, sheet: Placement) -> None:
    """Show one word level with the page's edge, its middle where it belongs.

    Readers part the letters of a word when each stands a little lower than the one before,
    as on a tilted line.
    """
    from pikepdf import Matrix as PdfMatrix

    width = _width(piece)
    signs = [piece.text] if piece.text == _AFTER_HYPHEN else list(piece.text)
    natural = len(signs) * GLYPH_WIDTH * band.height
    stream.set_text_horizontal_scaling(round(100 * width / natural, 3))
    middle = sheet.tilted @ [(piece.left + piece.right) / 2, (band.top + band.bottom) / 2, 1]
    upright = sheet.upright[:2, :2]
    x, y = middle[:2] + upright @ [-width / 2, band.height / 2]
    (a, c), (b, d) = upright.round(_PLACES).tolist()
    # Pixels count downwards, text stands upright: the second axis is mirrored.
    stream.set_text_matrix(PdfMatrix(a, b, -c, -d, round(float(x), 3), round(float(y), 3)))
    stream.show_text(font.encode(signs))


def _band(line: Line, above: Box) -> Box:
    """Return where the letters of `line` stand; readers join words by one common height."""
    boxes = [word.box for word in line.words if word.box and word.text]
    if not boxes:
        return line.box if line.box and line.box.height > 0 else above
    # The middling word: the tallest would reach into the next line, and readers would mix them.
    top = round(median(box.top for box in boxes))
    bottom = max(round(median(box.bottom for box in boxes)), top + 1)
    return Box(min(box.left for box in boxes), top, max(box.right for box in boxes), bottom)


def _pieces(line: Line, band: Box) -> Iterator[_Piece]:
    """Yield the words and the blanks between them.

    Readers join a line that ends in a hyphen with the next and drop the hyphen. Vietnamese
    words are not parted so: it belongs to a number (QĐ-UBND) and must stay.
    """
    words, blank = _words(line, band), _LEAST_BLANK * band.height
    for word, after in zip_longest(words, words[1:]):
        if after is None:
            yield word
            if word.text.endswith("-"):
                yield _Piece(_AFTER_HYPHEN, word.right, word.right + blank)
            continue
        right = word.right
        if word.left < after.left < right + blank:
            right = max(after.left - blank, (word.left + after.left) / 2)
        yield _Piece(word.text, word.left, right)
        yield _Piece(" ", right, after.left if after.left > right else right + blank)


def _words(line: Line, band: Box) -> list[_Piece]:
    """Return the words with text; those without a box share out the width of the line."""
    words = [(xml_text(word.text), word.box) for word in line.words if word.text]
    if not all(box for _, box in words):
        return _shared_out([text for text, _ in words], band.left, band.right)
    pieces = [_Piece(text, box.left, max(box.right, box.left + 1)) for text, box in words if box]
    return [piece for stack in _stacks(pieces) for piece in _beside_each_other(stack)]


def _stacks(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Group neighbours of which one stands over half of the other, as in misread ink."""
    stacks: list[list[_Piece]] = []
    for piece in pieces:
        before = stacks[-1][-1] if stacks else None
        if before and _covered(before, piece) > min(_width(before), _width(piece)) / 2:
            stacks[-1].append(piece)
        else:
            stacks.append([piece])
    return stacks


def _beside_each_other(stack: list[_Piece]) -> list[_Piece]:
    """Return words that stand over each other as neighbours, so that readers part them."""
    if len(stack) == 1:
        return stack
    left, right = min(one.left for one in stack), max(one.right for one in stack)
    return _shared_out([one.text for one in stack], left, right)


def _covered(one: _Piece, other: _Piece) -> float:
    return min(one.right, other.right) - max(one.left, other.left)


def _width(piece: _Piece) -> float:
    return piece.right - piece.left


def _shared_out(texts: list[str], left: float, right: float) -> list[_Piece]:
    """Let `texts` share the room from `left` to `right`, a letter's room between them."""
    letters = sum(len(text) + 1 for text in texts)
    scale, pieces = max(right - left, letters) / letters, []
    for text in texts:
        pieces.append(_Piece(text, left, left + len(text) * scale))
        left += (len(text) + 1) * scale
    return pieces
