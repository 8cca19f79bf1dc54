"""Restoration of old OCR text, scored line by line against the gold text."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from evaluation import normal
from evaluation.align import NO_REPAIR, Count, Repair, edits, repair, total
from evaluation.gold import TextCase
from evaluation.report import Figures, Table, rate

Restore = Callable[[str], str]
SHOWN = 300


def measure(cases: Sequence[TextCase], restore: Restore) -> Figures:
    """Score `restore` (text in, text out, same number of lines) on recognised texts."""
    summary: dict[str, Any] = {}
    details: dict[str, Any] = {}
    for case in cases:
        started = time.process_time()
        restored = restore("\n".join(case.seen)).split("\n")
        seconds = time.process_time() - started
        summary[case.name], details[case.name] = score_case(case, restored)
        words = sum(len(line.split()) for line in case.seen)
        summary[case.name]["words_per_second"] = round(words / seconds) if seconds else None
    tables = [_table(summary)] if summary else []
    return Figures({"ocr": summary}, {"ocr": details}, tables)


def score_case(case: TextCase, restored: Sequence[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Score one case; a restoration that loses or adds lines is scored as one single line."""
    kept = len(restored) == len(case.seen)
    rows = list(zip(case.gold, case.seen, restored, strict=True)) if kept else []
    lines = [row for row, scored in zip(rows, case.scored, strict=True) if scored] if kept else []
    if not kept:
        lines = [(" ".join(case.gold), " ".join(case.seen), " ".join(restored))]
    effect = NO_REPAIR
    spoiled: list[dict[str, str]] = []
    changes: list[dict[str, str]] = []
    for gold, seen, after in lines:
        wanted, before, now = (normal.tokens(text) for text in (gold, seen, after))
        line_effect, places = repair(wanted, before, now, [True] * len(wanted))
        effect += line_effect
        spoiled.extend({"gold": wanted[place], "line": after} for place in places)
        changes.extend(_left_wrong(wanted, before, now))
    summary = {
        "lines_kept": kept,
        "wer_raw": _wer([(gold, seen) for gold, seen, _ in lines]).rate,
        "wer": _wer([(gold, after) for gold, _, after in lines]).rate,
        "cer_raw": _cer([(gold, seen) for gold, seen, _ in lines]).rate,
        "cer": _cer([(gold, after) for gold, _, after in lines]).rate,
        **effect_figures(effect),
    }
    return summary, {"spoiled": spoiled, "left_wrong": changes[:SHOWN]}


def effect_figures(effect: Repair) -> dict[str, Any]:
    """Return the figures of a restoration's effect under the names used in all summaries."""
    return {
        "words_right": effect.spoiled.total,
        "false_changes": effect.spoiled.part,
        "false_change_rate": effect.spoiled.rate,
        "words_wrong": effect.mended.total,
        "repaired": effect.mended.part,
        "repaired_share": effect.mended.rate,
    }


def _left_wrong(gold: list[str], seen: list[str], after: list[str]) -> list[dict[str, str]]:
    """Return the stretches of a line that are still not the gold's, with what was seen there."""
    from rapidfuzz.distance import Levenshtein

    return [
        {
            "gold": " ".join(gold[step.src_start : step.src_end]),
            "restored": " ".join(after[step.dest_start : step.dest_end]),
            "seen_line": " ".join(seen),
        }
        for step in Levenshtein.opcodes(gold, after)
        if step.tag != "equal"
    ]


def _wer(pairs: Sequence[tuple[str, str]]) -> Count:
    return total([edits(normal.tokens(gold), normal.tokens(read)) for gold, read in pairs])


def _cer(pairs: Sequence[tuple[str, str]]) -> Count:
    return total([edits(normal.comparable(gold), normal.comparable(read)) for gold, read in pairs])


def _table(summary: dict[str, Any]) -> Table:
    rows = [
        [
            name,
            rate(figures["wer_raw"]),
            rate(figures["wer"]),
            rate(figures["cer_raw"]),
            rate(figures["cer"]),
            f"{figures['false_changes']} of {figures['words_right']}",
            f"{figures['repaired']} of {figures['words_wrong']}",
            str(figures["words_per_second"]),
        ]
        for name, figures in summary.items()
    ]
    effects = ["false changes", "repaired", "words/s"]
    return Table("Old OCR text", ["dispatch", "WER raw", "WER", "CER raw", "CER", *effects], rows)
