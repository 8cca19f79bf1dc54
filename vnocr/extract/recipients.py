"""The spaCy component `vnocr_recipients`: `Kính gửi` and `Nơi nhận`, and where the body lies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz
from spacy.language import Language
from spacy.tokens import Doc

from vnocr.extract.closing import Closing, ClosingReader
from vnocr.extract.document import DocLine, lines_of
from vnocr.extract.drafting import find_drafting_code
from vnocr.extract.ledger import PRINTED
from vnocr.extract.spans import LineSpan, line_span
from vnocr.model import Box, Evidence, Region
from vnocr.settings import Settings
from vnocr.vietnamese.unicode import fold

_ANCHORS = ("kinh gui", "kinh trinh", "kinh chuyen")
_CUTOFF = 80.0
_BULLET = re.compile(r"^[^\w\s(\"'“]{1,3}\s*(?:[-–—]\s*)?")
_END = re.compile(r"[;.]\s*$")
_LAST = re.compile(r"\.\s*$")
_PAGE_NUMBER = re.compile(r"\W*\d{1,3}\W*")
_TELEGRAM = "Công điện"
_SEARCH_LINES = 45
_MAX_ITEMS = 60


@dataclass(frozen=True, slots=True)
class Recipients:
    """Finds addressees and copies, and narrows the body to the lines between them."""

    closings: ClosingReader

    def __call__(self, doc: Doc) -> Doc:
        """Read `doc`."""
        lines = lines_of(doc)
        body = doc._.vnocr_body
        found = _find_addressees(doc, lines, body)
        start = body.start
        if found is not None:
            spans, items, after = found
            doc._.vnocr_fields = replace(doc._.vnocr_fields, recipients_to=tuple(items))
            doc._.vnocr_evidence["recipients_to"] = _evidence(spans)
            start = after
        doc._.vnocr_body = range(start, body.stop)
        closing = self.closings.of(doc)
        if closing is not None:
            _write_copies(doc, closing)
            doc._.vnocr_body = range(start, closing.first_line)
        return doc


@Language.factory("vnocr_recipients", default_config={"dictionaries": ""})
def create_recipients(nlp: Language, name: str, dictionaries: str) -> Recipients:
    """Create the component. Raises DictionaryError if a dictionary is missing or damaged."""
    folder = Settings(dictionaries=dictionaries).dictionary_folder
    return Recipients(ClosingReader.load(folder))


def _write_copies(doc: Doc, closing: Closing) -> None:
    if not closing.copies:
        return
    items = list_items(closing.copies)
    doc._.vnocr_fields = replace(doc._.vnocr_fields, recipients_cc=tuple(items))
    doc._.vnocr_evidence["recipients_cc"] = _evidence(closing.copies)
    if drafted := find_drafting_code(closing.copies):
        code, doc._.vnocr_evidence["drafting_code"] = drafted
        doc._.vnocr_fields = replace(doc._.vnocr_fields, drafting_code=code)


def _find_addressees(
    doc: Doc, lines: Sequence[DocLine], body: range
) -> tuple[list[LineSpan], list[str], int] | None:
    """Return the addressee spans, the items and the first line after them."""
    first = max(0, body.start - 12)
    for index in range(first, min(body.start + _SEARCH_LINES, len(lines))):
        span = line_span(doc, index)
        cut = _anchor_end(span)
        if cut is None and doc._.vnocr_fields.type == _TELEGRAM:
            cut = _telegram_end(span)
        if cut is None:
            continue
        spans = _block(doc, lines, index, span.part(cut))
        return spans, list_items(spans), max(span.line for span in (span, *spans)) + 1
    return None


def _anchor_end(span: LineSpan) -> int | None:
    """Return how many words the addressee's anchor takes at the start of `span`."""
    if len(span.words) < 2:
        return None
    for skip in range(min(3, len(span.words) - 1)):
        head, rest = span.part(skip, skip + 2), span.part(skip + 2)
        key = head.key.strip(" :.;")
        opens = re.search(r"[:;]", head.text + rest.text[:2]) or _BULLET.match(rest.text)
        if head.text[:1] != "K" or not (opens or not rest.words):
            continue
        if any(fuzz.ratio(anchor, key[: len(anchor) + 2]) >= _CUTOFF for anchor in _ANCHORS):
            return skip + 2
    return None


def _telegram_end(span: LineSpan) -> int | None:
    """Return how many words lead up to the addressees of a telegram: `CHỦ TỊCH ... điện:`."""
    for place, word in enumerate(span.words):
        if fold(word.text).rstrip(" ;.") in ("dien:", "gui:"):
            return place + 1
    return None


def _block(doc: Doc, lines: Sequence[DocLine], anchor: int, rest: LineSpan) -> list[LineSpan]:
    """Return the lines of the addressees that open after the anchor."""
    rest = _without_colon(rest)
    block = [rest] if rest.words else []
    bullets = bool(block) and _BULLET.match(block[0].text) is not None
    for index in range(anchor + 1, len(lines)):
        line = lines[index]
        span = line_span(doc, index)
        if not span.words:
            if block and not _continues_after_blank(doc, lines, index, bullets):
                break
            continue
        if line.region in (Region.PAGE_NUMBER, Region.STAMP, Region.FOOTER):
            continue
        bullet = _BULLET.match(span.text) is not None
        if not block:
            bullets = bullet
        elif bullets:
            if not bullet and _LAST.search(block[-1].text):
                break
        elif bullet or _END.search(block[-1].text) or _is_paragraph(block[-1], span):
            break
        if len(block) >= _MAX_ITEMS:
            break
        block.append(span)
    return block


def _without_colon(span: LineSpan) -> LineSpan:
    skip = 0
    while skip < len(span.words) and not re.search(r"\w|-", span.words[skip].text):
        skip += 1
    return span.part(skip)


def _continues_after_blank(doc: Doc, lines: Sequence[DocLine], index: int, bullets: bool) -> bool:
    following = next((i for i in range(index + 1, len(lines)) if lines[i].text), None)
    if following is None or not bullets:
        return False
    return _BULLET.match(lines[following].text) is not None


def _is_paragraph(previous: LineSpan, span: LineSpan) -> bool:
    """Whether `span` opens the body rather than going on with the addressee above it."""
    if previous.box is None or span.box is None:
        return span.text[:1].isupper()
    pitch = span.box.top - previous.box.top
    indented_back = span.box.left < previous.box.left - 2 * previous.box.height
    return indented_back or pitch > 2.1 * previous.box.height


def list_items(spans: Sequence[LineSpan]) -> list[str]:
    """Return the items of a list of recipients, wrapped lines joined, marks taken off."""
    items: list[str] = []
    bullets = any(_BULLET.match(span.text) for span in spans)
    for span in spans:
        if items and _PAGE_NUMBER.fullmatch(span.text):
            continue
        bullet = _BULLET.match(span.text)
        # A bullet may have been lost: the semicolon before it tells the same.
        opens = bullet is not None or not items or items[-1].rstrip().endswith(";")
        if not bullets:
            opens = not items or _END.search(items[-1]) is not None
        text = span.text[bullet.end() :] if bullet else span.text
        if opens:
            items.append(text)
        else:
            items[-1] += " " + text
    cleaned = (_without_scratches(item) for item in items)
    return [item for item in cleaned if any(map(str.isalpha, item))]


def _without_scratches(item: str) -> str:
    """Return the item without closing marks, and without what a seal left after them."""
    head, mark, tail = item.rpartition(";")
    words = [word for word in re.findall(r"[^\s.,]+", tail) if len(word) > 1 and word.isalpha()]
    if mark and len(words) < 2 and not any(map(str.isupper, words)):  # codes of offices stay
        item = head
    return re.sub(r"[\s;.,:]+$", "", item).strip()


def _evidence(spans: Sequence[LineSpan]) -> Evidence:
    words = [word for span in spans for word in span.words]
    sure = sum(word.confidence for word in words) / len(words) if words else 0.5
    return Evidence(
        page=spans[0].page if spans else 1,
        box=Box.around(word.box for word in words),
        raw=" ".join(word.seen for word in words),
        confidence=round(0.95 * sure, 3),
        source=PRINTED,
    )
