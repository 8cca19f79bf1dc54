"""A progress bar on standard error, silent where no one watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(unit: str, total: int) -> Iterator[Callable[..., None]]:
    """Show progress over `total` things called `unit`.

    Yields a function to call after each, or after some with their number; its keyword
    arguments (`pages`, `failed`) are added up and shown. Prints nothing if standard error is
    not a terminal.
    """
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[unit]} {task.fields[note]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    counts: dict[str, int] = {}
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        bar = progress.add_task("", total=total, unit=unit, note="")

        def advance(steps: int = 1, /, **more: int) -> None:
            for name, count in more.items():
                counts[name] = counts.get(name, 0) + count
            note = _note(counts, progress.tasks[0].elapsed)
            progress.update(bar, advance=steps, note=note)

        yield advance


def _note(counts: dict[str, int], elapsed: float | None) -> str:
    parts = [f"{count} {name}" for name, count in counts.items() if count]
    if elapsed and counts.get("pages"):
        parts.append(f"{counts['pages'] / elapsed:.1f} pages/s")
    return ", ".join(parts)
