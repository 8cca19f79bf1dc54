"""The right answers: reads the folders text/, scans/ and headers/ of an evaluation folder."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evaluation.normal import comparable

FIELDS = ("number", "issue_date", "type", "issuer", "subject", "signer")
BODY_REGIONS = ("body", "table", "subject", "addressee")
LETTERHEAD_REGIONS = ("header-left", "header-right", "type", "subject")
# The names that the transcribers of the letterheads gave to fields they could not read.
_UNCERTAIN = {
    "so_ky_hieu": "number",
    "ngay": "issue_date",
    "ngay_ban_hanh": "issue_date",
    "loai": "type",
    "co_quan": "issuer",
    "trich_yeu": "subject",
    "nguoi_ky": "signer",
}


@dataclass(frozen=True, slots=True)
class TextCase:
    """A dispatch as text: recognised lines, the gold lines beside them, its other answers."""

    name: str
    seen: tuple[str, ...]
    gold: tuple[str, ...]
    scored: tuple[bool, ...]
    answers: dict[str, Any]


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A transcribed page; `words`, `regions` and `printed` (not by hand) run in step."""

    document: str
    number: int
    lines: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    regions: tuple[str, ...]
    printed: tuple[bool, ...]

    def scored(self, regions: Iterable[str]) -> list[bool]:
        """Say for each word whether it is printed in one of `regions`."""
        wanted = set(regions)
        return [
            printed and region in wanted
            for region, printed in zip(self.regions, self.printed, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Document:
    """A scan or a letterhead picture with its fields; None is a field that is not scored."""

    path: Path
    fields: dict[str, str | None]
    pages: tuple[GoldPage, ...] = ()
    answers: dict[str, Any] | None = None

    @property
    def name(self) -> str:
        """The file name."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Gold:
    """All that an evaluation folder holds; `absent` names the parts it lacks."""

    texts: tuple[TextCase, ...] = ()
    clean: tuple[str, ...] = ()
    scans: tuple[Document, ...] = ()
    headers: tuple[Document, ...] = ()
    absent: tuple[str, ...] = field(default=())


def load(folder: Path, limit: int | None = None) -> Gold:
    """Read `folder`; `limit` keeps the first documents of each part."""
    texts = tuple(_text_case(path) for path in sorted((folder / "text").glob("*.ocr.txt"))[:limit])
    clean_file = folder / "text" / "official-dev.txt"
    content = clean_file.read_text(encoding="utf-8") if clean_file.is_file() else ""
    clean = [part.strip("\n") for part in content.split("\n\n") if part.strip()]
    scans = _documents(folder / "scans", limit)
    headers = _documents(folder / "headers", limit)
    parts = {
        "text/*.ocr.txt": texts,
        "text/official-dev.txt": clean,
        "scans/fields.jsonl": scans,
        "headers/fields.jsonl": headers,
    }
    absent = tuple(name for name, found in parts.items() if not found)
    return Gold(texts, tuple(clean[:limit]), scans, headers, absent)


def _text_case(path: Path) -> TextCase:
    stem = path.name.removesuffix(".ocr.txt")
    gold = path.with_name(f"{stem}.gold.txt").read_text(encoding="utf-8").splitlines()
    seen = path.read_text(encoding="utf-8").splitlines()
    if len(gold) != len(seen):
        raise ValueError(f"{path}: {len(seen)} lines, but its gold text has {len(gold)}")
    answers = json.loads(path.with_name(f"{stem}.fields.json").read_text(encoding="utf-8"))
    uncertain = set(answers.get("uncertain_lines", []))
    scored = tuple(
        number not in uncertain and "://" not in line and "www." not in line
        for number, line in enumerate(gold, 1)
    )
    return TextCase(stem, tuple(seen), tuple(gold), scored, answers)


def _documents(folder: Path, limit: int | None) -> tuple[Document, ...]:
    listing = folder / "fields.jsonl"
    if not listing.is_file():
        return ()
    rows = [json.loads(line) for line in listing.read_text(encoding="utf-8").splitlines() if line]
    rows.sort(key=lambda row: row["file"])
    return tuple(_document(folder, row) for row in rows[:limit])


def _document(folder: Path, row: dict[str, Any]) -> Document:
    stem = Path(row["file"]).stem
    pages = [read_page(path) for path in (folder / "pages").glob(f"{stem}.p*.json")]
    directives = folder / "directives" / f"{stem}.json"
    answers = json.loads(directives.read_text(encoding="utf-8")) if directives.is_file() else None
    fields = {
        "number": row["number"],
        "issue_date": row["issue_date"],
        "type": row["type_as_printed"],
        "issuer": row["issuer_as_printed"],
        "subject": row["subject"],
        "signer": row.get("signer_name") or ((answers or {}).get("signer") or {}).get("name"),
    }
    for name in row.get("uncertain", []):
        fields[_UNCERTAIN.get(name, name)] = None
    ordered = tuple(sorted(pages, key=lambda page: page.number))
    return Document(folder / row["file"], fields, ordered, answers)


def read_page(path: Path) -> GoldPage:
    """Read one transcribed page."""
    content = json.loads(path.read_text(encoding="utf-8"))
    words: list[str] = []
    regions: list[str] = []
    printed: list[bool] = []
    for line in content["lines"]:
        parts = mark_hand(line["text"], line.get("hand", []))
        words.extend(word for word, _ in parts)
        printed.extend(not by_hand for _, by_hand in parts)
        regions.extend([line["region"]] * len(parts))
    lines = tuple((line["text"], line["region"]) for line in content["lines"])
    return GoldPage(
        content["source"], content["page"], lines, tuple(words), tuple(regions), tuple(printed)
    )


def mark_hand(text: str, hand: Iterable[str]) -> list[tuple[str, bool]]:
    """Return the words of a line, each with whether any part of it is handwritten."""
    line = comparable(text)
    spans, start = [], 0
    for part in map(comparable, hand):
        place = line.find(part, start)
        if place < 0:
            raise ValueError(f"handwritten part {part!r} does not stand in line {text!r}")
        start = place + len(part)
        spans.append((place, start))
    marked, place = [], 0
    for word in line.split():
        place = line.index(word, place)
        end = place + len(word)
        marked.append((word, any(first < end and place < last for first, last in spans)))
        place = end
    return marked
