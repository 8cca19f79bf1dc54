"""Tables for people, one JSON file for machines, and the difference of two such files."""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FORMAT = 1
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Table:
    """A table to print; cells are texts."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one measure found: figures to compare, details to look into, tables to print."""

    summary: dict[str, Any]
    details: Any
    tables: list[Table]


def joined(parts: Sequence[Figures]) -> Figures:
    """Return the figures of `parts`, whose names differ, as one."""
    summary = {name: value for part in parts for name, value in part.summary.items()}
    details = {name: value for part in parts for name, value in part.details.items()}
    return Figures(summary, details, [table for part in parts for table in part.tables])


def rate(value: float | None, digits: int = 4) -> str:
    """Return an error rate as text, a dash where there is none."""
    return "-" if value is None else f"{value:.{digits}f}"


def percent(value: float | None, digits: int = 2) -> str:
    """Return a share as text, a dash where there is none."""
    return "-" if value is None else f"{100 * value:.{digits}f} %"


def document(measures: dict[str, Figures], arguments: dict[str, Any], root: Path) -> dict[str, Any]:
    """Return what the JSON file holds: origin, summaries, details."""
    return {
        "format": FORMAT,
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "revision": _git(root, "rev-parse", "HEAD"),
        "changed_files": _git(root, "status", "--porcelain", "--", "vnocr", "dictionaries"),
        "python": platform.python_version(),
        "tesseract": _tesseract_version(),
        "arguments": arguments,
        "summary": {name: figures.summary for name, figures in measures.items()},
        "details": {name: figures.details for name, figures in measures.items()},
    }


def _git(root: Path, *arguments: str) -> str | None:
    try:
        result = subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return result.stdout.strip()


def _tesseract_version() -> str | None:
    try:
        result = subprocess.run(
            ["tesseract", "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return (result.stdout or result.stderr).splitlines()[0]


def show(measures: dict[str, Figures], notes: Sequence[str]) -> None:
    """Print all tables to stdout."""
    from rich.console import Console
    from rich.table import Table as RichTable

    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 160
    for figures in measures.values():
        for table in figures.tables:
            shown = RichTable(title=table.title, title_justify="left", title_style="bold")
            for place, column in enumerate(table.columns):
                shown.add_column(column, justify="right" if place else "left")
            for row in table.rows:
                shown.add_row(*row)
            console.print(shown)
            for note in table.notes:
                console.print(note)
            console.print()
    for note in notes:
        console.print(note)


def write(path: Path, content: dict[str, Any]) -> None:
    """Write the JSON file."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def compare(old: dict[str, Any], new: dict[str, Any]) -> Table:
    """Return the figures that differ between two results, among the measures that both hold."""
    both = old["summary"].keys() & new["summary"].keys()
    before, after = (
        dict(_leaves({name: one["summary"][name] for name in both})) for one in (old, new)
    )
    rows = []
    for name in sorted(before.keys() | after.keys()):
        left, right = before.get(name), after.get(name)
        change = ""
        if isinstance(left, int | float) and isinstance(right, int | float):
            if abs(right - left) < _SAME:
                continue
            change = f"{right - left:+.6g}"
        elif left == right:
            continue
        rows.append([name, _text(left), _text(right), change])
    title = f"Changed since {(old.get('revision') or 'an unknown revision')[:12]}"
    notes = [] if rows else ["no figure differs"]
    return Table(title, ["figure", "then", "now", "change"], rows, notes)


def _text(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _leaves(tree: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the dotted name and value of every figure of a summary; lists count by place."""
    if isinstance(tree, dict):
        for name, branch in tree.items():
            yield from _leaves(branch, f"{prefix}.{name}" if prefix else str(name))
    elif isinstance(tree, list):
        for place, branch in enumerate(tree):
            yield from _leaves(branch, f"{prefix}[{place}]")
    else:
        yield prefix, tree
