"""Sets the head of page 1: issuer and country side by side, number and day, type and subject."""

from __future__ import annotations

from samplemaker.content import Content
from samplemaker.fonts import Face, width
from samplemaker.setting import see, set_centred, wrap, wrap_evenly
from samplemaker.sheet import Rule, Sheet, Text, UrgencyMark, Written
from samplemaker.styles import Style

_PEN_HEIGHT = 14.0  # points; taller than print, as people write


def number_of(content: Content, style: Style) -> str | None:
    """Return number and symbol as written in full, None while the number is blank."""
    head = content.letterhead
    return f"{head.serial}{style.number_join}{head.symbol}" if head.serial else None


def set_letterhead(sheet: Sheet, content: Content, style: Style) -> float:
    """Set the letterhead on `sheet`; return the baseline the body may begin at."""
    y = style.top + 10
    left_end = _issuer(sheet, content, style, y)
    right_end = _country(sheet, content, style, y)
    y = max(left_end, right_end) + 22
    _number(sheet, content, style, y)
    _place_and_date(sheet, content, style, y)
    y = _subject(sheet, content, style, y)
    if content.letterhead.urgency:
        width_of_box = 30 * 72 / 25.4
        x = style.left_centre - width_of_box / 2
        sheet.marks.append(UrgencyMark(x, y + 4, content.letterhead.urgency))
        see(sheet, content.letterhead.urgency, "stamp")
        y += 22
    return _addressees(sheet, content, style, y)


def _issuer(sheet: Sheet, content: Content, style: Style, y: float) -> float:
    head, step = content.letterhead, style.head_size * 1.2
    regular, bold = Face(content.family), Face(content.family, bold=True)
    for face, lines in ((regular, head.parent), (bold, head.issuer)):
        for line in lines:
            ends = set_centred(sheet, line, face, style.head_size, (style.left_centre, y))
            see(sheet, line, "header-left")
            y += step
    y -= step
    if content.style == "party":
        set_centred(sheet, "*", bold, style.head_size, (style.left_centre, y + step))
        see(sheet, "*", "header-left")
        return y + step - 4
    middle, half = sum(ends) / 2, (ends[1] - ends[0]) * 0.21
    sheet.marks.append(Rule(middle - half, y + 6.5, middle + half, y + 6.5))
    return y


def _country(sheet: Sheet, content: Content, style: Style, y: float) -> float:
    bold, size = Face(content.family, bold=True), style.head_size
    ends = (0.0, 0.0)
    for index, line in enumerate(style.country):
        bigger = size + 0.5 if index else size
        ends = set_centred(sheet, line, bold, bigger, (style.right_centre, y))
        see(sheet, line, "header-right")
        y += size * 1.25
    y -= size * 1.25
    sheet.marks.append(Rule(ends[0], y + 6, ends[1], y + 6))
    return y


def _number(sheet: Sheet, content: Content, style: Style, y: float) -> None:
    head, face, size = content.letterhead, Face(content.family), style.head_size
    mark, rest = style.number_mark, f"{style.number_join}{head.symbol}"
    by_pen = "serial" in content.by_hand or not head.serial
    room = max(30.0, 10.5 * len(head.serial)) if by_pen else width(head.serial, face, size)
    start = style.left_centre - (width(mark + rest, face, size) + room) / 2
    after = start + width(mark, face, size)
    sheet.marks.append(Text(start, y, mark.strip(), face, size))
    sheet.marks.append(Text(after + room, y, rest, face, size))
    if by_pen and head.serial:
        sheet.marks.append(Written(after, y, head.serial, _PEN_HEIGHT, room))
    elif head.serial:
        sheet.marks.append(Text(after, y, head.serial, face, size))
    hand = (head.serial,) if by_pen and head.serial else ()
    see(sheet, f"{mark}{head.serial}{rest}", "number", hand)


def _place_and_date(sheet: Sheet, content: Content, style: Style, y: float) -> None:
    head, size = content.letterhead, style.head_size
    face = Face(content.family, italic=True)
    # The decree pads days below 10 and only the months 1 and 2.
    month = f"{head.date.month:02}" if head.date.month < 3 else str(head.date.month)
    parts = (
        (f"{head.place}, ngày ", ""),
        (f"{head.date.day:02}", "day"),
        (" tháng ", ""),
        (month, "month"),
        (f" năm {head.date.year}", ""),
    )
    rooms = [
        24.0 if name and name in content.by_hand else width(text, face, size)
        for text, name in parts
    ]
    x = min(style.right_centre - sum(rooms) / 2, style.right - sum(rooms))
    for (text, name), room in zip(parts, rooms, strict=True):
        if name and name in content.by_hand:
            sheet.marks.append(Written(x, y, text, _PEN_HEIGHT, room))
        else:
            sheet.marks.append(Text(x, y, text, face, size))
        x += room
    hand = tuple(text for text, name in parts if name and name in content.by_hand)
    see(sheet, "".join(text for text, _ in parts), "place-date", hand)


def _subject(sheet: Sheet, content: Content, style: Style, y: float) -> float:
    head, size = content.letterhead, content.size
    if head.type == "Công văn":
        party = content.style == "party"
        face = Face(content.family, italic=party)
        subject = head.subject if party else f"V/v {head.subject}"
        y += 20
        for line in wrap_evenly(subject, face, 12, style.room * 0.40):
            set_centred(sheet, line, face, 12, (style.left_centre, y))
            see(sheet, line, "subject")
            y += 14
        return y
    bold, middle = Face(content.family, bold=True), (style.left + style.right) / 2
    y += 34
    set_centred(sheet, head.type.upper(), bold, size, (middle, y))
    see(sheet, head.type.upper(), "type")
    ends = (middle, middle)
    for line in wrap_evenly(head.subject, bold, size, style.room * 0.86):
        y += size * 1.25
        ends = set_centred(sheet, line, bold, size, (middle, y))
        see(sheet, line, "subject")
    half = min(70.0, max(30.0, (ends[1] - ends[0]) * 0.2))
    sheet.marks.append(Rule(middle - half, y + 6, middle + half, y + 6))
    return y + 8


def _addressees(sheet: Sheet, content: Content, style: Style, y: float) -> float:
    if not content.to:
        return y + 14
    face, size = Face(content.family), content.size
    start = style.left + style.room * 0.24
    mark = "Kính gửi:"
    after = start + width(f"{mark} ", face, size)
    y += 26
    sheet.marks.append(Text(start, y, mark, face, size))
    if len(content.to) == 1:
        lines = wrap(f"{content.to[0]}.", face, size, style.right - after)
        for index, line in enumerate(lines):
            sheet.marks.append(Text(after, y, line, face, size))
            see(sheet, line if index else f"{mark} {line}", "addressee")
            y += size * 1.25
        return y + 2
    see(sheet, mark, "addressee")
    for index, name in enumerate(content.to):
        ending = "." if index == len(content.to) - 1 else ";"
        y += size * 1.25
        for line in wrap(f"- {name}{ending}", face, size, style.right - after + 6):
            sheet.marks.append(Text(after - 6, y, line, face, size))
            see(sheet, line, "addressee")
            y += size * 1.25
        y -= size * 1.25
    return y + size * 1.25 + 4
