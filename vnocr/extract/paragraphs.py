"""From the lines of a body to its paragraphs, across line, column and page breaks.

A line break in a scan says nothing by itself. Where boxes are known, a first-line
indent or a line that ends well before the right margin parts two paragraphs; in plain
text the length of a line and its last sign have to do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from vnocr.extract.document import DocLine
from vnocr.extract.markers import Marker, read_marker
from vnocr.extract.task_tables import table_rows
from vnocr.model import Box, Region

# Lines that stand between the lines of a body without being part of it.
_ASIDE = frozenset(
    {
        Region.PAGE_NUMBER,
        Region.STAMP,
        Region.FOOTER,
        Region.HEADER_LEFT,
        Region.HEADER_RIGHT,
        Region.NUMBER,
        Region.PLACE_DATE,
        Region.RECIPIENTS,
        Region.SIGNATURE,
    }
)
_PAGE_NUMBER = re.compile(r"[-–—.\s]*\d{1,3}[-–—.\s]*|\W*", re.ASCII)
# Signs that only dirt is read as.
_SPECK = re.compile(r"[¡¿_~`^|\\{}<>=°]+")
_STRAY_STOPS = re.compile(r"^[.,;:'’]+\s+(?=\w)")
_AFTER_END = re.compile(r"(\.\s?/\s?\.)(?:\s*\S{1,5}){1,2}$")
_BRACKETED = re.compile(r"\([^()]*\)[\s.]*")
_URL = re.compile(r"\S*(?:https?://|www\.)\S*")
_ENDS_SENTENCE = re.compile(r"[.;:?!…][\"”'’)\]]*$|\.\s*/\s*\.?$")
_UNFINISHED = re.compile(
    r"(?:[^\W_]\s?[-/,]|\b(?:và|của|số|ngày|tháng|năm|với|cho|các|theo|về|tại|là))$"
)
_TAIL = 80  # signs; longer than any code, so that joining takes no longer for longer text
_CODE_TAIL = re.compile(r"\d{1,5}\s*/\s*(?:\d{4}\s*/\s*)?[A-ZĐ][\w.&-]*$")
# A sentence that starts a line and with one of these words mostly starts a paragraph.
_OPENS_PARAGRAPH = re.compile(
    r"(?:Yêu cầu|Đề nghị|Giao|Nay|Trên đây|Trong quá trình|Trên cơ sở đó|Vì vậy|Do đó|Nhận được"
    r"|Căn cứ|Tổ chức|Chủ trì|Phối hợp|Chỉ đạo|Tăng cường|Tiếp tục|Thực hiện|Đẩy mạnh|Rà soát"
    r"|Xây dựng|Hướng dẫn|Báo cáo)\b"
    r"|(?:Đơn vị|Cơ quan|Thời gian|Thời hạn|Tiến độ|Địa điểm|Thành phần|Chủ trì|Phối hợp)"
    r"(?:\s+\w+){0,4}\s*:"
    r"|(?:Sở|Ủy ban|UBND|Bộ|Chủ tịch|Giám đốc|Lãnh đạo|Cục|Chi cục|Tổng cục|Ban|Văn phòng|Phòng"
    r"|Trung tâm|Trường|Bệnh viện|Hiệu trưởng|Công an)(?:\s+\w+){1,9}?"
    r"\s+(?:trân trọng|đề nghị|yêu cầu|kính)\s"
)
# A wrapped text has no line longer than this; longer lines are whole paragraphs.
_WRAPPED_AT = 130
# In text that is not wrapped a longer line without a stop was cut by the end of a page.
_HEADING_SIGNS = 100
# At least this share of wrapped lines starts with a small letter.
_GOING_SHARE = 0.04
# No page is set so narrow that a full line has fewer signs.
_SHORTEST_FULL = 60
_FEW_LINES = 3


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together. `page` and `box` are those of its first page."""

    text: str
    marker: Marker | None
    page: int
    box: Box | None
    confidence: float
    table: bool = False


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    right: float
    width: float


@dataclass(frozen=True, slots=True)
class _Layout:
    """What is known of the lines of one body: margins by page, usual length in signs."""

    margins: dict[int, _Margins]
    signs: float
    wrapped: bool
    # The width in signs at which a program broke the lines, where it did.
    width: int | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    line: DocLine
    text: str
    gap: int
    marker: Marker | None
    table: int = 0


def split_paragraphs(lines: Sequence[DocLine]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of `lines` in order; lines of a table are kept one by one."""
    rows = _rows(lines)
    layout = _layout([row.line for row in rows])
    groups: list[list[_Row]] = []
    for row in rows:
        if groups and not _parted(groups[-1], row, layout):
            groups[-1].append(row)
        else:
            groups.append([row])
    return tuple(_paragraph(group) for group in groups)


def join_lines(texts: Sequence[str]) -> str:
    """Join wrapped lines; a number or word broken at its hyphen or slash is made whole."""
    joined = ""
    for text in texts:
        if not joined:
            joined = text
        elif _broken_word(joined[-_TAIL:], text):
            joined += text
        else:
            joined += " " + text
    return joined


def _broken_word(head: str, tail: str) -> bool:
    if re.search(r"[^\W_][-/]$", head):
        return bool(re.match(r"\w", tail))
    return bool(re.match(r"[-/][A-ZĐ]", tail)) and bool(_CODE_TAIL.search(head))


def _rows(lines: Sequence[DocLine]) -> list[_Row]:
    rows: list[_Row] = []
    gap = 0
    for line, table in zip(lines, table_rows([line.text for line in lines]), strict=True):
        if table:
            rows.append(_Row(line, line.text, gap, None, table))
            continue
        text = " ".join(word for word in line.text.split() if not _SPECK.fullmatch(word))
        text = _STRAY_STOPS.sub("", text)
        if line.region in _ASIDE or _PAGE_NUMBER.fullmatch(text) or _URL.fullmatch(text):
            gap += 1
            continue
        rows.append(_Row(line, text, gap, read_marker(text)))
        gap = 0
    return rows


def _layout(lines: Sequence[DocLine]) -> _Layout:
    margins: dict[int, _Margins] = {}
    for page in {line.page for line in lines}:
        known = _margins([line for line in lines if line.page == page])
        if known:
            margins[page] = known
    lengths = sorted(len(line.text) for line in lines if line.region is not Region.TABLE)
    signs = max(_SHORTEST_FULL, lengths[int(len(lengths) * 0.8)]) if lengths else 0
    wrapped = signs <= _WRAPPED_AT and _go_on(lines)
    return _Layout(margins, signs, wrapped, _width([line.text for line in lines]))


def _width(texts: Sequence[str]) -> int | None:
    """Return the width at which a program wrapped `texts`: no first word would still have fitted.

    Told by the lines that surely go on, since they are followed by a small letter.
    """
    width = max(map(len, texts), default=0)
    going = [
        (text, after)
        for text, after in pairwise(texts)
        if text and after[:1].islower() and read_marker(after) is None
    ]
    full = sum(len(text) + 1 + len(after.split()[0]) > width for text, after in going)
    told = len(going) >= _FEW_LINES and full == len(going)
    return width if told and _SHORTEST_FULL <= width <= _WRAPPED_AT else None


def _go_on(lines: Sequence[DocLine]) -> bool:
    """Whether sentences go on from line to line, so that a line is not a paragraph."""
    texts = [line.text for line in lines if line.text]
    pairs = [(text, after) for text, after in pairwise(texts) if read_marker(after) is None]
    going = sum(after[0].islower() and not _ENDS_SENTENCE.search(text) for text, after in pairs)
    return going >= _GOING_SHARE * len(texts)


def _margins(lines: Sequence[DocLine]) -> _Margins | None:
    boxes = [line.box for line in lines if line.box and line.region is not Region.TABLE]
    if len(boxes) < 3 or len(boxes) < 0.8 * len(lines):
        return None
    rights = sorted(box.right for box in boxes)
    right = rights[int(len(rights) * 0.75)]
    # Wrapped lines start at the margin; the few that start left of it are noise.
    full = [box.left for box in boxes if box.right > right - 0.06 * (right - box.left)]
    lefts = sorted(full or [box.left for box in boxes])
    left = float(median(lefts[: max(1, (len(lefts) + 1) // 2)]))
    return _Margins(left, right, right - left) if right > left else None


def _parted(group: Sequence[_Row], row: _Row, layout: _Layout) -> bool:
    """Whether `row` starts a paragraph after those of `group`."""
    last = group[-1]
    if row.table or last.table:
        return row.table != last.table
    if _differ_in_kind(group, row):
        return True
    if row.marker is None and _UNFINISHED.search(last.text):
        return False
    ended = bool(_ENDS_SENTENCE.search(last.text))
    short = _short(last, row, layout, ended=ended or row.marker is not None)
    if row.marker and _opens_item(group, row, layout, ends=ended or short):
        return True
    if row.line.box and row.line.page in layout.margins:
        return _parted_on_page(last, row, layout, ended=ended, short=short)
    return _parted_in_text(group, row, layout, ended=ended, short=short)


def _differ_in_kind(group: Sequence[_Row], row: _Row) -> bool:
    """Whether a table, a title in capitals or a note in brackets ends or begins at `row`."""
    last = group[-1]
    if Region.TABLE in (last.line.region, row.line.region):
        return True
    titles = " " in row.text and " " in last.text
    if titles and row.text.isupper() != last.text.isupper():
        return True
    return len(group) == 1 and bool(_BRACKETED.fullmatch(last.text))


def _parted_on_page(last: _Row, row: _Row, layout: _Layout, *, ended: bool, short: bool) -> bool:
    indented = _indented(row, layout)
    if row.line.page != last.line.page:
        return ended and (indented or short)
    return (indented and (ended or short)) or (short and (ended or _upper(row.text)))


def _parted_in_text(
    group: Sequence[_Row], row: _Row, layout: _Layout, *, ended: bool, short: bool
) -> bool:
    last = group[-1]
    if not layout.wrapped:
        return ended or (len(last.text) < _HEADING_SIGNS and _upper(row.text))
    if row.gap:
        return ended or (short and _upper(row.text))
    if ended and not short:
        return last.text[-1] in "./" and bool(_OPENS_PARAGRAPH.match(row.text))
    return short and (ended or _upper(row.text))


def _indented(row: _Row, layout: _Layout) -> bool:
    margins = layout.margins.get(row.line.page)
    if margins is None or row.line.box is None:
        return False
    return row.line.box.left - margins.left > 0.03 * margins.width


def _opens_item(group: Sequence[_Row], row: _Row, layout: _Layout, *, ends: bool) -> bool:
    """Whether the marker of `row` is one, not running text that looks like it."""
    if row.marker is None:
        return False
    if ends or row.gap or _follows(group[0].marker, row.marker):
        return True
    if row.line.box and row.line.page in layout.margins:
        return row.line.page == group[-1].line.page and _indented(row, layout)
    return row.marker.kind.certain


def _follows(before: Marker | None, marker: Marker) -> bool:
    """Whether `marker` is the next of its list, or the first under the item `before`."""
    if before is None or marker.ordinal is None or before.ordinal is None:
        return False
    if marker.kind is before.kind:
        return marker.ordinal == before.ordinal + 1
    return marker.label == f"{before.label}.1"


def _short(last: _Row, row: _Row, layout: _Layout, *, ended: bool) -> bool:
    """Whether the next word would still have fitted on the last line.

    Signs differ in width, so that their number only tells with a margin: a wide one where
    nothing else speaks for an end.
    """
    word = row.text.split(maxsplit=1)[0]
    box = last.line.box
    margins = layout.margins.get(last.line.page)
    if box and margins and last.text:
        need = box.width / len(last.text) * (len(word) + 1)
        return box.right + need < margins.right - 0.01 * margins.width
    if layout.width:
        return len(last.text) + len(word) + 1 <= layout.width
    if not layout.wrapped:
        return len(last.text) < 60
    return len(last.text) + len(word) + 1 < (0.9 if ended else 0.72) * layout.signs


def _upper(text: str) -> bool:
    first = re.search(r"\w", text)
    return bool(first) and first.group().isupper() if first else False


def _paragraph(group: Sequence[_Row]) -> Paragraph:
    first = group[0].line
    here = [row.line for row in group if row.line.page == first.page]
    words = sum(line.end - line.start for line in (row.line for row in group))
    weighed = sum(row.line.confidence * (row.line.end - row.line.start) for row in group)
    return Paragraph(
        text=_AFTER_END.sub(r"\1", join_lines([row.text for row in group])),
        marker=group[0].marker,
        page=first.page,
        box=Box.around(line.box for line in here),
        confidence=weighed / words if words else first.confidence,
        table=first.region is Region.TABLE or group[0].table > 0,
    )
