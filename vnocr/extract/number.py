"""Reading the line `Số: 15/QĐ-BNV`: serial and symbol, in state and in party style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vnocr.extract.columns import Column, HeadSpan, Role
from vnocr.extract.spans import LineSpan
from vnocr.model import Word


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What the number line says. `serial` is None when blank or unreadable."""

    serial: str | None
    symbol: str | None
    joint: str  # what stands between serial and symbol: "/" or, in party style, "-"
    blank: bool
    lettered: bool  # letters of the serial were taken for the figures they look like
    anchored: bool  # whether the printed word "Số" was found
    span: LineSpan
    serial_words: tuple[Word, ...]
    symbol_words: tuple[Word, ...]

    @property
    def number(self) -> str | None:
        """Serial and symbol joined, or None if either is missing."""
        if self.serial is None or self.symbol is None:
            return None
        return f"{self.serial}{self.joint}{self.symbol}"


# "Số", also as recognisers without Vietnamese see it (S6, S4, Sé), also after the name of a
# law. Matched on folded text.
_ANCHOR = re.compile(
    r"^\W*(?:(?:bo )?luat\s+|nghi quyet\s+|phap lenh\s+|lenh\s+)?"
    r"s(?:o|[a-z]|[&$]|[0-9](?=\s?[:;.,]))?\s?[:;.,]*(?=[\s\d./…_-]|$|[^a-z])"
)
_GROUP = r"[A-ZĐÂÊÔƠƯ][A-Za-zĐđâêôơưÂÊÔƠƯ&.0-9]*"
_SYMBOL = rf"{_GROUP}(?:\s?-\s?{_GROUP})*"
_STATE = re.compile(rf"^(?P<serial>[^/]*?)\s*/\s*(?P<symbol>(?:(?:19|20)\d\d\s*/\s*)?{_SYMBOL})")
# A slash that is ink stands before the printed one.
_STATE_AFTER_INK = re.compile(
    rf"^(?P<serial>.*/.*?)\s*/\s*(?P<symbol>{_GROUP}(?:\s?-\s?{_GROUP})+)"
)
_PARTY_CODES = "NQ|Q[ĐDĐ]|CT|KL|TB|BC|KH|CTr|CTHĐ|TTr|CV|HD|QC|Q[Đy]Đ?|[ĐD]A|BB|GM|TT"
_PARTY = re.compile(
    rf"^(?P<serial>[^/]*?)\s*-\s*(?P<symbol>(?:{_PARTY_CODES})\s*/\s*{_GROUP}(?:\s?-\s?{_GROUP})*)"
)
# The slash was swallowed by ink: the symbol alone is still worth having.
_NO_SLASH = re.compile(rf"(?P<symbol>[A-ZĐ][A-Za-zĐđ]{{0,5}}\s?-\s?{_GROUP}(?:\s?-\s?{_GROUP})*)")
_AFTER_SLASH = re.compile(rf"/\s*(?P<symbol>{_SYMBOL})[\W_]*$")
_SERIAL = re.compile(r"\d(?: ?\d){0,4}[A-Za-zĐđ]?")
# Letters that recognisers write for figures, among at least one figure: l6, 1O.
_LETTERED = re.compile(r"(?=.*\d)[\dlI|Oo]{2,5}")
_FIGURES = str.maketrans("lI|Oo", "11100")
_MAX_BARE_LINE = 30
_BLANK = re.compile(r"[\s.…_:;,\-*]*")


def find_number(spans: Sequence[HeadSpan], *, as_seen: bool = True) -> NumberReading | None:
    """Return the reading of the number line of the head, or None if there is none.

    Codes are read as seen, since no dictionary may correct them; where what was seen is a
    legacy encoding, `as_seen` must be off.
    """
    dated = next((item.span for item in spans if item.role is Role.DATE), None)
    readings = []
    for order, item in enumerate(spans):
        if item.role in (Role.TEXT, Role.STAMP) and item.column is not Column.RIGHT:
            level = dated is not None and _level(item.span, dated)
            if item.role is Role.STAMP and not level:
                continue
            span = item.span.before_correction() if as_seen else item.span
            reading = read_number(span, level=level)
            if reading is not None:
                reading = replace(reading, span=item.span)
            if reading is not None:
                merit = 4 * level + 3 * reading.anchored + (reading.serial is not None)
                readings.append((merit + (item.column is Column.LEFT), -order, reading))
    return max(readings, key=lambda entry: entry[:2])[2] if readings else None


def _level(span: LineSpan, other: LineSpan) -> bool:
    """Whether both stand on one baseline."""
    if span.line == other.line:
        return True
    if span.page != other.page or span.box is None or other.box is None:
        return False
    middle = (span.box.top + span.box.bottom) / 2
    return other.box.top - 0.3 * other.box.height < middle < other.box.bottom + 4


def read_number(span: LineSpan, *, level: bool = False) -> NumberReading | None:
    """Return the number that `span` opens with, or None if it is no number line.

    `level` says that the line stands beside the date, where nothing but the number does.
    """
    anchor = _ANCHOR.match(span.key)
    begin = anchor.end() if anchor else 0
    rest = span.text[begin:].replace("Ð", "Đ")
    for match, joint in ((_PARTY.match(rest), "-"), (_state_match(rest), "/")):
        if match is not None:
            reading = _reading(span, begin, match, joint)
            # Without the printed "Số" only a clean number that fills its line is believed.
            alone = reading.serial is not None and len(span.text) < _MAX_BARE_LINE
            return reading if anchor or level or alone else None
    if (anchor is None and not level) or len(rest) > 40:
        return None
    match = _AFTER_SLASH.search(rest) or _NO_SLASH.search(rest)
    if match is None:
        return None
    reading = _reading(span, begin, match, "/")
    words = span.words_between(begin, begin + match.start("symbol"))
    return replace(reading, serial=None, blank=False, serial_words=words)


def _state_match(text: str) -> re.Match[str] | None:
    match = _STATE.match(text)
    if match is not None and "-" in match["symbol"]:
        return match
    return _STATE_AFTER_INK.match(text) or match


def _reading(span: LineSpan, begin: int, match: re.Match[str], joint: str) -> NumberReading:
    groups = match.groupdict()
    serial = groups.get("serial") or ""
    symbol = re.sub(r"\s+", "", groups["symbol"]).rstrip(".-&")
    if "-" not in symbol:
        symbol = symbol.replace(".", "-")  # a faint hyphen
    digits = re.sub(r"[.:;,_…*]", "", serial).strip()
    lettered = _LETTERED.fullmatch(digits) is not None and not digits.isdecimal()
    digits = digits.translate(_FIGURES) if lettered else digits
    first = begin + match.start("symbol")
    return NumberReading(
        serial=digits.replace(" ", "") if _SERIAL.fullmatch(digits) else None,
        symbol=symbol or None,
        joint=joint,
        blank=_BLANK.fullmatch(serial) is not None,
        lettered=lettered,
        anchored=begin > 0,
        span=span,
        serial_words=span.words_between(begin, begin + len(serial.rstrip())),
        symbol_words=span.words_between(first, begin + match.end("symbol")),
    )
