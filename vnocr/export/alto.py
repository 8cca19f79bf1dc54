"""ALTO 4: the words of every page with boxes, confidences and both readings.

CONTENT is the decided word; where it differs from what was recognised, an ALTERNATIVE with
PURPOSE "seen" holds that. Boxes are pixels of the page as drawn, at its dpi. Format: ALTO of
the Library of Congress, version 4.2, which every later 4.x contains.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

from vnocr.export.layout import Block, PlacedLine, PlacedPage, PlacedWord, placed_pages
from vnocr.export.xml_text import xml_text
from vnocr.model import Box, Dispatch, Region

if TYPE_CHECKING:
    from vnocr.pipeline import Toolkit

_NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = f"{_NAMESPACE} http://www.loc.gov/standards/alto/v4/alto-4-2.xsd"
_LANGUAGE = "vi"


@dataclass(frozen=True, slots=True)
class AltoFile:
    """ALTO as a further file of a batch."""

    suffix: str = ".alto.xml"

    def write(
        self, dispatch: Dispatch, source: Path, target: Path, toolkit: Toolkit
    ) -> tuple[str, ...]:
        """Write the ALTO of `dispatch` to `target`."""
        target.write_text(to_alto(dispatch), encoding="utf-8")
        return ()


def to_alto(dispatch: Dispatch) -> str:
    """Return `dispatch` as ALTO 4. Raises UnsupportedError if it was read from text."""
    root = Xml.Element("alto", {"xmlns": _NAMESPACE, "xmlns:xsi": _INSTANCE})
    root.set("xsi:schemaLocation", _SCHEMA)
    _describe(root, dispatch)
    pages = list(placed_pages(dispatch))
    regions = sorted({block.region for page in pages for block in page.blocks if block.region})
    if regions:
        tags = Xml.SubElement(root, "Tags")
        for region in regions:
            Xml.SubElement(tags, "LayoutTag", ID=_tag(region), LABEL=region.value)
    layout = Xml.SubElement(root, "Layout")
    for page in pages:
        _add_page(layout, page)
    Xml.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, "unicode") + "\n"


def _describe(root: Xml.Element, dispatch: Dispatch) -> None:
    description = Xml.SubElement(root, "Description")
    Xml.SubElement(description, "MeasurementUnit").text = "pixel"
    image = Xml.SubElement(description, "sourceImageInformation")
    Xml.SubElement(image, "fileName").text = xml_text(Path(dispatch.source.path).name)
    Xml.SubElement(image, "fileIdentifier").text = f"sha256:{dispatch.source.sha256}"
    processing = Xml.SubElement(description, "Processing", ID="vnocr")
    software = Xml.SubElement(processing, "processingSoftware")
    Xml.SubElement(software, "softwareName").text = "vnocr"
    Xml.SubElement(software, "softwareVersion").text = xml_text(dispatch.vnocr.version)


def _add_page(layout: Xml.Element, page: PlacedPage) -> None:
    size = {"WIDTH": str(page.width), "HEIGHT": str(page.height)}
    name = f"page{page.number}"
    named = {"ID": name, "PHYSICAL_IMG_NR": str(page.number)}
    node = Xml.SubElement(layout, "Page", named | size)
    space = Xml.SubElement(node, "PrintSpace", {"HPOS": "0", "VPOS": "0"} | size)
    for number, block in enumerate(page.blocks, 1):
        _add_block(space, block, f"{name}_block{number}", page.angle)


def _add_block(space: Xml.Element, block: Block, name: str, angle: float) -> None:
    node = Xml.SubElement(space, "TextBlock", {"ID": name, "LANG": _LANGUAGE} | _place(block.box))
    if block.region:
        node.set("TAGREFS", _tag(block.region))
    if angle:
        node.set("ROTATION", str(angle))
    for number, line in enumerate(block.lines, 1):
        _add_line(node, line, f"{name}_line{number}")


def _add_line(block: Xml.Element, line: PlacedLine, name: str) -> None:
    node = Xml.SubElement(block, "TextLine", {"ID": name} | _place(line.box))
    for number, placed in enumerate(line.words, 1):
        if number > 1:
            Xml.SubElement(node, "SP")
        _add_word(node, placed, f"{name}_word{number}")


def _add_word(line: Xml.Element, placed: PlacedWord, name: str) -> None:
    word = placed.word
    node = Xml.SubElement(line, "String", ID=name, CONTENT=xml_text(word.text))
    node.set("WC", f"{word.confidence:.4f}")
    if placed.box:
        for key, value in _place(placed.box).items():
            node.set(key, value)
    if word.changed:
        Xml.SubElement(node, "ALTERNATIVE", PURPOSE="seen").text = xml_text(word.seen)


def _place(box: Box) -> dict[str, str]:
    return {
        "HPOS": str(box.left),
        "VPOS": str(box.top),
        "WIDTH": str(box.width),
        "HEIGHT": str(box.height),
    }


def _tag(region: Region) -> str:
    return f"region-{region.value}"
