"""Composes number and date lines: print with ink, stamps or type in the slots, and the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFont

from digit_training.hands import Ink, Writer, new_writer, write
from digit_training.pictures import DigitPictures, FontHands
from vnocr.ocr.handwriting.tokens import NAM, NGAY, SLASH, SO, SUFFIXES, THANG

TALL, BASE = 96, 56  # the canvas, before it is cut to the strip
_ROMAN = ("Tinos-Regular", "FreeSerif", "Tinos-Bold", "DejaVuSerif", "Arimo-Regular")
_SLOPED = ("Tinos-Italic", "FreeSerifItalic", "Tinos-BoldItalic", "Tinos-Regular")
_STAMPS = ("Arimo-Regular", "Cousine-Regular", "Arimo-Bold", "Cousine-Bold", "FreeMono")
_FOLDERS = ("croscore", "freefont", "dejavu")
_RUNS = ((0, 1), (0, 2), (0, 3), (1, 3))
_CAPITALS = "ABCDĐEGHIKLMNOPQRSTUVXY"
_REAL_HANDS = 0.6  # share of ink that is not in an invented hand
_CAP_SHARE = 0.66  # height of capitals in these fonts, as a share of the size


@dataclass(frozen=True)
class Stock:
    """What lines are made of."""

    symbols: tuple[str, ...]
    places: tuple[str, ...]
    pictures: DigitPictures
    hands: FontHands
    invented: bool = True  # whether invented hands write too
    fonts: Path = Path("/usr/share/fonts/truetype")


@dataclass
class Sheet:
    """A line while it is composed: print and ink apart, and the answer so far."""

    cap: float
    font: str
    x: float = 8.0
    print: Ink = field(default_factory=lambda: np.zeros((TALL, 1400), np.uint8))
    ink: Ink = field(default_factory=lambda: np.zeros((TALL, 1400), np.uint8))
    answer: list[str] = field(default_factory=list)


@lru_cache(maxsize=400)
def _font(folder: Path, name: str, size: int) -> ImageFont.FreeTypeFont:
    for family in _FOLDERS:
        path = folder / family / f"{name}.ttf"
        if path.is_file():
            return ImageFont.truetype(str(path), size)
    raise FileNotFoundError(f"font {name} is not under {folder}; install the fonts of the samples")


def typeset(text: str, stock: Stock, font: str, cap: float) -> Ink:
    """Return `text` printed on a canvas TALL high, baseline at BASE."""
    return _render(text, stock.fonts, font, max(8, round(cap / _CAP_SHARE)))


@lru_cache(maxsize=6000)
def _render(text: str, folder: Path, font: str, size: int) -> Ink:
    face = _font(folder, font, size)
    picture = Image.new("L", (max(4, round(face.getlength(text)) + 6), TALL))
    ImageDraw.Draw(picture).text((2, BASE), text, 255, font=face, anchor="ls")
    return np.asarray(picture)


def lay(canvas: Ink, piece: Ink, x: float, row: int) -> None:
    """Put `piece` on `canvas` with its left at `x` and its top at `row`; what juts out is cut."""
    left, cut = max(0, round(x)), max(0, -row)
    piece = piece[cut : cut + TALL - max(0, row), : canvas.shape[1] - left]
    here = canvas[max(0, row) : max(0, row) + piece.shape[0], left : left + piece.shape[1]]
    np.maximum(here, piece, out=here)


def _print(sheet: Sheet, text: str, stock: Stock) -> None:
    piece = typeset(text, stock, sheet.font, sheet.cap)
    lay(sheet.print, piece, sheet.x, 0)
    sheet.x += piece.shape[1] - 4


def _gap(sheet: Sheet, share: float) -> None:
    sheet.x += share * sheet.cap


def number_line(stock: Stock, rng: Generator) -> Sheet:
    """Return a line as `Số: 1945/SYT-NVY`, its serial in ink, typed, stamped or missing."""
    sheet = Sheet(rng.uniform(16, 24), _pick(_ROMAN, rng, 0.6))
    _gap(sheet, rng.uniform(0, 2))
    if rng.random() < 0.95:
        _print(sheet, str(rng.choice(["Số:", "Số:", "Số:", "Số", "SỐ:", "Số :", "So:"])), stock)
        sheet.answer.append(SO)
    serial = _serial(rng)
    end = _fill(sheet, serial, rng.uniform(0.3, 4.5) if len(serial) < 4 else 3, stock, rng)
    party = rng.random() < 0.1
    symbol = _symbol(stock, rng)
    if party:
        _print(sheet, "-" + symbol.split("-")[0], stock)
        symbol = symbol.split("-")[-1]
    if rng.random() < 0.12 and not party:
        _slash(sheet, stock, rng, end)
        year = str(rng.integers(1995, 2030))
        _print(sheet, year, stock)
        sheet.answer.extend(year)
    _slash(sheet, stock, rng, end)
    _gap(sheet, rng.uniform(0, 0.4) * (rng.random() < 0.2))
    symbol = symbol[: int(rng.integers(1, 9 if rng.random() < 0.25 else 4))]
    _print(sheet, symbol, stock)
    sheet.answer.extend(sign for sign in symbol if sign.isdigit() or sign == "/")
    return sheet


@dataclass(frozen=True)
class _Part:
    """One word of a date line and the figure after it: `typed` is printed, `inked` written."""

    word: str
    token: str
    typed: str
    inked: str


def date_line(stock: Stock, rng: Generator, *, whole: bool = False) -> Sheet:
    """Return a line as `Huế, ngày 05 tháng 02 năm 2025`, its day or more in ink.

    Unless `whole`, most lines are only a part of one.
    """
    sheet = Sheet(rng.uniform(16, 23), _pick(_SLOPED, rng, 0.65))
    if rng.random() < 0.4:
        place = any_of(stock.places, rng)
        _print(sheet, place[-int(rng.integers(1, 7)) :] + ", ", stock)
    writer = new_writer(rng)
    parts = _parts(rng)
    parts = parts if whole else _some(parts, rng)
    for part in parts:
        _print(sheet, part.word + (" " if rng.random() < 0.8 else ""), stock)
        sheet.answer.append(part.token)
        if part.typed:
            _gap(sheet, rng.uniform(0, 0.5))
            _print(sheet, part.typed + ("" if part.inked else " "), stock)
            sheet.answer.extend(part.typed)
        if part.inked or not part.typed:
            _fill(sheet, part.inked, rng.uniform(0.5, 2.2), stock, rng, writer)
    if len(parts) == 1 and rng.random() < 0.7:
        _print(sheet, "tháng", stock)
        sheet.answer.append(THANG)
    return sheet


def _parts(rng: Generator) -> list[_Part]:
    day, month = str(rng.integers(1, 32)), str(rng.integers(1, 13))
    day = day.zfill(2) if rng.random() < 0.85 else day
    month = month.zfill(2) if rng.random() < (0.9 if int(month) < 3 else 0.25) else month
    year = str(rng.integers(1996, 2031))
    if rng.random() < 0.05:  # not yet dated
        day, month = "", month if rng.random() < 0.6 else ""
    typed_year = int(rng.choice([4, 2, 0], p=[0.87, 0.07, 0.06]))
    return [
        _Part("ngày", NGAY, "", day) if rng.random() < 0.75 else _Part("ngày", NGAY, day, ""),
        _Part("tháng", THANG, "", month)
        if rng.random() < 0.3
        else _Part("tháng", THANG, month, ""),
        _Part("năm", NAM, year[:typed_year], year[typed_year:]),
    ]


def _some(parts: list[_Part], rng: Generator) -> list[_Part]:
    """Return a run of the parts: short lines are learned faster, whole ones must be known too."""
    first, last = _RUNS[int(rng.choice(len(_RUNS), p=[0.18, 0.42, 0.3, 0.1]))]
    return parts[first:last]


def _symbol(stock: Stock, rng: Generator) -> str:
    if rng.random() < 0.5:
        return any_of(stock.symbols, rng)
    groups = rng.integers(2, 6, int(rng.integers(1, 4)))
    return "-".join("".join(rng.choice(list(_CAPITALS), size)) for size in groups)


def _serial(rng: Generator) -> str:
    length = int(rng.choice([0, 1, 2, 3, 4, 5], p=[0.04, 0.04, 0.22, 0.3, 0.33, 0.07]))
    text = "".join(str(d) for d in rng.integers(0, 10, length))
    if length == 1 and rng.random() < 0.7:
        text = "0" + text
    elif length > 2 and text[0] == "0" and rng.random() < 0.7:
        text = str(rng.integers(1, 10)) + text[1:]
    if text and rng.random() < 0.03:  # rare: an A is a 4 as a rule
        text += str(rng.choice(SUFFIXES))
    return text


def _fill(
    sheet: Sheet,
    text: str,
    room: float,
    stock: Stock,
    rng: Generator,
    writer: Writer | None = None,
) -> float:
    """Fill a slot with `text`; return where it ends. The print goes on about there."""
    begin, room = sheet.x, room * sheet.cap
    sheet.answer.extend(text)
    kind = rng.random()
    lead = rng.normal(0.15, 0.25) * sheet.cap
    width, tail = 0.0, 0.0
    if not text:
        width = max(room, sheet.cap)
    elif kind < 0.1 and writer is None:  # typed
        font, lead = (sheet.font if rng.random() < 0.7 else _pick(_ROMAN, rng, 0.3)), 0.0
        piece = typeset(text, stock, font, sheet.cap * rng.uniform(0.95, 1.05))
        lay(sheet.print, piece, begin + rng.uniform(0, 0.6) * sheet.cap, int(rng.integers(-2, 3)))
        width, tail = piece.shape[1], rng.uniform(-0.1, 0.3)
    elif kind < 0.18 and writer is None:  # stamped
        piece = typeset(text, stock, _pick(_STAMPS, rng, 0.3), sheet.cap * rng.uniform(0.9, 1.5))
        lay(sheet.ink, piece, begin + rng.uniform(0, 0.5) * sheet.cap, int(rng.integers(-5, 6)))
        width, tail = piece.shape[1], rng.uniform(-0.1, 0.8)
    else:
        width = _write(sheet, text, begin + lead, stock, rng, writer) + lead
        tail = rng.normal(0.15, 0.3)
        if rng.random() < 0.5:
            width = max(width, room)
    if rng.random() < (0.55 if not text else 0.2):
        _leader(sheet, begin, width, stock, rng)
    sheet.x = begin + max(2.0, width + tail * sheet.cap)
    return begin + width


def _write(
    sheet: Sheet, text: str, x: float, stock: Stock, rng: Generator, writer: Writer | None
) -> float:
    height = sheet.cap * float(np.clip(rng.lognormal(0.26, 0.19), 0.9, 1.75))
    hand = rng.random() * (1.0 if stock.invented else _REAL_HANDS)
    if hand < 0.15 and text.isdigit():
        piece, base = stock.pictures.write(text, height, rng)
    elif hand < _REAL_HANDS:
        piece, base = stock.hands.write(text, height, rng)
    else:
        piece, base = write(text, writer or new_writer(rng), height, rng)
    if rng.random() < 0.4:
        piece = waver(piece, height, rng)
    drop = rng.normal(0.05, 0.14) * sheet.cap
    if rng.random() < 0.4:  # written uphill or downhill
        lean = rng.normal(0, 0.05)
        matrix = np.array([[1, 0, 0], [lean, 1, -lean * piece.shape[1] / 2]])
        piece = cv2.warpAffine(piece, matrix, (piece.shape[1], piece.shape[0]))
    lay(sheet.ink, piece, x, round(BASE + drop - base))
    return float(piece.shape[1])


def waver(piece: Ink, height: float, rng: Generator) -> Ink:
    """Return `piece` with its strokes bent a little, differently from place to place."""
    rows, columns = piece.shape
    coarse = (max(2, round(columns / height * 2)), max(2, round(rows / height * 2)))
    shift = rng.normal(0, 0.045 * height, (2, coarse[1], coarse[0])).astype(np.float32)
    down, across = (cv2.resize(part, (columns, rows), interpolation=cv2.INTER_CUBIC)
                    for part in shift)  # fmt: skip
    y, x = np.mgrid[:rows, :columns].astype(np.float32)
    return cv2.remap(piece, x + across, y + down, cv2.INTER_LINEAR)


def _leader(sheet: Sheet, begin: float, width: float, stock: Stock, rng: Generator) -> None:
    dots = str(rng.choice([".", ".", "…", "_", "-"], p=[0.35, 0.25, 0.3, 0.06, 0.04]))
    one = typeset(dots * 12, stock, sheet.font, sheet.cap).shape[1] / 12
    count = max(1, round(width / max(one, 1.0)))
    lay(sheet.print, typeset(dots * count, stock, sheet.font, sheet.cap), begin, 0)


def _slash(sheet: Sheet, stock: Stock, rng: Generator, end: float) -> None:
    sheet.answer.append(SLASH)
    if rng.random() < 0.08:
        piece, base = write("/", new_writer(rng), sheet.cap * rng.uniform(0.9, 1.4), rng)
        lay(sheet.ink, piece, max(sheet.x, end), BASE - base)
        sheet.x = max(sheet.x, end) + piece.shape[1]
    else:
        _print(sheet, "/", stock)


def any_of(texts: tuple[str, ...], rng: Generator) -> str:
    """Return one of `texts`, each as likely."""
    return texts[int(rng.integers(len(texts)))]


def _pick(names: tuple[str, ...], rng: Generator, first: float) -> str:
    """Return the first name in a share of `first`, else any of the others."""
    return names[0] if rng.random() < first else names[int(rng.integers(1, len(names)))]
