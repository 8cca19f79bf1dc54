"""The values that cross rooms: frozen, slotted, free of live handles.

Pages count from 1. Boxes are pixels of the page image, origin top left. A
confidence is 0..1 and means "share right among those we score like this".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

# Parts of the model, in modules of their own; the other rooms import them from here.
from vnocr.correction import MISFIT, Correction, CorrectionKind, Place, ReadWord  # noqa: F401
from vnocr.pages import Box, Line, Origin, Page, PageImage, Region, Seal, Word  # noqa: F401

SCHEMA_VERSION = "1.0"


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
    drafting_code: str | None = None


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


Relation = Literal["amends", "replaces", "repeals"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that the dispatch cites, with the page and box of its first mention.

    `provisions` are the articles and clauses named (`khoản 3 Điều 52`); `also_as` are other
    wordings by which the text comes back to it. `relation` tells what the dispatch does to it
    beyond citing it.
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
    relation: Relation | None = None


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


class Remark(NamedTuple):
    """What people should know of the export with the ending `suffix`: that it is no PDF/A."""

    suffix: str
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document of a batch. `path` is relative to the batch's source.

    `key` joins the digests of content, settings and dictionaries; `record` is relative to
    the output. `reason` is "" for a document that was read, else the code of its failure.
    `exports` are the suffixes of the further files beside the record; the `message` of a
    document that was read says why one of them could not be made, `remarks` what is odd
    about those that were.
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
    remarks: tuple[Remark, ...] = ()

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
class AsRead:
    """The parts of a dispatch that corrections changed, as they were read."""

    fields: Fields
    evidence: dict[str, Evidence]
    directives: tuple[Directive, ...]
    problems: tuple[Problem, ...]
    words: tuple[ReadWord, ...]


@dataclass(frozen=True, slots=True)
class Corrected:
    """Who corrected what in a dispatch, the oldest first, and what was read there.

    `approved` says whether a person agreed to the record as it stands.
    """

    corrections: tuple[Correction, ...]
    as_read: AsRead
    approved: bool


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One document, read: the record of the JSON schema.

    `corrected` is None unless a person has corrected or approved it.
    """

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
    corrected: Corrected | None = None

    @property
    def needs_review(self) -> bool:
        """Whether a person should look at it: what was approved is settled, unless misfit."""
        if self.corrected and self.corrected.approved:
            return any(problem.kind == MISFIT for problem in self.problems)
        return bool(self.problems)

    @property
    def text(self) -> str:
        """The decided text of all pages, pages parted by a form feed."""
        return "\f".join(page.text for page in self.pages)

    def _repr_html_(self) -> str:
        from vnocr.notebook import dispatch_html

        return dispatch_html(self)
