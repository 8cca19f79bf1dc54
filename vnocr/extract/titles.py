"""Reading the printed type of a document: QUYẾT ĐỊNH, BÁO CÁO, ..."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from vnocr.extract.columns import Column, HeadSpan, Role
from vnocr.extract.spans import LineSpan
from vnocr.extract.subjects import opens_body
from vnocr.extract.tables import parts, read_table
from vnocr.model import Region, Word
from vnocr.vietnamese.unicode import fold

LETTER = "Công văn"
_CUTOFF = 84.0
_MIN_UPPER = 0.75


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

    def title(self, span: LineSpan) -> LineSpan:
        """Return the words of the type within `span`, its line, which others may share."""
        first = next((i for i, word in enumerate(span.words) if word is self.words[0]), 0)
        return span.part(first, first + len(self.words))


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
        if opens_body(item.span):
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
    if span.part(0, 1).text.isalpha():
        return None
    for kind in types:
        for name in kind.keys:
            size = len(name.split())
            tail = span.part(max(0, len(span.words) - size))
            if size > 1 and tail.upper_share == 1 and tail.key.strip(" .:") == name:
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
