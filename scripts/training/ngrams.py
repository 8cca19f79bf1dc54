"""Counting n-grams and estimating their probabilities: modified Kneser-Ney, interpolated.

Chen and Goodman, "An empirical study of smoothing techniques for language modeling" (1998).
Where most long n-grams are pruned away, counting in how many contexts a short one stands makes
common pairs (`báo cáo`) improbable after new words (Chelba et al., "Study on interaction between
entropy pruning and Kneser-Ney smoothing", 2010), while plain counts favour the commonest words
too much. Short n-grams get the geometric mean of both: better than either on worn pages kept out
of training. Pruning follows the weighted difference of Seymore and Rosenfeld (1996).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BITS = 13
MASK = (1 << BITS) - 1
BREAK_ID = 0

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(slots=True)
class Order:
    """The n-grams of one length: sorted keys (BITS a word, first word highest) and figures."""

    keys: Ints
    counts: Ints
    prob: Floats
    backoff: Floats


def count(stream: NDArray[np.uint16], order: int, at_least: int) -> tuple[Ints, Ints]:
    """Return the keys and counts of the n-grams of `stream` seen `at_least` times.

    A sentence break may only be the first or last word: nothing reaches across it.
    """
    length = len(stream) - order + 1
    keys = np.zeros(length, dtype=np.int64)
    inside = np.ones(length, dtype=bool)
    for place in range(order):
        part = stream[place : place + length]
        keys = (keys << BITS) | part
        if 0 < place < order - 1:
            inside &= part != BREAK_ID
    keys = np.sort(keys[inside])
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    counts = np.diff(np.concatenate((starts, [len(keys)])))
    kept = counts >= at_least
    return keys[starts][kept], counts[kept]


def estimate(stream: NDArray[np.uint16], words: int, cutoffs: tuple[int, ...]) -> list[Order]:
    """Return the orders 1..len(cutoffs); entries below their cutoff only lend their mass."""
    top = len(cutoffs)
    raw = {order: count(stream, order, 1) for order in range(2, top + 1)}
    orders = [_unigrams(raw[2][0], np.bincount(stream, minlength=words))]
    for order in range(2, top + 1):
        keys, counts = raw[order]
        used = counts if order == top else _continuations(raw[order + 1][0], keys, counts, order)
        orders.append(_interpolated(keys, counts, used, orders[-1], order))
    for order, cutoff in zip(orders[1:], cutoffs[1:], strict=True):
        _keep(order, order.counts >= cutoff)
    return orders


def prune(orders: list[Order], limits: tuple[int, ...]) -> None:
    """Drop the entries whose loss changes the model least until each order fits its limit.

    An entry that a longer one begins or ends with stays. `limits` are for orders 2, 3, ...
    """
    needed: Ints | None = None
    for number in range(len(orders), 1, -1):
        order, lower = orders[number - 1], orders[number - 2]
        limit = limits[number - 2]
        if len(order.keys) > limit:
            worth = order.counts * (order.prob - _backed_off(order, lower, number))
            if needed is not None:
                worth[_find(order.keys, needed)] = np.inf
            _keep(order, worth >= np.partition(worth, len(worth) - limit)[len(worth) - limit])
        needed = np.union1d(order.keys >> BITS, _suffix(order.keys, number))
    for number in range(2, len(orders) + 1):
        _rebalance(orders[number - 1], orders[number - 2], number)


def _unigrams(bigrams: Ints, counts: Ints) -> Order:
    words = len(counts)
    used = np.sqrt(np.bincount(bigrams & MASK, minlength=words) * counts.astype(np.float64))
    discount = 0.75
    share = np.maximum(used - discount, 0) / used.sum()
    share += discount * np.count_nonzero(used) / used.sum() / words
    none = np.zeros(words)
    return Order(np.arange(words), used.astype(np.int64), np.log(share), none)


def _continuations(longer: Ints, keys: Ints, counts: Ints, order: int) -> Ints:
    """Return the mean of count and number of different words before each key.

    Counts alone where a break leads, before which nothing stands.
    """
    suffixes = np.sort(longer & ((1 << (BITS * order)) - 1))
    kinds = np.searchsorted(suffixes, keys, "right") - np.searchsorted(suffixes, keys, "left")
    leading = keys >> (BITS * (order - 1)) == BREAK_ID
    mean = np.rint(np.sqrt(kinds * counts.astype(np.float64))).astype(np.int64)
    return np.where(leading | (kinds == 0), counts, mean)


def _interpolated(keys: Ints, counts: Ints, used: Ints, lower: Order, order: int) -> Order:
    ones, twos, threes, fours = (np.count_nonzero(used == number) + 1 for number in range(1, 5))
    ratio = ones / (ones + 2 * twos)
    discounts = np.array(
        [
            0,
            1 - 2 * ratio * twos / ones,
            2 - 3 * ratio * threes / twos,
            3 - 4 * ratio * fours / threes,
        ]
    )
    cut = discounts[np.minimum(used, 3)]
    contexts, place = np.unique(keys >> BITS, return_inverse=True)
    total = np.bincount(place, used)
    spare = np.bincount(place, cut) / total
    below = np.exp(lower.prob[_find(lower.keys, _suffix(keys, order))])
    prob = np.log((used - cut) / total[place] + spare[place] * below)
    lower.backoff = np.zeros(len(lower.keys))
    lower.backoff[_find(lower.keys, contexts)] = np.log(spare)
    return Order(keys, counts, prob, np.zeros(len(keys)))


def _suffix(keys: Ints, order: int) -> Ints:
    return keys & ((1 << (BITS * (order - 1))) - 1)


def _find(keys: Ints, wanted: Ints) -> Ints:
    return np.searchsorted(keys, wanted)


def _backed_off(order: Order, lower: Order, number: int) -> Floats:
    below = lower.prob[_find(lower.keys, _suffix(order.keys, number))]
    return below + lower.backoff[_find(lower.keys, order.keys >> BITS)]


def _rebalance(order: Order, lower: Order, number: int) -> None:
    """Set the back-off weights so that each context sums to one after pruning."""
    contexts, place = np.unique(order.keys >> BITS, return_inverse=True)
    kept = np.bincount(place, np.exp(order.prob))
    below = np.bincount(place, np.exp(lower.prob[_find(lower.keys, _suffix(order.keys, number))]))
    lower.backoff = np.zeros(len(lower.keys))
    weight = np.maximum(1 - kept, 1e-6) / np.maximum(1 - below, 1e-6)
    lower.backoff[_find(lower.keys, contexts)] = np.log(weight)


def _keep(order: Order, kept: NDArray[np.bool_]) -> None:
    order.keys, order.counts = order.keys[kept], order.counts[kept]
    order.prob, order.backoff = order.prob[kept], order.backoff[kept]
