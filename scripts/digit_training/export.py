"""Writes the trained reader as ONNX, proves it equal in OpenCV, calibrates and measures it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import torch

from digit_training.lines import Stock
from digit_training.network import LineReader
from digit_training.stock import batch, sample
from vnocr.ocr.handwriting.decode import posterior, spelled
from vnocr.ocr.handwriting.normalise import Track
from vnocr.ocr.handwriting.reader import CALIBRATION, WEIGHTS, LetterheadReader, values_of
from vnocr.ocr.handwriting.tokens import BASELINE, CAP_HEIGHT, STRIP_HEIGHT, TOKENS

_TOLERANCE = 1e-4
_SEED = 20_000_003  # held-out hands: no training seed reaches it
_TEMPERATURES = tuple(np.round(np.arange(0.6, 3.01, 0.1), 1))

Judged = tuple[str, list[dict[str, float]], str | None]  # kind, looks, truth


def export(checkpoint: Path, folder: Path, stock: Stock, lines: int) -> None:
    """Write weights and calibration into `folder` and print the figures for the manifest.

    Raises RuntimeError if OpenCV and torch disagree by more than 1e-4.
    """
    net = LineReader()
    net.load_state_dict(torch.load(checkpoint, weights_only=True))
    net.eval()
    weights = folder / WEIGHTS
    torch.onnx.export(
        net, (torch.zeros(1, 1, STRIP_HEIGHT, 320),), str(weights), opset_version=13,
        input_names=["strips"], output_names=["scores"], dynamo=False,
        dynamic_axes={"strips": {3: "width"}, "scores": {2: "steps"}},
    )  # fmt: skip
    _check(net, weights, stock)
    reader = LetterheadReader(cv2.dnn.readNetFromONNX(str(weights)), {})
    judged = list(_judge(reader, stock, lines))
    half = len(judged) // 2  # calibrate on one half of the held-out lines, measure on the other
    temperatures = {kind: _fit(judged[:half], kind) for kind in ("number", "date")}
    figures = {kind: _figures(judged[half:], kind, temperatures[kind]) for kind in temperatures}
    record = {"tokens": TOKENS, "temperatures": temperatures, "held_out": figures}
    text = json.dumps(record, ensure_ascii=False, indent=1)
    (folder / CALIBRATION).write_text(text + "\n", encoding="utf-8")
    print(text)


def _check(net: LineReader, weights: Path, stock: Stock) -> None:
    reader = cv2.dnn.readNetFromONNX(str(weights))
    rng = np.random.default_rng(_SEED)
    worst = 0.0
    for _ in range(20):
        strips = batch([sample(stock, rng)[0]], 32)
        with torch.no_grad():
            expected = net(torch.from_numpy(strips)).numpy()
        reader.setInput(strips)
        worst = max(worst, float(np.abs(reader.forward() - expected).max()))
    print(f"largest difference between torch and OpenCV: {worst:.2e}")
    if worst > _TOLERANCE:
        raise RuntimeError(f"OpenCV and torch disagree by {worst:.2e}: do not ship these weights")


def _judge(reader: LetterheadReader, stock: Stock, lines: int) -> Iterator[Judged]:
    rng = np.random.default_rng(_SEED)
    for _ in range(lines):
        dark, codes, kind = sample(stock, rng, whole=True)
        expected = next(iter(values_of([{spelled(codes): 1.0}], kind)[0]), None)
        track = Track(0, dark.shape[1], BASELINE, CAP_HEIGHT)
        yield kind, values_of(reader.looks(dark, track), kind), expected


def _ranked(item: Judged, temperature: float) -> tuple[str | None, float]:
    best = posterior(item[1], temperature)
    return (best[0].value, best[0].probability) if best else (None, 0.0)


def _fit(judged: list[Judged], kind: str) -> float:
    """Return the temperature under which the given probabilities are likeliest."""

    def surprise(temperature: float) -> float:
        total = 0.0
        for item in judged:
            if item[0] == kind and any(item[1]):
                value, sure = _ranked(item, temperature)
                sure = min(max(sure, 1e-4), 1 - 1e-4)
                total -= float(np.log(sure if value == item[2] else 1 - sure))
        return total

    return float(min(_TEMPERATURES, key=surprise))


def _figures(judged: list[Judged], kind: str, temperature: float) -> dict[str, float]:
    count: Counter[str] = Counter()
    for item in judged:
        if item[0] != kind:
            continue
        value, sure = _ranked(item, temperature)
        blank = item[2] is None
        count["blank" if blank else "filled"] += 1
        count["left blank" if blank else "right"] += (value is None or sure < 0.5) if blank else (
            value == item[2])  # fmt: skip
        count["sure"] += sure >= 0.9
        count["sure and right"] += sure >= 0.9 and value == item[2]
    return {
        "lines": count["filled"],
        "right": round(count["right"] / max(1, count["filled"]), 4),
        "blank_left_blank": round(count["left blank"] / max(1, count["blank"]), 4),
        "sure": round(count["sure"] / max(1, count["filled"]), 4),
        "right_when_sure": round(count["sure and right"] / max(1, count["sure"]), 4),
    }
