"""Finds the fonts and measures text in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
)
_STYLES = {
    "Tinos": ("Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"),
    "Arimo": ("Arimo-Regular", "Arimo-Bold", "Arimo-Italic", "Arimo-BoldItalic"),
    "FreeSerif": ("FreeSerif", "FreeSerifBold", "FreeSerifItalic", "FreeSerifBoldItalic"),
}
_PACKAGES = {
    "Tinos": "fonts-croscore",
    "Arimo": "fonts-croscore",
    "FreeSerif": "fonts-freefont-ttf",
}


class FontMissingError(Exception):
    """A font is not installed; the message names the Debian package that holds it."""


@dataclass(frozen=True, slots=True)
class Face:
    """A family with its weight and slant."""

    family: str
    bold: bool = False
    italic: bool = False

    @property
    def file_stem(self) -> str:
        """The name of the font file without its ending."""
        return _STYLES[self.family][self.bold + 2 * self.italic]


@lru_cache
def path_of(face: Face) -> Path:
    """Return the font file of `face`.

    Raises FontMissingError if it is not installed.
    """
    wanted = f"{face.file_stem}.ttf"
    for folder in _FOLDERS:
        for path in sorted(folder.rglob(wanted)):
            return path
    raise FontMissingError(
        f"The font {face.file_stem} is not installed. "
        f"On Debian or Ubuntu: apt-get install {_PACKAGES[face.family]}"
    )


@lru_cache
def _advances(face: Face) -> dict[str, float]:
    font = TTFont(path_of(face), lazy=True)
    scale = 1 / font["head"].unitsPerEm
    widths = font["hmtx"].metrics
    return {chr(code): widths[name][0] * scale for code, name in font.getBestCmap().items()}


def width(text: str, face: Face, size: float) -> float:
    """Return how wide `text` is in points.

    Raises ValueError naming the letters that the font has no glyph for.
    """
    advances = _advances(face)
    if missing := sorted(set(text) - advances.keys()):
        raise ValueError(f"{face.file_stem} has no glyph for {', '.join(map(repr, missing))}")
    return size * sum(advances[letter] for letter in text)
