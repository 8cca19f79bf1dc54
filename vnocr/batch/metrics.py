"""The account of a run for Prometheus: a file for node_exporter's textfile collector."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from vnocr.catalog.runs import Run
from vnocr.export.write import write_atomically

Samples = list[tuple[str, float]]

_STATES = (
    "read",
    "failed",
    "moved",
    "copied",
    "adopted",
    "unchanged",
    "failed_before",
    "vanished",
    "needs_review",
    "exported",
    "export_failed",
    "pageless",
)


def write_metrics(run: Run, path: Path) -> None:
    """Write the metrics of `run` to `path`, whole or not at all."""
    write_atomically(path, to_prometheus(run))


def to_prometheus(run: Run) -> str:
    """Return the metrics of `run` in the Prometheus text format."""
    ended = datetime.fromisoformat(run.updated_at).timestamp()
    documents: Samples = [(f'{{state="{state}"}}', getattr(run, state)) for state in _STATES]
    reasons: Samples = [
        (f'{{reason="{reason}"}}', count) for reason, count in sorted(run.reasons.items())
    ]
    families: list[tuple[str, str, Samples]] = [
        ("documents", "Documents of the last run by what became of them.", documents),
        ("failures", "Failed documents of the last run by reason.", reasons),
        ("pages", "Pages read by the last run.", [("", float(run.pages))]),
        ("duration_seconds", "Wall time of the last run.", [("", run.seconds)]),
        ("pages_per_second", "Speed of the last run.", [("", round(run.pages_per_second, 4))]),
        ("end_timestamp_seconds", "When the last run ended, in Unix time.", [("", ended)]),
        ("ended", "1 for the way the last run ended.", [(f'{{how="{run.ended}"}}', 1)]),
    ]
    return "".join(_family(*family) for family in families)


def _family(name: str, text: str, samples: Samples) -> str:
    full = f"vnocr_batch_{name}"
    lines = [f"# HELP {full} {text}", f"# TYPE {full} gauge"]
    lines += [f"{full}{labels} {value}" for labels, value in samples]
    return "\n".join(lines) + "\n"
