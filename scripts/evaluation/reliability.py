"""How far confidences can be trusted: the share that is right in each bin of confidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from evaluation.report import Table, rate

BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)


def reliability(given: Iterable[tuple[float, bool]]) -> list[dict[str, Any]]:
    """Return for each bin how many of the pairs (confidence, right?) it holds and what is right."""
    pairs = list(given)
    rows = []
    for low, high in pairwise(BINS):
        inside = [
            (confidence, right)
            for confidence, right in pairs
            if low <= confidence < high or (high == BINS[-1] and confidence >= high)
        ]
        count = len(inside)
        rows.append(
            {
                "from": low,
                "to": high,
                "given": count,
                "right_share": sum(right for _, right in inside) / count if count else None,
                "mean_confidence": sum(one for one, _ in inside) / count if count else None,
            }
        )
    return rows


def reliability_table(title: str, what: str, rows: Sequence[dict[str, Any]]) -> Table:
    """Return the rows of `reliability` as a table; `what` names what was given, in the plural."""
    bins = [
        [
            f"{row['from']:.2f} - {row['to']:.2f}",
            str(row["given"]),
            rate(row["mean_confidence"], 3),
            rate(row["right_share"], 3),
        ]
        for row in rows
    ]
    return Table(title, ["confidence", what, "mean confidence", "share right"], bins)
