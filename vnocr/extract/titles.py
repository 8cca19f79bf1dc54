"""Reading the type of a document and its subject, under the type or after `V/v`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from vnocr.extract.columns import Column, HeadSpan, Role
from vnocr.extract.marks import is_mark
from vnocr.extract.spans import LineSpan, rows
from vnocr.extract.tables import parts, read_table
from vnocr.model import Box, Region, Word
from vnocr.vietnamese.syllable import is_syllable
from vnocr.vietnamese.unicode import fold

LETTER = "Công văn"
_CUTOFF = 84.0
_MIN_UPPER = 0.75
# "V/v", also as V/, V/w, WW, Viv; "về việc" also run together.
_ABOUT = re.compile(r"^\W*[vw]\s?[/.,:1il|]?\s?[vw]?(?=[\s:.])[\s:.]*")
_ABOUT_LETTER = re.compile(r"^\W*(?:[vw]\s?[/.,:1il|]\s?[vw]?(?=\s)|[vw]{2}(?=\s)|ve\s?viec\b)")
# Words that open the body, the addressee or the legal bases: the subject ends before them.
_BODY_OPENING = re.compile(
    r"^\W*(?:can cu|kinh (?:gui|trinh|moi|chuyen)|thuc hien|theo de nghi|xet de nghi|dieu \d|"
    r"noi nhan|chuong [ivx\d]|phan (?:thu|[ivx])|[ivx]+\s?[.-]\s|\d{1,2}\s?[.)]\s)"
)
_END_OF_SENTENCE = re.compile(r"\w[;:]$")
_MAX_SUBJECT_LINES = 9
_SURE = 0.6
_MAX_SHIFT = 0.9  # of the title's height; a paragraph's indent moves its middle further


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of document and the codes that stand for it in a symbol."""

    name: str
    code: str
    codes: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypeReading:
    """A printed type name: where it stands and how much it looks like `type`."""

    type: DocumentType
    score: float  # 0..1
    place: int  # index among the spans
    words: tuple[Word, ...]
    rest: LineSpan | None  # what follows on the same line


def load_types(folder: Path) -> tuple[DocumentType, ...]:
    """Read `document_types.tsv`. Raises DictionaryError if it is damaged."""
    return tuple(
        DocumentType(
            name, code, (code, *parts(codes)), tuple(fold(n) for n in (name, *parts(names)))
        )
        for name, code, codes, names in read_table(folder / "document_types.tsv", 4)
    )


def find_type(
    spans: Sequence[HeadSpan], start: int, types: Sequence[DocumentType]
) -> TypeReading | None:
    """Return the first printed type name from span `start` on, before the body opens."""
    for place in range(start, len(spans)):
        item = spans[place]
        if item.role not in (Role.TEXT, Role.STAMP) or item.column is Column.RIGHT:
            continue
        reading = _type_of(item, place, types)
        if reading is not None:
            return reading
        if _BODY_OPENING.match(item.span.key):
            break
    return None


def _type_of(item: HeadSpan, place: int, types: Sequence[DocumentType]) -> TypeReading | None:
    span = item.span
    key = span.key.strip(" .:;,!-_*|'\"“”")
    if span.upper_share < _MIN_UPPER and item.span.region is not Region.TYPE:
        return _type_with_subject(span, place, types) or _type_after_stamp(span, place, types)
    best: TypeReading | None = None
    for kind in types:
        for name in kind.keys:
            score = fuzz.ratio(name, key, score_cutoff=_CUTOFF) / 100
            if score > (best.score if best else 0):
                best = TypeReading(kind, score, place, span.words, None)
    return best or _type_with_subject(span, place, types) or _type_after_stamp(span, place, types)


def _type_after_stamp(
    span: LineSpan, place: int, types: Sequence[DocumentType]
) -> TypeReading | None:
    """Return a type name in capitals that ends a line which the stamp of arrival opens."""
    for kind in types:
        for name in kind.keys:
            size = len(name.split())
            tail = span.part(max(0, len(span.words) - size))
            stamped = any(not letter.isalpha() for letter in span.part(0, 1).text)
            if size > 1 and stamped and tail.upper_share == 1 and tail.key.strip(" .:") == name:
                return TypeReading(kind, 0.8, place, tail.words, None)
    return None


def _type_with_subject(
    span: LineSpan, place: int, types: Sequence[DocumentType]
) -> TypeReading | None:
    """Return a type name in capitals that the subject follows on the same line."""
    best: TypeReading | None = None
    for kind in types:
        for name in kind.keys:
            size = len(name.split())
            head = span.part(0, size)
            if len(span.words) <= size or head.upper_share < 1:
                continue
            longer = best is None or size > len(best.type.name.split())
            if longer and fuzz.ratio(name, head.key.strip(" .:;,!-")) >= 92:
                best = TypeReading(kind, 0.9, place, head.words, span.part(size))
    return best


def find_letter_subject(spans: Sequence[HeadSpan], start: int) -> list[LineSpan]:
    """Return the lines of the subject of a letter: `V/v ...` in the left column."""
    above = spans[start].span if start < len(spans) else None
    for place in range(start, len(spans)):
        item = spans[place]
        if item.role is Role.TEXT and item.column is not Column.RIGHT:
            if _opens_letter_subject(item) or _under(above, item):
                lines = [item.span]
                lines += _following(spans, place + 1, item.span, left=True)
                return lines
            if _BODY_OPENING.match(item.span.key):
                break
    return []


def _opens_letter_subject(item: HeadSpan) -> bool:
    """Whether `item` opens with "V/v" or, in the left column only, with "Về việc"."""
    match = _ABOUT_LETTER.match(item.span.key)
    if match is None:
        return False
    return item.column is Column.LEFT or item.span.box is None or "ve" not in match.group()


def _under(above: LineSpan | None, item: HeadSpan) -> bool:
    """Whether `item` stands close under the number in the left column: nothing else does."""
    if above is None or above.box is None or item.span.box is None:
        return False
    if item.column is not Column.LEFT or len(item.span.words) < 3:
        return False
    gap = item.span.box.top - above.box.bottom
    return -0.3 * above.box.height < gap < 1.5 * above.box.height and item.span.upper_share < 0.5


def find_title_subject(spans: Sequence[HeadSpan], reading: TypeReading) -> list[LineSpan]:
    """Return the lines of the subject under the printed type."""
    lines = [reading.rest] if reading.rest is not None else []
    title = _titled(spans[reading.place].span, reading)
    below = _following(spans, reading.place + 1, title, left=False)
    return lines + _centred(below, title)


def _following(
    spans: Sequence[HeadSpan], start: int, before: LineSpan, *, left: bool
) -> list[LineSpan]:
    lines: list[LineSpan] = []
    previous = before
    for item in spans[start:]:
        if item.role is Role.RULE:
            # Between boxes a rule of dashes is noise; in plain text a blank line ends the block.
            if item.span.box is None and (lines or left) and not item.span.words:
                break
            if item.span.words and lines:
                break
            continue
        if item.role is not Role.TEXT or (item.column is Column.RIGHT and not _below(item, before)):
            continue
        if is_mark(item.span) or _is_scratch(item.span):
            continue
        if _ends(item, previous, lines, left=left) or len(lines) >= _MAX_SUBJECT_LINES:
            break
        lines.append(item.span)
        previous = item.span
    return lines


def _is_scratch(span: LineSpan) -> bool:
    """Whether hardly a word of `span` is one."""
    words = [word.text.strip(".,;:()\"'") for word in span.words]
    sound = sum(len(word) > 1 and is_syllable(word) for word in words)
    return span.confidence < _SURE and sound < len(words) / 2


def _below(item: HeadSpan, title: LineSpan) -> bool:
    """Whether `item` stands under the title; there nothing belongs to the right column."""
    top, base = item.span.box, title.box
    return top is not None and base is not None and top.top > base.bottom - base.height / 4


def _ends(item: HeadSpan, previous: LineSpan, lines: Sequence[LineSpan], *, left: bool) -> bool:
    """Whether the subject ended before `item`."""
    span = item.span
    if _BODY_OPENING.match(span.key) or (span.text.endswith(":") and not left):
        return True
    if left and item.column is not Column.LEFT and span.box is not None:
        return True
    if lines and _END_OF_SENTENCE.search(lines[-1].text):
        return True
    if lines and _is_authority(span) and not _is_authority(lines[-1]):
        return True
    return _gap_between(previous, span, first=not lines)


def _titled(span: LineSpan, reading: TypeReading) -> LineSpan:
    """Return the words of the type alone, where other words share its line."""
    first = next((i for i, word in enumerate(span.words) if word is reading.words[0]), 0)
    return span.part(first, first + len(reading.words))


def _centred(lines: Sequence[LineSpan], title: LineSpan) -> list[LineSpan]:
    """Return the lines up to the first, after one, that is not centred under the title.

    The first line of the body is indented on the left only. What a stamp left at the end
    of a line is cut off where that centres the line.
    """
    kept: list[LineSpan] = []
    for row in rows(lines):
        row[0] = _without_strays(row[0], title, first=True)
        row[-1] = _without_strays(row[-1], title, first=False)
        if kept and abs(_shift(row, title)) > _MAX_SHIFT:
            break
        kept.extend(row)
    return kept


def _shift(row: Sequence[LineSpan], title: LineSpan) -> float:
    """Return how far the middle of `row` lies right of the title's, in heights of the title."""
    box = Box.around(span.box for span in row)
    if box is None or title.box is None:
        return 0.0
    return (box.left + box.right - title.box.left - title.box.right) / 2 / title.box.height


def _without_strays(span: LineSpan, title: LineSpan, *, first: bool) -> LineSpan:
    """Drop words that are none from the side on which `span` reaches out too far."""
    while len(span.words) > 1:
        shift = _shift((span,), title)
        word = span.words[0 if first else -1]
        outside = shift < -_MAX_SHIFT if first else shift > _MAX_SHIFT
        if not outside or (is_syllable(word.text.strip(".,;:")) and word.confidence > _SURE):
            break
        span = span.part(1) if first else span.part(0, len(span.words) - 1)
    return span


def _is_authority(span: LineSpan) -> bool:
    return span.upper_share > 0.85 and sum(map(str.isalpha, span.text)) > 4


def _gap_between(previous: LineSpan, span: LineSpan, *, first: bool) -> bool:
    """Whether the white between two lines is more than the leading of one block."""
    if previous.box is None or span.box is None:
        return False
    pitch = (span.box.top + span.box.bottom) / 2 - (previous.box.top + previous.box.bottom) / 2
    height = min(previous.box.height, span.box.height)
    return pitch > (2.6 if first else 2.1) * height


def opens_body(span: LineSpan) -> bool:
    """Whether `span` opens the addressee, the legal bases or the body."""
    return _BODY_OPENING.match(span.key) is not None


def subject_text(lines: Sequence[LineSpan]) -> str | None:
    """Return the subject without "V/v", its lines joined."""
    text = " ".join(span.text for span in lines)
    match = _ABOUT.match(fold(text))
    text = text[match.end() :] if match else text
    text = re.sub(r"^[\W_]+|[\s_.*~-]+$", "", text)
    return text or None
