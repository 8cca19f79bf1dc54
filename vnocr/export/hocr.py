"""hOCR 1.2: the words of every page with boxes and confidences, as XHTML.

The text is the decided word; `x_seen` in the title holds what was recognised where it
differs (properties of one's own begin with x_). Boxes are pixels of the page as drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

from vnocr.export.layout import Block, PlacedLine, PlacedPage, PlacedWord, placed_pages
from vnocr.export.xml_text import xml_text
from vnocr.model import Box, Dispatch

if TYPE_CHECKING:
    from vnocr.pipeline import Toolkit

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
"""
_CAPABILITIES = "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrp_lang ocrp_wconf"


@dataclass(frozen=True, slots=True)
class HocrFile:
    """hOCR as a further file of a batch."""

    suffix: str = ".hocr"

    def write(
        self, dispatch: Dispatch, source: Path, target: Path, toolkit: Toolkit
    ) -> tuple[str, ...]:
        """Write the hOCR of `dispatch` to `target`."""
        target.write_text(to_hocr(dispatch), encoding="utf-8")
        return ()


def to_hocr(dispatch: Dispatch) -> str:
    """Return `dispatch` as hOCR. Raises UnsupportedError if it was read from text."""
    name = Path(dispatch.source.path).name
    root = Xml.Element("html", {"xmlns": "http://www.w3.org/1999/xhtml", "xml:lang": "vi"})
    root.set("lang", "vi")
    head = Xml.SubElement(root, "head")
    Xml.SubElement(head, "title").text = xml_text(dispatch.fields.subject or name)
    for key, value in (
        ("ocr-system", f"vnocr {dispatch.vnocr.version}"),
        ("ocr-capabilities", _CAPABILITIES),
        ("ocr-number-of-pages", str(len(dispatch.pages))),
        ("ocr-langs", "vi"),
    ):
        Xml.SubElement(head, "meta", name=key, content=xml_text(value))
    body = Xml.SubElement(root, "body")
    for page in placed_pages(dispatch):
        _add_page(body, page, name)
    Xml.indent(root, " ")
    # Not self-closing: a browser would take what follows an empty <span/> for its content.
    return _HEAD + Xml.tostring(root, "unicode", short_empty_elements=False) + "\n"


def _add_page(body: Xml.Element, page: PlacedPage, name: str) -> None:
    whole = Box(0, 0, page.width, page.height)
    title = f"image {_quoted(name)}; {_bbox(whole)}; ppageno {page.number - 1}"
    if page.dpi:
        title += f"; scan_res {page.dpi} {page.dpi}"
    node = _node(body, "div", "ocr_page", f"page_{page.number}", title)
    for number, block in enumerate(page.blocks, 1):
        _add_block(node, block, f"{page.number}_{number}", page.angle)


def _add_block(page: Xml.Element, block: Block, name: str, angle: float) -> None:
    area = _node(page, "div", "ocr_carea", f"block_{name}", _bbox(block.box))
    if block.region:
        area.set("data-region", block.region.value)
    paragraph = _node(area, "p", "ocr_par", f"par_{name}", _bbox(block.box))
    paragraph.set("lang", "vi")
    for number, line in enumerate(block.lines, 1):
        _add_line(paragraph, line, f"{name}_{number}", angle)


def _add_line(paragraph: Xml.Element, line: PlacedLine, name: str, angle: float) -> None:
    title = _bbox(line.box) + (f"; textangle {angle}" if angle else "")
    node = _node(paragraph, "span", "ocr_line", f"line_{name}", title)
    for number, placed in enumerate(line.words, 1):
        _add_word(node, placed, f"{name}_{number}", line.box)


def _add_word(line: Xml.Element, placed: PlacedWord, name: str, around: Box) -> None:
    word = placed.word
    title = f"{_bbox(placed.box or around)}; x_wconf {round(100 * word.confidence)}"
    if word.changed:
        title += f"; x_seen {_quoted(word.seen)}"
    _node(line, "span", "ocrx_word", f"word_{name}", title).text = xml_text(word.text)


def _node(parent: Xml.Element, tag: str, kind: str, name: str, title: str) -> Xml.Element:
    return Xml.SubElement(parent, tag, {"class": kind, "id": name, "title": xml_text(title)})


def _bbox(box: Box) -> str:
    return f"bbox {box.left} {box.top} {box.right} {box.bottom}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
