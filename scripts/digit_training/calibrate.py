"""Makes the reader's probabilities mean the share right, on lines kept out of training."""

from __future__ import annotations

from collections import Counter

import numpy as np

from vnocr.ocr.handwriting.decode import posterior

# Fitted on lines of hands that are in no line trained on, so it may go either way.
_TEMPERATURES = tuple(np.round(np.arange(0.4, 3.01, 0.1), 1))

Judged = tuple[str, list[dict[str, float]], str | None]  # kind, values of each look, truth


def _is_right(value: str | None, truth: str | None) -> bool:
    """Whether the reader said `truth`; some hands write one form for both cases of a letter."""
    return (value or "").upper() == (truth or "").upper()


def _ranked(item: Judged, temperature: float) -> tuple[str | None, float]:
    best = posterior(item[1], temperature)
    return (best[0].value, best[0].probability) if best else (None, 0.0)


def fit_temperature(judged: list[Judged], kind: str) -> float:
    """Return the temperature under which the given probabilities are likeliest."""

    def surprise(temperature: float) -> float:
        total = 0.0
        for item in judged:
            value, sure = _ranked(item, temperature)
            if item[0] == kind and value is not None:  # no candidate claims nothing
                sure = min(max(sure, 1e-4), 1 - 1e-4)
                total -= float(np.log(sure if _is_right(value, item[2]) else 1 - sure))
        return total

    return float(min(_TEMPERATURES, key=surprise))


def figures(judged: list[Judged], kind: str, temperature: float) -> dict[str, float]:
    """Return shares right, left blank where blank, and given at 0.9 or surer."""
    count: Counter[str] = Counter()
    for item in judged:
        if item[0] != kind:
            continue
        value, sure = _ranked(item, temperature)
        blank = item[2] is None
        count["blank" if blank else "filled"] += 1
        count["left blank" if blank else "right"] += (value is None or sure < 0.5) if blank else (
            _is_right(value, item[2]))  # fmt: skip
        count["sure"] += sure >= 0.9
        count["sure and right"] += sure >= 0.9 and _is_right(value, item[2])
    return {
        "lines": count["filled"],
        "right": round(count["right"] / max(1, count["filled"]), 4),
        "blank_left_blank": round(count["left blank"] / max(1, count["blank"]), 4),
        "sure": round(count["sure"] / max(1, count["filled"]), 4),
        "right_when_sure": round(count["sure and right"] / max(1, count["sure"]), 4),
    }
