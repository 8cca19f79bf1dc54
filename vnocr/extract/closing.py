"""The foot of a dispatch: copies on the left, the signature on the right.

Both stand side by side, so recognisers and plain text may run them together on one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz
from spacy.tokens import Doc

from vnocr.extract.offices import Offices
from vnocr.extract.persons import Persons
from vnocr.extract.spans import LineSpan, line_span
from vnocr.model import Region

_COPIES = "noi nhan"
_CUTOFF = 80.0
_CAPITALS = 0.85
_MAX_SIGNING_WORDS = 12
# Signing marks: on behalf of, for, by order of, by authority of, acting; the Party writes T/M.
AUTHORITY = re.compile(
    r"^\W*(?P<mark>t\s?[./]\s?m|k\s?[./]\s?t|t\s?[./]\s?l|t\s?[./]\s?uq|(?:tm|kt|tl|tuq|q)(?=\s?[.,;:/]))"
    r"[\s.,;:/]+(?=\w)"
)
_LAST_COPY = re.compile(r"^\W*l[uưi]+\b")
_ANNEX = re.compile(r"^\W*(?:phu luc|bieu mau|mau so|danh sach kem)")
_OUTSIDE = (Region.PAGE_NUMBER, Region.FOOTER, Region.STAMP)
_COLUMN_GAP = 0.06  # of the page width
_MAX_LINES = 70
_MAX_NAME_WORDS = 6  # of a line between the signing lines and the copies: name, scribble


@dataclass(frozen=True, slots=True)
class Closing:
    """The foot: its first line, the lines of the copies and those of the signature."""

    first_line: int
    copies: tuple[LineSpan, ...]
    signature: tuple[LineSpan, ...]


@dataclass(frozen=True, slots=True)
class ClosingReader:
    """Finds the foot by what is printed there."""

    offices: Offices
    persons: Persons

    @classmethod
    def load(cls, folder: Path) -> ClosingReader:
        """Read the offices and the family names. Raises DictionaryError if damaged."""
        return cls(Offices.load(folder), Persons.load(folder))

    def of(self, doc: Doc) -> Closing | None:
        """Return the foot below the head of `doc`; it is looked for once."""
        if doc._.vnocr_closing is None:
            lines = range(doc._.vnocr_body.start, len(doc._.vnocr_lines))
            doc._.vnocr_closing = self.find(doc, lines) or Closing(lines.stop, (), ())
        found: Closing = doc._.vnocr_closing
        return found if found.copies or found.signature else None

    def find(self, doc: Doc, lines: range) -> Closing | None:
        """Return the foot within `lines`: from the copies or the signing authority on."""
        start = self._start(doc, lines)
        if start is None:
            return None
        copies: list[LineSpan] = []
        signature: list[LineSpan] = []
        for span, left in self._sides(doc, range(start, min(lines.stop, start + _MAX_LINES))):
            (copies if left else signature).append(span)
        return Closing(start, tuple(copies), tuple(signature))

    def is_signing(self, span: LineSpan) -> bool:
        """Whether `span` is a line of authority or position, as they stand above a signature."""
        if span.upper_share < _CAPITALS or len(span.words) > _MAX_SIGNING_WORDS:
            return False
        return AUTHORITY.match(span.key) is not None or self.offices.find(span.text) is not None

    def _start(self, doc: Doc, lines: range) -> int | None:
        """Return the first line of the foot: the copies, or the signature if it stands above.

        Without copies it is the last run of signing lines.
        """
        signing: int | None = None
        open_run = False
        for index in lines:
            words = doc._.vnocr_lines[index].text.split()
            if not any((len(word) > 1 and word.isupper()) or word[0] in "Nn" for word in words):
                open_run = open_run and len(words) <= _MAX_NAME_WORDS
                continue
            span = line_span(doc, index)
            if _opens_another(span):
                break
            if copies_anchor(span) is not None:
                found = signing if open_run and signing is not None else index
                return _with_marked_before(doc, found)
            pieces = list(self._pieces(doc, span))
            if any(self.is_signing(piece) for piece in pieces):
                signing = signing if open_run else index
                open_run = True
            elif max(len(piece.words) for piece in pieces) > _MAX_NAME_WORDS:
                open_run = False
                if signing is not None and _opens_decision(span):
                    signing = None
        return signing

    def _sides(self, doc: Doc, lines: range) -> Iterator[tuple[LineSpan, bool]]:
        """Yield the spans of the foot with whether they stand on the left."""
        listing = done = False
        for index in lines:
            span = line_span(doc, index)
            if not span.words or span.region in _OUTSIDE:
                continue
            if _opens_another(span) and index > lines.start:
                return
            for piece, side in self._split(doc, span):
                anchor = copies_anchor(piece)
                listing = listing or anchor is not None or span.region is Region.RECIPIENTS
                part = piece.part(anchor or 0)
                if not re.search(r"\w", part.text):
                    continue
                left = side if side is not None else listing and not done
                left = left and not (anchor and self.is_signing(part))
                if not left:
                    yield part, False
                elif listing and not done:
                    yield part, True
                    done = _LAST_COPY.match(part.key) is not None and part.text[-1] in ".;"

    def _split(self, doc: Doc, span: LineSpan) -> Iterator[tuple[LineSpan, bool | None]]:
        """Yield the parts of a line: on the left, on the right, or None if untold."""
        if span.region in (Region.RECIPIENTS, Region.SIGNATURE):
            yield span, span.region is Region.RECIPIENTS
            return
        width = _page_width(doc, span.page)
        if width is None or span.box is None:
            yield from self._split_text(span)
            return
        for part in self._pieces(doc, span):
            centre = (part.box.left + part.box.right) / 2 if part.box else 0
            yield part, centre < 0.47 * width

    def _pieces(self, doc: Doc, span: LineSpan) -> Iterator[LineSpan]:
        width = _page_width(doc, span.page)
        yield from span.pieces(_COLUMN_GAP * width) if width else (span,)

    def _split_text(self, span: LineSpan) -> Iterator[tuple[LineSpan, bool | None]]:
        """Cut a line without boxes where a copy ends and the signature begins."""
        if self.is_signing(span):
            yield span, False
            return
        for place in range(1, len(span.words)):
            rest = span.part(place)
            opened = copies_anchor(span) == place or span.words[place - 1].text[-1:] in ";.,"
            if opened and (self.is_signing(rest) or self._is_name(rest)):
                yield span.part(0, place), True
                yield rest, False
                return
        yield span, False if self._is_name(span) else None

    def _is_name(self, span: LineSpan) -> bool:
        name = self.persons.find(span.text)
        return name is not None and name.alone and not span.text.startswith(("-", "+", "•"))


def _with_marked_before(doc: Doc, index: int) -> int:
    """Return the first of the lines that stand before `index` and are marked as the foot."""
    lines = doc._.vnocr_lines
    while index > 0 and lines[index - 1].region in (Region.RECIPIENTS, Region.SIGNATURE):
        index -= 1
    return index


def _opens_another(span: LineSpan) -> bool:
    """Whether an annex or another document opens here."""
    annex = _ANNEX.match(span.key) is not None and span.upper_share > 0.6
    return annex or ("cong hoa xa hoi chu nghia" in span.key and span.upper_share > 0.7)


def _page_width(doc: Doc, page: int) -> int | None:
    return next((item.width for item in doc._.vnocr_pages if item.number == page), None)


def _opens_decision(span: LineSpan) -> bool:
    """Whether the legal bases follow: the office above them decides, it does not sign."""
    return span.key.lstrip(" -").startswith(("can cu", "theo de nghi", "xet de nghi"))


def copies_anchor(span: LineSpan) -> int | None:
    """Return how many words "Nơi nhận" takes at the start of `span`, or None."""
    for skip in range(min(2, max(0, len(span.words) - 1))):
        head = span.part(skip, skip + 2)
        if fuzz.ratio(_COPIES, head.key.strip(" :.;,-")) >= _CUTOFF and "N" in head.text[:3]:
            return skip + 2
    return None
