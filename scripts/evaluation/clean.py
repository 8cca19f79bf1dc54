"""Clean text: stripped of its marks and restored; restored as it is, which must change nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from evaluation import normal
from evaluation.align import Count, right_places
from evaluation.report import Figures, Table, percent

Restore = Callable[[str], str]
# pyvi is slow on long texts; every tenth line is plenty for its share.
PYVI_STEP = 10
SHOWN = 300


def measure(documents: Sequence[str], sentences: Path | None, restore: Restore) -> Figures:
    """Score `restore` on clean `documents` and on held-out `sentences` (a file or a folder)."""
    summary: dict[str, Any] = {}
    details: dict[str, Any] = {}
    if documents:
        summary["clean"], details["clean"] = measure_clean(documents, restore)
    if sentences is not None:
        texts = [path.read_text(encoding="utf-8").rstrip("\n") for path in _files(sentences)]
        summary["sentences"], details["sentences"] = stripped_accuracy(texts, restore)
    return Figures(summary, details, _tables(summary))


def measure_clean(
    documents: Sequence[str], restore: Restore
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Score clean documents stripped of all marks and as they are, and pyvi on a part of them."""
    stripped, wrong = stripped_accuracy(documents, restore)
    untouched, changed = false_changes(documents, restore)
    part = ["\n".join(document.split("\n")[::PYVI_STEP]) for document in documents]
    summary = {"stripped": stripped, "untouched": untouched}
    pyvi = pyvi_restore()
    if pyvi is not None:
        summary["part_pyvi"] = stripped_accuracy(part, pyvi)[0]
        summary["part_vnocr"] = stripped_accuracy(part, restore)[0]
    return summary, {"stripped_wrong": wrong, "changed": changed}


def stripped_accuracy(
    documents: Sequence[str], restore: Restore
) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Strip `documents` of all marks, restore them, and compare syllable by syllable."""
    exact, any_case = Count(), Count()
    words, seconds = 0, 0.0
    wrong: list[dict[str, str]] = []
    for document in documents:
        bare = normal.strip_marks(document)
        started = time.process_time()
        restored = restore(bare)
        seconds += time.process_time() - started
        words += len(bare.split())
        for gold, line in _pairs(document, restored):
            right = right_places(gold, line)
            exact += Count(sum(right), len(right))
            folded = [[syllable.casefold() for syllable in side] for side in (gold, line)]
            any_case += Count(sum(right_places(*folded)), len(right))
            wrong.extend(_context(gold, line, right))
    figures = {
        "syllables": exact.total,
        "accuracy": exact.rate,
        "accuracy_any_case": any_case.rate,
        "words_per_second": round(words / seconds) if seconds else None,
    }
    return figures, wrong[:SHOWN]


def false_changes(
    documents: Sequence[str], restore: Restore
) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Restore clean `documents` as they are: every changed syllable is a false change."""
    kept, words, seconds = Count(), 0, 0.0
    changed: list[dict[str, str]] = []
    for document in documents:
        started = time.process_time()
        restored = restore(document)
        seconds += time.process_time() - started
        words += len(document.split())
        for gold, line in _pairs(document, restored):
            right = right_places(gold, line)
            kept += Count(len(right) - sum(right), len(right))
            changed.extend(_context(gold, line, right))
    figures = {
        "syllables": kept.total,
        "false_changes": kept.part,
        "false_change_rate": kept.rate,
        "words_per_second": round(words / seconds) if seconds else None,
    }
    return figures, changed[:SHOWN]


def _pairs(document: str, restored: str) -> list[tuple[list[str], list[str]]]:
    """Pair the lines of both as syllables; one pair of everything if the line counts differ."""
    gold, read = document.split("\n"), restored.split("\n")
    if len(gold) != len(read):
        gold, read = [document], [restored]
    return [
        (normal.syllables(left), normal.syllables(right))
        for left, right in zip(gold, read, strict=True)
    ]


def _context(gold: list[str], read: list[str], right: list[bool]) -> list[dict[str, str]]:
    wrong = [place for place, good in enumerate(right) if not good]
    return [
        {
            "gold": gold[place],
            "context": " ".join(gold[max(0, place - 4) : place + 4]),
            "restored": " ".join(read[max(0, place - 4) : place + 4]),
        }
        for place in wrong
    ]


def pyvi_restore() -> Restore | None:
    """Return pyvi's restorer of accents, line by line, or None where pyvi is not installed."""
    try:
        from pyvi import ViUtils  # type: ignore[import-untyped]
    except ImportError:
        return None

    def line(text: str) -> str:
        try:
            return str(ViUtils.add_accents(text)) if text.strip() else text
        except KeyError:  # some tokens crash pyvi 0.1; the line then stays as it was
            return text

    return lambda text: "\n".join(line(part) for part in text.split("\n"))


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.txt")) if path.is_dir() else [path]


def _tables(summary: dict[str, Any]) -> list[Table]:
    tables = []
    accuracy = [
        [
            label,
            str(figures["syllables"]),
            percent(figures["accuracy"]),
            percent(figures["accuracy_any_case"]),
            str(figures["words_per_second"]),
        ]
        for label, figures in _stripped(summary)
    ]
    if accuracy:
        columns = ["text stripped of all marks", "syllables", "right", "right, any case", "words/s"]
        tables.append(Table("Marks put back", columns, accuracy))
    if "clean" in summary:
        clean = summary["clean"]["untouched"]
        row = [
            str(clean["syllables"]),
            str(clean["false_changes"]),
            percent(clean["false_change_rate"], 4),
            str(clean["words_per_second"]),
        ]
        columns = ["syllables", "changed", "false changes", "words/s"]
        tables.append(Table("Clean official text as it is", columns, [row]))
        if "part_pyvi" not in summary["clean"]:
            tables[-1].notes.append(
                "pyvi is not installed (pip install 'vnocr[evaluate]'): "
                "no comparison with its add_accents"
            )
    return tables


def _stripped(summary: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    clean = summary.get("clean", {})
    named = [
        ("official text", clean.get("stripped")),
        (f"each {PYVI_STEP}th line, vnocr", clean.get("part_vnocr")),
        (f"each {PYVI_STEP}th line, pyvi", clean.get("part_pyvi")),
        ("general sentences", summary.get("sentences")),
    ]
    return [(label, figures) for label, figures in named if figures]
