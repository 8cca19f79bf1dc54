"""A font without ink for the text layer of searchable copies.

Every character that occurs gets a code of its own, all codes show one blank glyph, and
the ToUnicode map says what each code means. So any letter can be searched and copied,
whatever fonts a reader has (the method of Tesseract's and OCRmyPDF's glyphless fonts).
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf

# Of an em, as the blank glyph is wide; its box goes from the baseline one em up.
GLYPH_WIDTH = 0.5
_UNITS = 1000
_NAME = "VnocrInvisible"
# Readers refuse longer blocks in a map.
_BLOCK = 100


class InvisibleFont:
    """Encodes text, and then becomes a font of the PDF with what was encoded."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def encode(self, signs: Iterable[str]) -> bytes:
        """Return the codes of `signs`, two bytes each; a sign is mostly one character."""
        codes = (self._codes.setdefault(sign, len(self._codes) + 1) for sign in signs)
        return b"".join(code.to_bytes(2, "big") for code in codes)

    def register(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """Put the font, with every character encoded so far, into `pdf`."""
        from pikepdf import Array, Dictionary, Name

        width = round(GLYPH_WIDTH * _UNITS)
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/" + _NAME),
            Flags=4,
            FontBBox=Array([0, 0, width, _UNITS]),
            ItalicAngle=0,
            Ascent=_UNITS,
            Descent=-1,  # readers take 0 for unknown
            CapHeight=_UNITS,
            StemV=80,
            FontFile2=pdf.make_stream(_blank_font(width)),
        )
        system = Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0)
        glyphs = b"\x00\x00" + b"\x00\x01" * len(self._codes)
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name("/" + _NAME),
            CIDSystemInfo=system,
            CIDToGIDMap=pdf.make_stream(glyphs),
            DW=width,
            FontDescriptor=pdf.make_indirect(descriptor),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=Name("/" + _NAME),
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(descendant)]),
                ToUnicode=pdf.make_stream(self._to_unicode()),
            )
        )

    def _to_unicode(self) -> bytes:
        parts = [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        ]
        for block in _blocks(list(self._codes.items())):
            rows = (f"<{code:04X}> <{letter.encode('utf-16-be').hex()}>" for letter, code in block)
            parts += [f"{len(block)} beginbfchar", *rows, "endbfchar"]
        parts += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
        return "\n".join(parts).encode("ascii")


def _blocks(items: list[tuple[str, int]]) -> list[list[tuple[str, int]]]:
    return [items[start : start + _BLOCK] for start in range(0, len(items), _BLOCK)]


def _blank_font(width: int) -> bytes:
    """Return a TrueType font of two glyphs without outlines."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    names = [".notdef", "blank"]
    builder = FontBuilder(_UNITS, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({0x20: "blank"})
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in names})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (width, 0)))
    builder.setupHorizontalHeader(ascent=_UNITS, descent=-1)
    builder.setupNameTable({"familyName": _NAME, "styleName": "Regular"})
    builder.setupPost()
    stream = io.BytesIO()
    builder.save(stream)
    return stream.getvalue()
