"""Reading the subject of a dispatch: under its type, or after `V/v` in the left column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vnocr.extract.columns import Column, HeadSpan, Role
from vnocr.extract.marks import is_mark
from vnocr.extract.spans import LineSpan, rows
from vnocr.model import Box
from vnocr.vietnamese.syllable import is_syllable
from vnocr.vietnamese.unicode import fold

# "V/v", also as V/, V/w, WW, Viv; "về việc" also run together.
_ABOUT = re.compile(r"^\W*[vw]\s?[/.,:1il|]?\s?[vw]?(?=[\s:.])[\s:.]*")
_ABOUT_LETTER = re.compile(r"^\W*(?:[vw]\s?[/.,:1il|]\s?[vw]?(?=\s)|[vw]{2}(?=\s)|ve\s?viec\b)")
# Words that open the body, the addressee or the legal bases: the subject ends before them.
_BODY_OPENING = re.compile(
    r"^\W*(?:can cu|kinh (?:gui|trinh|moi|chuyen)|thuc hien|theo de nghi|xet de nghi|dieu \d|"
    r"noi nhan|chuong [ivx\d]|phan (?:thu|[ivx])|[ivx]+\s?[.-]\s|\d{1,2}\s?[.)]\s)"
)
_ABOUT_INSIDE = re.compile(r"(?<=\s)Về việc\b")
_MOST_STRAYS = 8  # words that a stamp leaves on the line of a subject
_ABOUT_MISREAD = re.compile(r"[vV][àáaeéèêếệ] việc\b")
_END_OF_SENTENCE = re.compile(r"\w[;:]$")
_MAX_SUBJECT_LINES = 9
_SURE = 0.6
_SPECK = 0.3  # of the title's height
_MAX_SHIFT = 0.9  # of the title's height; a paragraph's indent moves its middle further


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


def find_title_subject(
    spans: Sequence[HeadSpan], place: int, title: LineSpan, rest: LineSpan | None
) -> list[LineSpan]:
    """Return the lines of the subject under the printed type.

    `title` holds the words of the type, in span `place`; `rest` is what follows them there.
    """
    lines = [rest] if rest is not None else []
    below = _following(spans, place + 1, title, left=False)
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
        if is_mark(item.span) or _is_scratch(item.span) or _is_speck(item.span, before):
            continue
        if _ends(item, previous, lines, left=left) or len(lines) >= _MAX_SUBJECT_LINES:
            break
        lines.append(item.span)
        previous = item.span
    return lines


def _opens_paragraph(span: LineSpan, *, first: bool, left: bool) -> bool:
    """Whether the body opens with `span`; a plan's subject may itself open with "Thực hiện"."""
    match = _BODY_OPENING.match(span.key)
    if match is None or span.text[match.start() :].lstrip(" -\"'“")[:1].islower():
        return False
    return not (first and not left and match.group().endswith("thuc hien"))


def _is_scratch(span: LineSpan) -> bool:
    """Whether hardly a word of `span` is one."""
    words = [word.text.strip(".,;:()\"'") for word in span.words]
    sound = sum(len(word) > 1 and is_syllable(word) for word in words)
    return span.confidence < _SURE and sound < len(words) / 2


def _is_speck(span: LineSpan, title: LineSpan) -> bool:
    """Whether `span` is far too low for a line: what a recogniser makes of a scrap of a letter."""
    if span.box is None or title.box is None:
        return False
    return span.box.height < _SPECK * title.box.height


def _below(item: HeadSpan, title: LineSpan) -> bool:
    """Whether `item` stands under the title; there nothing belongs to the right column."""
    top, base = item.span.box, title.box
    return top is not None and base is not None and top.top > base.bottom - base.height / 4


def _ends(item: HeadSpan, previous: LineSpan, lines: Sequence[LineSpan], *, left: bool) -> bool:
    """Whether the subject ended before `item`."""
    span = item.span
    if _opens_paragraph(span, first=not lines, left=left):
        return True
    if span.text.endswith(":") and not left:
        return True
    if left and item.column is not Column.LEFT and span.box is not None:
        return True
    if lines and _END_OF_SENTENCE.search(lines[-1].text):
        return True
    if lines and _is_authority(span) and not _is_authority(lines[-1]):
        return True
    return _gap_between(previous, span, first=not lines)


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
    text = text[_before_about(text) :]
    match = _ABOUT.match(fold(text))
    text = text[match.end() :] if match else text
    text = re.sub(r"^[\W_]+|[\s_.*~-]+$", "", text)
    if _ABOUT_MISREAD.match(text):  # no subject goes on from something before it
        text = "Về" + text[2:]
    return text or None


def _before_about(text: str) -> int:
    """Return how many characters a stamp left before "Về việc", which opens a subject."""
    opening = _ABOUT_INSIDE.search(text)
    if opening is None:
        return 0
    words = text[: opening.start()].split()
    sound = sum(len(word) > 1 and is_syllable(word) for word in words)
    return opening.start() if len(words) <= _MOST_STRAYS and 2 * sound <= len(words) else 0
