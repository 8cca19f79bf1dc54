"""Writes Vietnamese in the encodings of the years before Unicode, and builds fonts that show it.

The fonts are Tinos with its letters moved to the places where the ABC and VNI fonts kept them,
so that a page looks right while its text layer reads `Céng hoµ x· héi`.
Tables: TCVN 5712:1993 (ABC fonts) and the VNI-Windows layout.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from samplemaker.fonts import Face, path_of

TCVN3 = dict(
    zip(
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        strict=True,
    )
)
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_TONES = {_GRAVE: "ø", _ACUTE: "ù", _HOOK: "û", _TILDE: "õ", _DOT: "ï"}
_HAT_TONES = {"": "â", _GRAVE: "à", _ACUTE: "á", _HOOK: "å", _TILDE: "ã", _DOT: "ä"}
_BREVE_TONES = {"": "ê", _GRAVE: "è", _ACUTE: "é", _HOOK: "ú", _TILDE: "ü", _DOT: "ë"}
_HAT, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_VNI_WHOLE = {"đ": "ñ", "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}
_VNI_BASE = {("o", True): "ô", ("u", True): "ö"}


def to_vni(text: str) -> str:
    """Return Unicode `text` in VNI-Windows: a letter, then its mark."""
    return "".join(_vni_letter(letter) for letter in unicodedata.normalize("NFC", text))


def _vni_letter(letter: str) -> str:
    small = letter.lower()
    if small in _VNI_WHOLE:
        code = _VNI_WHOLE[small]
    else:
        base, *marks = unicodedata.normalize("NFD", small)
        if not marks:
            return letter
        tone = next((mark for mark in marks if mark in _TONES), "")
        if _HAT in marks:
            code = base + _HAT_TONES[tone]
        elif _BREVE in marks:
            code = base + _BREVE_TONES[tone]
        else:
            code = _VNI_BASE.get((base, _HORN in marks), base) + (_TONES[tone] if tone else "")
    return code.upper() if letter != small else code


def to_tcvn3(text: str) -> Iterator[tuple[str, bool]]:
    """Yield runs of TCVN3 and whether they belong in the capital font (`.VnTimeH`).

    TCVN3 has no accented capitals but Ă Â Đ Ê Ô Ơ Ư: the others are small letters shown
    by a font of capitals. A word all in capitals is set in that font as a whole.
    """
    capitals = {letter for letter in text if letter.isupper() and not letter.isascii()}
    if capitals - TCVN3.keys() and text == text.upper():
        yield "".join(TCVN3.get(letter, letter) for letter in text.lower()), True
        return
    run, high = "", False
    for letter in text:
        lifted = letter.isupper() and not letter.isascii() and letter not in TCVN3
        if lifted != high and run:
            yield run, high
            run = ""
        high = lifted
        run += TCVN3.get(letter.lower() if lifted else letter, letter)
    if run:
        yield run, high


def build_tcvn3_font(face: Face, *, capitals: bool, target: Path) -> None:
    """Write an ABC font (`.VnTime`, or `.VnTimeH` if `capitals`) of `face` to `target`."""
    font = TTFont(path_of(face))
    glyphs = font.getBestCmap()
    cmap = {code: name for code, name in glyphs.items() if 32 <= code < 127}
    cmap |= {ord(code): glyphs[ord(letter)] for letter, code in TCVN3.items()}
    if capitals:
        small = {letter: letter for letter in map(chr, range(ord("a"), ord("z") + 1))}
        small |= {letter: code for letter, code in TCVN3.items() if letter.islower()}
        cmap |= {ord(code): glyphs[ord(letter.upper())] for letter, code in small.items()}
    _save(font, cmap, f".VnTime{'H' if capitals else ''}{_style_of(face)}", target)


def build_vni_font(face: Face, target: Path) -> None:
    """Write a VNI font (`VNI-Times`) of `face`: its marks reach back and take no room."""
    font = TTFont(path_of(face))
    glyphs = font.getBestCmap()
    cmap = {code: name for code, name in glyphs.items() if 32 <= code < 127}
    for letter, code in (_VNI_WHOLE | {"ơ": "ô", "ư": "ö"}).items():
        cmap[ord(code)] = glyphs[ord(letter)]
        cmap[ord(code.upper())] = glyphs[ord(letter.upper())]
    for mark, (base, whole) in _mark_sources().items():
        for code, low, high in ((mark, base, whole), (mark.upper(), base.upper(), whole.upper())):
            if ord(code) not in cmap:
                cmap[ord(code)] = _add_mark(font, glyphs[ord(low)], glyphs[ord(high)], code)
    _save(font, cmap, f"VNI-Times{_style_of(face)}", target)


def _mark_sources() -> dict[str, tuple[str, str]]:
    """Return for each mark of VNI a bare letter and the same letter with the mark."""
    compose = unicodedata.normalize
    sources = {code: ("u", compose("NFC", "u" + mark)) for mark, code in _TONES.items()}
    sources |= {code: ("a", compose("NFC", "a" + _HAT + m)) for m, code in _HAT_TONES.items()}
    sources |= {code: ("a", compose("NFC", "a" + _BREVE + m)) for m, code in _BREVE_TONES.items()}
    return sources


def _add_mark(font: TTFont, bare: str, marked: str, code: str) -> str:
    """Add a glyph of no width: what `marked` has more than `bare`, set back over a letter.

    The letters differ in width, so the mark goes where it suits their mean.
    """
    glyph_set, advances = font.getGlyphSet(), font["hmtx"].metrics
    letters = "AEOU" if code.isupper() else "aeou"
    cmap = font.getBestCmap()
    half = sum(advances[cmap[ord(letter)]][0] for letter in letters) / len(letters) / 2
    pen = TTGlyphPen(None)
    shifted = TransformPen(pen, (1, 0, 0, 1, -round(advances[bare][0] / 2 + half), 0))
    for contour in _contours(glyph_set, marked)[len(_contours(glyph_set, bare)) :]:
        for name, points in contour:
            getattr(shifted, name)(*points)
    name = f"vnimark{ord(code):02x}"
    glyph = pen.glyph()
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    advances[name] = (0, glyph.xMin)
    return name


Contour = list[tuple[str, tuple[tuple[float, float], ...]]]


def _contours(glyph_set: dict[str, object], name: str) -> list[Contour]:
    pen = DecomposingRecordingPen(glyph_set)
    glyph_set[name].draw(pen)
    contours: list[Contour] = []
    for command in pen.value:
        if command[0] == "moveTo":
            contours.append([])
        contours[-1].append(command)
    return contours


def _style_of(face: Face) -> str:
    words = ("Bold" if face.bold else "") + ("Italic" if face.italic else "")
    return f"-{words}" if words else ""


def _save(font: TTFont, cmap: dict[int, str], name: str, target: Path) -> None:
    for table in font["cmap"].tables:
        table.cmap = dict(cmap)
    for table in ("GSUB", "GPOS", "GDEF", "kern", "DSIG"):
        if table in font:
            del font[table]
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = name
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(target)
