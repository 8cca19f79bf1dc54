"""The values that cross rooms: frozen, slotted, free of live handles.

Pages count from 1. Boxes are pixels of the page image, origin top left. A
confidence is 0..1 and means "share right among those we score like this".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCHEMA_VERSION = "1.0"

Origin = Literal["ocr", "text-layer", "legacy-text-layer", "text"]


class Region(StrEnum):
    """Where on a dispatch a line stands."""

    HEADER_LEFT = "header-left"
    HEADER_RIGHT = "header-right"
    NUMBER = "number"
    PLACE_DATE = "place-date"
    TYPE = "type"
    SUBJECT = "subject"
    ADDRESSEE = "addressee"
    BODY = "body"
    TABLE = "table"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"
    STAMP = "stamp"
    FOOTER = "footer"
    PAGE_NUMBER = "page-number"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels; right and bottom lie outside it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.bottom - self.top

    @staticmethod
    def around(boxes: Iterable[Box | None]) -> Box | None:
        """Return the smallest box that holds all of `boxes`, or None if there is none."""
        known = [box for box in boxes if box is not None]
        if not known:
            return None
        return Box(
            min(box.left for box in known),
            min(box.top for box in known),
            max(box.right for box in known),
            max(box.bottom for box in known),
        )


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `seen` is what the recogniser read and never changes, `text` our decision."""

    seen: str
    text: str
    box: Box | None
    confidence: float

    @property
    def changed(self) -> bool:
        """Whether our decision differs from what was seen."""
        return self.seen != self.text


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one baseline of one column."""

    words: tuple[Word, ...]
    box: Box | None = None
    region: Region | None = None

    @property
    def text(self) -> str:
        """The decided words, joined by single blanks."""
        return " ".join(word.text for word in self.words if word.text)

    @property
    def seen(self) -> str:
        """The words as recognised, joined by single blanks."""
        return " ".join(word.seen for word in self.words if word.seen)

    @property
    def confidence(self) -> float:
        """Mean confidence of the words; 0 for a line without words."""
        return sum(w.confidence for w in self.words) / len(self.words) if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """One page in reading order. Size and dpi are None for plain text."""

    number: int
    lines: tuple[Line, ...]
    origin: Origin
    width: int | None = None
    height: int | None = None
    dpi: int | None = None
    reason: str = ""

    @property
    def text(self) -> str:
        """The decided text, one line a row."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class PageImage:
    """A rasterised page: `pixels` is (height, width, 3) RGB or (height, width) grey, uint8."""

    number: int
    pixels: NDArray[np.uint8]
    dpi: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible value of a field: a serial, or a day as ISO 8601."""

    value: str
    probability: float


@dataclass(frozen=True, slots=True)
class Vote:
    """What one witness says of a field; its value is None if it found the place alone."""

    value: str | None
    confidence: float
    raw: str
    page: int
    box: Box | None
    source: str
    others: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a field was found, by which reader (`source`); `candidates` are likeliest first."""

    page: int
    box: Box | None
    raw: str
    confidence: float
    source: str
    candidates: tuple[Candidate, ...] = ()
    votes: tuple[Vote, ...] = ()


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed, split as on paper: authority (TM., KT., ...), position, name."""

    name: str | None = None
    position: str | None = None
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Fields:
    """The letterhead and signature of a dispatch; unknown is None, dates are ISO 8601."""

    number: str | None = None
    serial: str | None = None
    symbol: str | None = None
    type: str | None = None
    type_code: str | None = None
    subject: str | None = None
    place: str | None = None
    issue_date: str | None = None
    issuer: str | None = None
    issuer_parent: str | None = None
    province: str | None = None
    recipients_to: tuple[str, ...] = ()
    recipients_cc: tuple[str, ...] = ()
    signer: Signer = field(default_factory=Signer)
    security: str | None = None
    urgency: str | None = None


@dataclass(frozen=True, slots=True)
class Directive:
    """One order: who must do what, with whom, by when."""

    label: str | None
    text: str
    assignee: str | None
    assignee_inherited: bool
    cooperating: tuple[str, ...]
    deadline: str | None
    deadline_text: str | None
    recurring: str | None
    page: int
    box: Box | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that the dispatch cites, with the page and box of its first mention.

    `provisions` are the articles and clauses named (`khoản 3 Điều 52`); `also_as` are other
    wordings by which the text comes back to it.
    """

    text: str
    type: str | None
    number: str | None
    date: str | None
    issuer: str | None
    page: int
    box: Box | None = None
    provisions: tuple[str, ...] = ()
    also_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader of ink saw in one slot, likeliest first; missing to 1 is "none of these"."""

    kind: Literal["number", "date"]
    page: int
    box: Box | None
    raw: str
    candidates: tuple[Candidate, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A digital signature; `intact` says whether the signed bytes are unchanged, not trust."""

    signer: str | None
    organization: str | None
    signed_at: str | None
    intact: bool | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know about; `kind` is a stable code."""

    stage: str
    kind: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The file a dispatch was read from."""

    path: str
    sha256: str
    media_type: str
    pages: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Producer:
    """What made a record: the version and the digests that decide whether it is stale."""

    version: str
    settings_sha256: str
    dictionary_sha256: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document of a batch. `path` is relative to the batch's source.

    `key` joins the digests of content, settings and dictionaries; `record` is relative to
    the output. `reason` is "" for a document that was read, else the code of its failure.
    `exports` are the suffixes of the further files beside the record; the `message` of a
    document that was read says why one of them could not be made.
    """

    path: str
    key: str
    record: str
    reason: str = ""
    message: str = ""
    attempts: int = 1
    pages: int = 0
    seconds: float = 0.0
    needs_review: bool = False
    exports: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether there is no record of the document."""
        return bool(self.reason)


@dataclass(frozen=True, slots=True)
class Extraction:
    """What the extractor found in the pages of one document."""

    fields: Fields
    evidence: dict[str, Evidence]
    directives: tuple[Directive, ...] = ()
    references: tuple[Reference, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One document, read: the record of the JSON schema."""

    source: Source
    fields: Fields
    evidence: dict[str, Evidence]
    directives: tuple[Directive, ...]
    references: tuple[Reference, ...]
    signatures: tuple[Signature, ...]
    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]
    vnocr: Producer
    schema_version: str = SCHEMA_VERSION

    @property
    def text(self) -> str:
        """The decided text of all pages, pages parted by a form feed."""
        return "\f".join(page.text for page in self.pages)
