"""Lays a sample out: letterhead, body over as many pages as it takes, closing, page numbers."""

from __future__ import annotations

from dataclasses import dataclass

from samplemaker.closing import height_of_closing, set_closing
from samplemaker.content import Arrival, Content
from samplemaker.fonts import Face
from samplemaker.letterhead import set_letterhead
from samplemaker.markup import Block, PageBreak, Paragraph, Table, parse
from samplemaker.setting import (
    break_lines,
    see,
    set_centred,
    set_justified,
    set_words,
    text_of,
    wrap,
)
from samplemaker.sheet import ArrivalMark, Rule, Sheet, Text
from samplemaker.styles import STYLES, Style
from samplemaker.table import row_height, row_lines, set_row

_INDENT = 36.0  # points, 1.27 cm
_BETWEEN = 6.0


@dataclass(slots=True)
class _Pen:
    """Where the next line goes; begins a sheet when one is full."""

    content: Content
    style: Style
    sheets: list[Sheet]
    y: float = 0.0

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    def turn(self) -> None:
        sheet = Sheet(len(self.sheets) + 1)
        self.sheets.append(sheet)
        self.y = self.style.top + self.content.size
        number, face = str(sheet.number), Face(self.content.family)
        if self.style.page_number == "top":
            middle = (self.style.left + self.style.right) / 2
            set_centred(sheet, number, face, 13, (middle, self.style.top - 12))
        else:
            sheet.marks.append(Text(self.style.right - 7, self.style.bottom + 22, number, face, 13))
        see(sheet, number, "page-number")

    def need(self, height: float) -> None:
        if self.y + height > self.style.bottom:
            self.turn()


def lay_out(content: Content) -> tuple[Sheet, ...]:
    """Return the pages of `content`."""
    style = STYLES[content.style]
    first = Sheet(1)
    pen = _Pen(content, style, [first])
    pen.y = set_letterhead(first, content, style)
    if content.address:
        _foot(first, content, style)
    blocks = parse(content.body, content.family)
    # A signature never stands on a page without text: the last paragraph goes with it.
    tail = 2 if len(blocks) > 1 and _is_heading(blocks[-2]) else 1
    for block in blocks[:-tail]:
        _set(pen, block)
    needed = sum(_height(block, content, style) for block in blocks[-tail:])
    pen.need(height_of_closing(content, style) + 12 + needed)
    for block in blocks[-tail:]:
        _set(pen, block)
    pen.y += 12
    pen.need(height_of_closing(content, style))
    set_closing(pen.sheet, content, style, pen.y)
    if content.arrival:
        _stamp_arrival(first, content.arrival)
    return tuple(pen.sheets)


def _stamp_arrival(sheet: Sheet, stamp: Arrival) -> None:
    place = (stamp.x, stamp.y)
    sheet.marks.append(ArrivalMark(*place, stamp.office, stamp.serial, stamp.date, stamp.angle))
    for line in (*stamp.office, "ĐẾN"):
        see(sheet, line, "stamp")
    see(sheet, f"Số: {stamp.serial}", "stamp", (stamp.serial,))
    see(sheet, f"Ngày: {stamp.date}", "stamp", (stamp.date,))
    see(sheet, "Chuyển:", "stamp")


def _set(pen: _Pen, block: Block) -> None:
    if isinstance(block, PageBreak):
        pen.turn()
    elif isinstance(block, Table):
        _table(pen, block)
    else:
        _paragraph(pen, block)


def _is_heading(block: Block) -> bool:
    return isinstance(block, Paragraph) and all(
        run.face.bold for word in block.words for run in word
    )


def _height(block: Block, content: Content, style: Style) -> float:
    if not isinstance(block, Paragraph):
        return 0.0
    lines = break_lines(block.words, content.size, style.room, _INDENT)
    return _BETWEEN + len(list(lines)) * content.size * content.leading


def _paragraph(pen: _Pen, block: Paragraph) -> None:
    size, style = pen.content.size, pen.style
    step = size * pen.content.leading
    pen.y += _BETWEEN
    centred, heading = block.kind == "centred", _is_heading(block)
    lines = list(break_lines(block.words, size, style.room, 0.0 if centred else _INDENT))
    for index, line in enumerate(lines):
        pen.need(step * 2 if heading else 2)  # a heading takes a line of text along
        pen.y = max(pen.y, style.top + size)
        if centred:
            middle = (style.left + style.right) / 2
            set_centred(pen.sheet, text_of(line), line[0][0].face, size, (middle, pen.y))
        else:
            x = style.left + (0 if index else _INDENT)
            if index == len(lines) - 1:
                set_words(pen.sheet, line, size, (x, pen.y))
            else:
                set_justified(pen.sheet, line, size, (x, pen.y), style.right - x)
        see(pen.sheet, text_of(line), "body")
        pen.y += step


def _table(pen: _Pen, table: Table) -> None:
    style, size = pen.style, min(pen.content.size - 1, 12.0)
    shares = table.widths or (1 / len(table.rows[0]),) * len(table.rows[0])
    widths = [share * style.room for share in shares]
    pen.y -= pen.content.size * 0.4
    for index, row in enumerate(table.rows):
        face = Face(pen.content.family, bold=index == 0)
        cells = row_lines(row, widths, face, size)
        pen.need(row_height(cells, size))
        pen.y = set_row(pen.sheet, cells, widths, style, (pen.y, face, size))
    pen.y += pen.content.size * 1.1


def _foot(sheet: Sheet, content: Content, style: Style) -> None:
    y = style.bottom + 12
    sheet.marks.append(Rule(style.left, y, style.right, y))
    face = Face(content.family)
    for line in wrap(content.address, face, 11, style.room):
        y += 13
        set_centred(sheet, line, face, 11, ((style.left + style.right) / 2, y))
        see(sheet, line, "footer")
