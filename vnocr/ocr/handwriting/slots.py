"""Finding the number line and the date line of a page by the printed words in them.

Recognisers read the print around ink well and the ink badly, so only anchors are trusted:
Số and /SYMBOL, ngày, tháng and năm. They are matched without marks and one letter off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from vnocr.model import Box, Page
from vnocr.ocr.handwriting.normalise import Track
from vnocr.vietnamese.unicode import fold, nfc

_HEAD = 0.7  # the letterhead ends this share of the page's width below its top
# What a word's box says of the print: capitals' height and depth of the tail under the
# baseline, as shares of the box; measured on the proportions of Times.
_PROPORTIONS = {
    "so": (0.72, 0.0),
    "ngay": (0.72, 0.24),
    "thang": (0.72, 0.24),
    "nam": (0.95, 0.0),
    "symbol": (0.9, 0.03),
}
_SYMBOL = re.compile(r"/\s*[A-ZĐ]|[A-ZĐ]{2,}\s*-\s*[A-ZĐ]{2,}|^-\s?[A-ZĐ]{2}")
# Số, also misread and with ink run into it, but not Sở (department).
_SO = re.compile(r"^\W{0,2}(?!s[ởơ])s(?:[^\W\d_]|[0-9&$])(?:$|\s*[\W\d_])", re.IGNORECASE)
_PURE_SO = re.compile(r"S[^\W\d_][:.;,]?", re.IGNORECASE)
_RUN_IN = re.compile(r"ngay|thang|nam(?=\W|\d|$)")
_SYMBOL_READ = 5  # capitals' heights of a symbol that are read with the ink before it
_CAPITALS = re.compile(r"[/A-ZĐƯƠÂÊÔ&.-]{3,}")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A printed word that marks a slot."""

    name: str
    box: Box

    @property
    def baseline(self) -> float:
        """The row that its letters stand on."""
        return self.box.bottom - _PROPORTIONS[self.name][1] * self.box.height

    @property
    def cap_height(self) -> float:
        """The height of capitals of its print."""
        return _PROPORTIONS[self.name][0] * self.box.height


@dataclass(frozen=True, slots=True)
class Slots:
    """Where to read; None where the page shows no sign of the line."""

    number: Track | None
    date: Track | None


@dataclass(frozen=True, slots=True)
class _Sizes:
    width: int  # of the page
    word_height: float  # as is usual on it


@dataclass(frozen=True, slots=True)
class _Seen:
    text: str
    key: str  # folded, letters only
    box: Box


def find_slots(page: Page) -> Slots:
    """Return the number line and the date line in the head of `page`."""
    words = _words(page)
    if not words or page.width is None:
        return Slots(None, None)
    sizes = _Sizes(page.width, median(word.box.height for word in words))
    anchors = _date_anchors(words, sizes.word_height)
    date = _date_track(anchors, page.width) if anchors else None
    number = _number_track(words, date, sizes)
    if number is None and date is not None and date.left > 0.3 * page.width:
        # No anchor was recognised: read all that stands beside the date.
        left = max(0.04 * page.width, date.left - 24 * date.cap_height)
        right = date.left - 6 * date.cap_height
        if right > left:
            number = Track(left, right, date.baseline, date.cap_height)
    return Slots(number, date)


def _words(page: Page) -> list[_Seen]:
    if page.width is None:
        return []
    limit = _HEAD * page.width
    words = (word for line in page.lines for word in line.words)
    return [part for w in words if w.box and w.box.bottom < limit for part in _parts(w.seen, w.box)]


def _parts(seen: str, box: Box) -> Iterator[_Seen]:
    """Yield a word; run-together ones (ngày24tháng) in parts, boxes shared out by letters."""
    text = nfc(seen)
    folded = fold(text)
    ends = sorted({0, len(folded)}.union(*(match.span() for match in _RUN_IN.finditer(folded))))
    if len(folded) != len(text) or len(ends) < 3:
        ends = [0, len(folded)]
    width = box.width / max(1, len(folded))
    for start, end in pairwise(ends):
        key = "".join(filter(str.isalpha, folded[start:end]))
        left, right = round(box.left + start * width), round(box.left + end * width)
        yield _Seen(text[start:end], key, Box(left, box.top, right, box.bottom))


def _close(key: str, name: str) -> bool:
    """Whether `key` is `name` up to one letter put in, left out or changed."""
    if key == name:
        return True
    if abs(len(key) - len(name)) > 1 or len(name) < 3:
        return False
    start = 0
    while start < min(len(key), len(name)) and key[start] == name[start]:
        start += 1
    changed = key[start + 1 :] == name[start + 1 :]
    missing = key[start:] == name[start + 1 :]
    added = key[start + 1 :] == name[start:]
    return changed or missing or added


def _level(one: Box, other: Box) -> bool:
    middle = (one.top + one.bottom) / 2
    slack = 0.35 * max(one.height, other.height)
    return other.top - slack < middle < other.bottom + slack


def _date_anchors(words: Sequence[_Seen], usual: float) -> list[Anchor]:
    """Return the topmost ngày, tháng, năm that follow each other on a row; at least two."""
    best: list[Anchor] = []
    for middle in sorted(words, key=lambda word: word.box.top):
        if not _close(middle.key, "thang"):
            continue
        row = [word for word in words if _level(word.box, middle.box)]
        before = [w for w in row if _close(w.key, "ngay") and w.box.left < middle.box.left]
        after = [w for w in row if _close(w.key, "nam") and w.box.left > middle.box.right]
        anchors = [Anchor("thang", middle.box)]
        if before and middle.box.left - before[-1].box.right < 9 * usual:
            anchors.insert(0, Anchor("ngay", max(before, key=lambda w: w.box.left).box))
        if after and min(w.box.left for w in after) - middle.box.right < 9 * usual:
            anchors.append(Anchor("nam", min(after, key=lambda w: w.box.left).box))
        if len(anchors) > max(1, len(best)):
            best = anchors
        if len(best) == 3:
            break
    return best


def _date_track(anchors: Sequence[Anchor], width: int) -> Track:
    cap = median(anchor.cap_height for anchor in anchors)
    first, last = anchors[0], anchors[-1]
    left = first.box.left - (0.6 * cap if first.name == "ngay" else 6 * cap)
    right = last.box.right + (5.5 * cap if last.name == "nam" else 11 * cap)
    baseline = median(anchor.baseline for anchor in anchors)
    return Track(max(0.0, left), min(float(width), right), baseline, cap)


@dataclass(frozen=True, slots=True)
class _Opening:
    """A word that may open (Số) or end (the symbol) the number line, and its row."""

    word: _Seen
    so: bool
    row: tuple[_Seen, ...]  # from left to right, up to the date


def _number_track(words: Sequence[_Seen], date: Track | None, page: _Sizes) -> Track | None:
    """Return the line that opens with Số and goes on to the symbol, best of those in the head."""
    openings = list(_openings(words, date, page))
    if not openings:
        return None
    best = max(openings, key=lambda opening: _merit(opening, date, page.word_height))
    return _track_of(best, date) if _merit(best, date, page.word_height) > 0 else None


def _openings(words: Sequence[_Seen], date: Track | None, page: _Sizes) -> Iterator[_Opening]:
    for word in words:
        so = _SO.match(nfc(word.text)) is not None
        if not (so or _SYMBOL.search(word.text)) or word.box.left > 0.6 * page.width:
            continue
        beside = date is not None and date.left > word.box.right
        end = date.left if date is not None and beside else 0.75 * page.width
        row = [w for w in words if _level(w.box, word.box) and w.box.right <= end]
        yield _Opening(word, so, tuple(sorted({*row, word}, key=lambda w: w.box.left)))


def _merit(opening: _Opening, date: Track | None, usual: float) -> float:
    """Return how likely this is the number line: its words, its place beside the date."""
    box, merit = opening.word.box, 1.0
    if opening.so:
        merit += 0.5
        before = (box.left - w.box.right for w in opening.row if w.box.left < box.left)
        merit -= 2.0 * any(gap < 1.5 * usual for gap in before)  # "số" inside a sentence
        merit += bool(_symbols(opening))
    if date is not None:
        distance = abs(box.bottom - date.baseline) / date.cap_height
        merit += 2.0 if distance < 1.3 else -0.25 * min(distance, 12.0)
    return merit - box.top / 1e5  # the upper of equals


def _symbols(opening: _Opening) -> list[_Seen]:
    left = opening.word.box.left
    return [w for w in opening.row if w.box.left >= left and _SYMBOL.search(w.text)]


def _track_of(opening: _Opening, date: Track | None) -> Track:
    """Return the line from Số, or from where it should stand, to the end of the symbol."""
    word, symbols = opening.word, _symbols(opening)
    known = [Anchor("so", word.box)] if opening.so and _PURE_SO.fullmatch(word.text) else []
    known += [Anchor("symbol", w.box) for w in symbols if _CAPITALS.fullmatch(w.text)]
    anchors = known or [Anchor("so" if opening.so else "symbol", word.box)]
    cap = median(anchor.cap_height for anchor in anchors)
    baseline = median(anchor.baseline for anchor in anchors)
    if date is not None:  # one typewriter or printer sets both lines
        beside = abs(baseline - date.baseline) < 1.3 * date.cap_height
        if beside and cap > 1.3 * date.cap_height:  # ink hangs in the word's box
            baseline = date.baseline
        cap = min(max(cap, 0.85 * date.cap_height), 1.1 * date.cap_height)
    left = word.box.left - (0.6 if opening.so else 9.0) * cap
    last = (symbols or opening.row)[-1].box
    right = min(max(last.right + 0.5 * cap, word.box.left + 5 * cap), left + 26 * cap)
    if symbols and symbols[0].text.startswith("/"):  # the figures of a symbol are no serial
        right = min(right, symbols[0].box.left + _SYMBOL_READ * cap)
    return Track(
        left=max(0.0, left),
        right=right,
        baseline=baseline,
        cap_height=cap,
        capitals=_last_part(symbols[-1].box) if symbols else None,
    )


def _last_part(box: Box) -> Box:
    """Return the end of a symbol, where no ink reaches."""
    return Box(box.right - round(0.45 * box.width), box.top, box.right, box.bottom)
