"""Letterhead and signature: exact, missing, wrong, and how far the confidences can be trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from evaluation.gold import FIELDS, Document
from evaluation.normal import comparable, folded
from evaluation.readings import Reading
from evaluation.reliability import reliability, reliability_table
from evaluation.report import Figures, Table, percent
from vnocr.extract.registers import heed_registers

if TYPE_CHECKING:
    from vnocr.model import Dispatch

SURE = 0.9
SUBJECT_SIMILARITY = 97.0
_ORDERED = "all, with register order"
_ABOUT = re.compile(r"^(v/v|về việc)\s*:?\s*", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"Số\s*:?\s*(\d+[A-Za-z]?(?:/\d{4})?\s*[/-]\s*[A-ZĐ][\w&-]*(?:[/-]\w+)*)")
_DATE = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One field of one document: what it should be, what was said, how surely."""

    document: str
    field: str
    gold: str
    said: str | None
    confidence: float

    @property
    def outcome(self) -> str:
        """Return exact, missing or wrong."""
        if not self.said:
            return "missing"
        return "exact" if same(self.field, self.gold, self.said) else "wrong"


def same(field: str, gold: str, said: str) -> bool:
    """Say whether `said` counts as the right value of `field`."""
    if field == "number":
        return re.sub(r"\s", "", comparable(gold)) == re.sub(r"\s", "", comparable(said))
    if field == "issuer":
        return _WORD.findall(folded(gold)) == _WORD.findall(folded(said))
    if field == "subject":
        left, right = (_ABOUT.sub("", comparable(text)) for text in (gold, said))
        return fuzz.ratio(left, right) >= SUBJECT_SIMILARITY
    return folded(gold) == folded(said)


def said_by(dispatch: Dispatch) -> dict[str, tuple[str | None, float]]:
    """Return value and confidence of every scored field of a dispatch; 0 without evidence."""
    fields, evidence = dispatch.fields, dispatch.evidence

    def sure(*names: str) -> float:
        given = [evidence[name].confidence for name in names if name in evidence]
        return min(given, default=0.0)

    issuer = " ".join(part for part in (fields.issuer_parent, fields.issuer) if part)
    return {
        "number": (fields.number, sure("number")),
        "issue_date": (fields.issue_date, sure("issue_date")),
        "type": (fields.type, sure("type")),
        "issuer": (issuer or None, sure("issuer", "issuer_parent")),
        "subject": (fields.subject, sure("subject")),
        "signer": (fields.signer.name, sure("signer", "signer.name")),
    }


def said_by_expressions(text: str) -> dict[str, tuple[str | None, float]]:
    """Return number and date as two plain regular expressions find them in Tesseract's text."""
    number, date = _NUMBER.search(text), _DATE.search(text)
    day = f"{date[3]}-{int(date[2]):02}-{int(date[1]):02}" if date else None
    return {"number": (number[1] if number else None, 0.0), "issue_date": (day, 0.0)}


def measure(sets: Mapping[str, Sequence[Document]], readings: Mapping[Path, Reading]) -> Figures:
    """Score the fields of each named set of documents and of all together."""
    verdicts: dict[str, list[Verdict]] = {}
    baseline: dict[str, list[Verdict]] = {}
    for name, documents in sets.items():
        known = [document for document in documents if document.path in readings]
        verdicts[name] = [one for each in known for one in judge(each, readings[each.path])]
        baseline[name] = [one for each in known for one in judge_bare(each, readings[each.path])]
    everything = [one for part in verdicts.values() for one in part]
    summary = {
        **{name: tally(part) for name, part in verdicts.items()},
        "all": tally(everything),
        _ORDERED: tally(_judge_ordered(sets, readings)),
        "regular_expressions": tally([one for part in baseline.values() for one in part]),
        "reliability": reliability(
            (one.confidence, one.outcome == "exact") for one in everything if one.said
        ),
    }
    details = [
        {
            "document": one.document,
            "field": one.field,
            "gold": one.gold,
            "said": one.said,
            "confidence": one.confidence,
            "outcome": one.outcome,
        }
        for one in everything
    ]
    return Figures(summary, details, _tables(summary, list(sets)))


def _judge_ordered(
    sets: Mapping[str, Sequence[Document]], readings: Mapping[Path, Reading]
) -> list[Verdict]:
    """Judge all documents as one archive, after the order of its registers was heard."""
    documents = [each for part in sets.values() for each in part if each.path in readings]
    read = {str(each.path): readings[each.path].dispatch for each in documents}
    heeded = heed_registers({name: one for name, one in read.items() if one is not None})
    return [
        verdict
        for each in documents
        for name in (str(each.path),)
        for verdict in judge(
            each, replace(readings[each.path], dispatch=heeded.get(name, read[name]))
        )
    ]


def judge(document: Document, reading: Reading) -> list[Verdict]:
    """Judge each scored field of one document; an unreadable document misses all of them."""
    said = said_by(reading.dispatch) if reading.dispatch else {}
    return _judge(document, said, FIELDS)


def judge_bare(document: Document, reading: Reading) -> list[Verdict]:
    """Judge the baseline on the first page of Tesseract's text."""
    said = said_by_expressions(reading.bare[0]) if reading.bare else {}
    return _judge(document, said, ("number", "issue_date")) if reading.bare else []


def _judge(
    document: Document, said: Mapping[str, tuple[str | None, float]], names: Iterable[str]
) -> list[Verdict]:
    return [
        Verdict(document.name, name, gold, *said.get(name, (None, 0.0)))
        for name in names
        if (gold := document.fields.get(name))
    ]


def tally(verdicts: Sequence[Verdict]) -> dict[str, dict[str, Any]]:
    """Count outcomes by field."""
    return {
        name: _tally([one for one in verdicts if one.field == name])
        for name in FIELDS
        if any(one.field == name for one in verdicts)
    }


def _tally(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    outcomes = [one.outcome for one in verdicts]
    sure = [one for one in verdicts if one.said and one.confidence >= SURE]
    sure_right = sum(1 for one in sure if one.outcome == "exact")
    return {
        "documents": len(verdicts),
        "exact": outcomes.count("exact"),
        "missing": outcomes.count("missing"),
        "wrong": outcomes.count("wrong"),
        "exact_share": outcomes.count("exact") / len(verdicts),
        "sure": len(sure),
        "sure_share": len(sure) / len(verdicts),
        "sure_wrong": len(sure) - sure_right,
        "sure_right_share": sure_right / len(sure) if sure else None,
    }


def _tables(summary: dict[str, Any], sets: Sequence[str]) -> list[Table]:
    columns = ["field", "documents", "exact", "missing", "wrong", f"sure (≥ {SURE})", "sure, right"]
    tables = [
        Table(f"Fields: {name}", columns, [_row(field, row) for field, row in rows.items()])
        for name in [*sets, "all", _ORDERED]
        if (rows := summary[name])
    ]
    if summary["regular_expressions"]:
        found = [
            [
                field,
                str(row["documents"]),
                percent(row["exact_share"], 1),
                str(row["missing"]),
                str(row["wrong"]),
            ]
            for field, row in summary["regular_expressions"].items()
        ]
        tables.append(Table("Fields: regular expressions on bare Tesseract", columns[:5], found))
    title = "Reliability of the confidences, all fields"
    tables.append(reliability_table(title, "values", summary["reliability"]))
    return tables


def _row(field: str, row: Mapping[str, Any]) -> list[str]:
    return [
        field,
        str(row["documents"]),
        f"{row['exact']} ({percent(row['exact_share'], 1)})",
        str(row["missing"]),
        str(row["wrong"]),
        f"{row['sure']} ({percent(row['sure_share'], 1)})",
        f"{row['sure'] - row['sure_wrong']} ({percent(row['sure_right_share'], 1)})",
    ]
