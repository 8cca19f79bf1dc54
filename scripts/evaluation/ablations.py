"""What each part of the restorer is worth: restoration with that part's data taken out.

The restorer itself has no switches. A part is taken out of a copy of the dictionary folder,
which is where all that the restorer knows lies.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from evaluation.clean import PYVI_STEP, Restore, false_changes, stripped_accuracy
from evaluation.gold import Gold
from evaluation.report import Figures, Table, percent, rate
from evaluation.text import score_case

MODEL = "language-model.npz"
_NO_WORD = 0x1FFF  # the last number that a packed word can have; no word has it


def measure(gold: Gold, folder: Path, done: Callable[[], None]) -> Figures:
    """Measure the restorer on `folder`, its dictionaries, whole and with each part missing."""
    part = ["\n".join(document.split("\n")[::PYVI_STEP]) for document in gold.clean]
    summary: dict[str, Any] = {}
    for name, take_out in PARTS.items():
        with tempfile.TemporaryDirectory() as lesser:
            for path in folder.iterdir():
                (Path(lesser) / path.name).symlink_to(path.resolve())
            take_out(Path(lesser))
            summary[name] = _score(gold, part, _restorer(Path(lesser)))
        done()
    return Figures(summary, {}, [_table(summary)])


def _restorer(folder: Path) -> Restore:
    from vnocr.pipeline import Toolkit
    from vnocr.settings import Settings

    restorer = Toolkit(Settings(dictionaries=str(folder))).restorer
    return lambda text: restorer.restore(text).text


def _score(gold: Gold, part: Sequence[str], restore: Restore) -> dict[str, Any]:
    return {
        "wer": {
            case.name: score_case(case, restore("\n".join(case.seen)).split("\n"))[0]["wer"]
            for case in gold.texts
        },
        "stripped_accuracy": stripped_accuracy(part, restore)[0]["accuracy"],
        "false_change_rate": false_changes(part, restore)[0]["false_change_rate"],
    }


def _nothing(folder: Path) -> None:
    """Take nothing out."""


def _emptied(*patterns: str) -> Callable[[Path], None]:
    """Return what empties the tables named like `patterns`, all but their comments."""

    def empty(folder: Path) -> None:
        for path in [path for pattern in patterns for path in folder.glob(pattern)]:
            rows = path.read_text(encoding="utf-8").split("\n")
            path.unlink()
            path.write_text("\n".join(row for row in rows if row.startswith("#")), "utf-8")

    return empty


def _shorter(order: int) -> Callable[[Path], None]:
    """Return what cuts the language model down to n-grams of `order` words."""

    def cut(folder: Path) -> None:
        import numpy as np

        path = folder / MODEL
        with np.load(path, allow_pickle=False) as stored:
            tables = {name: stored[name] for name in stored.files}
        path.unlink()
        for above in range(order + 1, 5):
            # One n-gram that can never occur: an order may be poor but not empty.
            tables[f"last{above}"] = np.array([_NO_WORD], np.uint16)
            tables[f"prob{above}"] = tables[f"prob{above}"][:1]
            children = tables[f"children{above - 1}"]
            children = np.zeros_like(children if above == order + 1 else children[:1])
            children[-1] = 1
            tables[f"children{above - 1}"] = children
            tables[f"weights{above - 1}"] = np.zeros_like(tables[f"weights{above - 1}"])
            if above < 4:
                tables[f"backoff{above}"] = tables[f"backoff{above}"][:1]
        np.savez(path, **tables)

    return cut


PARTS: dict[str, Callable[[Path], None]] = {
    "everything": _nothing,
    "without the channel": _emptied("channel-*.tsv"),
    "without phrases": _emptied("phrases.tsv"),
    "without symbols of numbers": _emptied("symbols.tsv"),
    "without names of people": _emptied("names.tsv", "family_names.tsv"),
    "without any of these lists": _emptied(
        "phrases.tsv",
        "symbols.tsv",
        "abbreviations.tsv",
        "document_types.tsv",
        "names.tsv",
        "family_names.tsv",
    ),
    "words alone, no context": _shorter(1),
    "bigrams, no longer context": _shorter(2),
    "trigrams, no longer context": _shorter(3),
}


def _table(summary: dict[str, Any]) -> Table:
    names = list(next(iter(summary.values()))["wer"])
    rows = [
        [
            part,
            *(rate(figures["wer"][name]) for name in names),
            percent(figures["stripped_accuracy"]),
            percent(figures["false_change_rate"], 4),
        ]
        for part, figures in summary.items()
    ]
    columns = ["restorer", *(f"WER {name}" for name in names), "marks put back", "false changes"]
    return Table("What each part of the restorer is worth", columns, rows)
