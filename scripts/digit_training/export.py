"""Writes the trained reader as ONNX, proves it equal in OpenCV, calibrates and measures it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import torch

from digit_training.calibrate import Judged, figures, fit_temperature
from digit_training.lines import Stock
from digit_training.network import LineReader
from digit_training.stock import batch, sample
from vnocr.ocr.handwriting.decode import spelled
from vnocr.ocr.handwriting.normalise import Track
from vnocr.ocr.handwriting.reader import CALIBRATION, WEIGHTS, LetterheadReader, values_of
from vnocr.ocr.handwriting.tokens import BASELINE, CAP_HEIGHT, STRIP_HEIGHT, TOKENS

_TOLERANCE = 1e-4
_SEED = 20_000_003  # held-out hands: no training seed reaches it


def export(checkpoint: Path, folder: Path, calibration: Stock, judging: Stock, lines: int) -> None:
    """Write weights and calibration into `folder` and print the figures for the manifest.

    Confidences are fitted in the hands of `calibration`, on lines as offices scan them and as
    many worn hard, since other offices' hands are harder; they are judged in the hands of
    `judging`, on either kind. Raises RuntimeError if OpenCV and torch disagree by more than 1e-4.
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
    _check(net, weights, calibration)
    reader = LetterheadReader(cv2.dnn.readNetFromONNX(str(weights)), {})
    fitted = list(_judge(reader, calibration, lines, usual=0.5))
    temperatures = {kind: fit_temperature(fitted, kind) for kind in ("number", "date")}
    measured = {
        wear: {kind: figures(judged, kind, t) for kind, t in temperatures.items()}
        for wear, usual in (("usual", 1.0), ("hard", 0.0))
        for judged in [list(_judge(reader, judging, lines, usual=usual))]
    }
    record = {"tokens": TOKENS, "temperatures": temperatures, "held_out": measured}
    text = json.dumps(record, ensure_ascii=False, indent=1)
    (folder / CALIBRATION).write_text(text + "\n", encoding="utf-8")
    print(text)


def _check(net: LineReader, weights: Path, stock: Stock) -> None:
    reader = cv2.dnn.readNetFromONNX(str(weights))
    rng = np.random.default_rng(_SEED)
    worst = 0.0
    for _ in range(20):
        strips = batch([sample(stock, rng)[0]], 32)
        # torch's oneDNN convolutions have been seen to answer differently from one run to the
        # next on wide strips; its plain ones are what OpenCV is held against.
        with torch.no_grad(), torch.backends.mkldnn.flags(enabled=False):
            expected = net(torch.from_numpy(strips)).numpy()
        reader.setInput(strips)
        worst = max(worst, float(np.abs(reader.forward() - expected).max()))
    print(f"largest difference between torch and OpenCV: {worst:.2e}")
    if worst > _TOLERANCE:
        raise RuntimeError(f"OpenCV and torch disagree by {worst:.2e}: do not ship these weights")


def _judge(reader: LetterheadReader, stock: Stock, lines: int, *, usual: float) -> Iterator[Judged]:
    rng = np.random.default_rng(_SEED)
    for _ in range(lines):
        dark, codes, kind = sample(stock, rng, whole=True, usual=usual)
        expected = next(iter(values_of([{spelled(codes): 1.0}], kind)[0]), None)
        track = Track(0, dark.shape[1], BASELINE, CAP_HEIGHT)
        yield kind, values_of(reader.looks(dark, track), kind), expected
