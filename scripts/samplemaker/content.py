"""A sample as its author wrote it: one TOML file a dispatch, read into frozen values."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cattrs


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of page 1. Lines are as printed; `serial` "" means the number is still blank."""

    issuer: tuple[str, ...]
    serial: str
    symbol: str
    place: str
    date: datetime.date
    type: str
    subject: str
    parent: tuple[str, ...] = ()
    type_code: str | None = None
    urgency: str | None = None
    province: str | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature block; `authority` are the lines above `position`, as printed."""

    name: str
    position: str
    authority: tuple[str, ...] = ()
    seal: str = ""
    seal_centre: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """The stamp ĐẾN of the office that received the paper; number and day are written by pen."""

    office: tuple[str, ...]
    serial: str
    date: str
    x: float
    y: float
    angle: float = 0.0


@dataclass(frozen=True, slots=True)
class Scan:
    """How the paper became a file. `skew` in degrees, one a page (the last one repeats)."""

    kind: str = "scan"
    mode: str = "colour"
    dpi: int = 200
    quality: int = 62
    skew: tuple[float, ...] = (0.0,)
    blur: float = 0.5
    grain: float = 2.0
    faint: float = 0.0
    speckle: float = 0.0
    show_through: float = 0.0
    shade: float = 0.0
    tone: tuple[int, int, int] = (252, 250, 245)
    threshold: int = 150
    blank_back: bool = False
    punched: bool = False
    signed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A directive: `item` begins its paragraph and only that one.

    `optional` marks closing formulas and clauses on who carries a decision out: a reader may
    count them as orders or not.
    """

    item: str
    label: str | None = None
    assignee: str | None = None
    assignee_inherited: bool = False
    cooperating: tuple[str, ...] = ()
    deadline: datetime.date | None = None
    deadline_text: str | None = None
    recurring: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that the dispatch cites; `text` stands in the body word for word."""

    text: str
    type: str | None = None
    number: str | None = None
    date: datetime.date | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """One sample: where it goes, what it says and how it was scanned."""

    file: str
    shows: str
    seed: int
    letterhead: Letterhead
    body: str
    signers: tuple[Signer, ...]
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    style: str = "nd30"
    family: str = "Tinos"
    size: float = 14.0
    leading: float = 1.2
    by_hand: tuple[str, ...] = ()
    address: str = ""
    arrival: Arrival | None = None
    scan: Scan = field(default_factory=Scan)
    directives: tuple[Item, ...] = ()
    references: tuple[Citation, ...] = ()

    @property
    def name(self) -> str:
        """The file name without its ending."""
        return Path(self.file).stem


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True)

    def as_date(value: Any, _: type) -> datetime.date:
        if not isinstance(value, datetime.date):
            raise TypeError(f"{value!r} is not a date")
        return value

    converter.register_structure_hook(datetime.date, as_date)
    return converter


def load(path: Path) -> Content:
    """Return the sample described in `path`.

    Raises cattrs.BaseValidationError naming the fields that are missing, unknown or wrong.
    """
    return _converter().structure(tomllib.loads(path.read_text(encoding="utf-8")), Content)


def load_all(folder: Path) -> tuple[Content, ...]:
    """Return every sample of `folder`, ordered by name."""
    return tuple(load(path) for path in sorted(folder.glob("*.toml")))
