"""Packing an estimated model: 8-bit probabilities, contexts as numbers of children."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from training.ngrams import BITS, MASK, Floats, Order


def pack(orders: list[Order]) -> dict[str, NDArray[np.generic]]:
    """Return the arrays that vnocr's LanguageModel reads, for orders 1 to 4."""
    tables: dict[str, NDArray[np.generic]] = {}
    for number, order in enumerate(orders, 1):
        tables[f"prob{number}"], tables[f"levels{number}"] = quantise(order.prob)
        if number > 1:
            tables[f"last{number}"] = (order.keys & MASK).astype(np.uint16)
            above = orders[number - 2]
            owner = np.searchsorted(above.keys, order.keys >> BITS)
            children = np.bincount(owner, minlength=len(above.keys))
            tables[f"children{number - 1}"] = children.astype(np.uint16)
        if number < len(orders):
            tables[f"backoff{number}"], tables[f"weights{number}"] = quantise(order.backoff)
    return tables


def quantise(values: Floats) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Return 8-bit codes and their levels: quantiles, each the mean of its values."""
    ranked = np.sort(values)
    edges = np.unique(ranked[np.linspace(0, len(ranked) - 1, 257).astype(np.int64)])
    codes = np.clip(np.searchsorted(edges, values, "right") - 1, 0, 255)
    totals = np.bincount(codes, values, minlength=256)
    sizes = np.bincount(codes, minlength=256)
    return codes.astype(np.uint8), (totals / np.maximum(sizes, 1)).astype(np.float32)
