"""From the network's scores to field values: beam search, then mass summed by value.

Beam search over prefixes as in Hannun, "First-Pass Large Vocabulary Continuous Speech
Recognition using Bi-Directional Recurrent DNNs" (2014), without a language model.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from heapq import nlargest
from typing import TYPE_CHECKING

import numpy as np

from vnocr.model import Candidate
from vnocr.ocr.handwriting.tokens import BLANK, NAM, NGAY, SO, THANG, TOKENS

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BEAM = 24
_NEGLIGIBLE = 5e-4  # classes less likely than this at a step are not followed

# One letter a token, so that a reading is a string and its parse an expression.
_LETTERS = {SO: "§", NGAY: "n", THANG: "t", NAM: "m"}
_SIGNS = tuple(_LETTERS.get(token, token) for token in TOKENS)
_NUMBER = re.compile(r"(?:^|§)(\d{1,5})([A-Ea-d]?)(?=/)|§(\d{1,5})([A-Ea-d]?)$")
# No day or month has three figures: a 0 before two is the loop that a 2 begins with.
_DATE = re.compile(r"(?:^|n)0?(\d{1,2})t0?(\d{1,2})m((?:19|20)\d\d)(?!\d)")
_FIRST_YEAR = 1945
_UNPADDED = 4  # figures; offices pad numbers below ten to two, a few of them to three

Beams = Mapping[str, float]


def beams(scores: NDArray[np.float32]) -> dict[str, float]:
    """Return the likeliest readings of a strip with their probabilities.

    `scores` is (classes, steps), not normalised. A reading is a string: digits, suffix
    letters and "/" stand for themselves, § for Số, n, t, m for ngày, tháng, năm.
    """
    exponent = np.exp(scores - scores.max(axis=0))
    steps = (exponent / exponent.sum(axis=0)).T
    # Per reading: probability of paths that end in a blank, and of those that do not.
    live: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}
    for step in steps:
        live = _advance(live, step)
    return {text: blank + sign for text, (blank, sign) in live.items()}


def spelled(codes: Iterable[int]) -> str:
    """Return the reading that the classes `codes` spell."""
    return "".join(_SIGNS[code] for code in codes)


def _advance(
    live: Mapping[str, tuple[float, float]], step: NDArray[np.float32]
) -> dict[str, tuple[float, float]]:
    blank = float(step[BLANK])
    likely = [(_SIGNS[c], float(step[c])) for c in np.flatnonzero(step > _NEGLIGIBLE) if c != BLANK]
    if not likely:  # as between letters, most of the time
        return {text: (sum(both) * blank, 0.0) for text, both in live.items()}
    grown: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for text, (after_blank, after_sign) in live.items():
        grown[text][0] += (after_blank + after_sign) * blank
        for sign, chance in likely:
            if text[-1:] == sign:
                grown[text][1] += after_sign * chance
                grown[text + sign][1] += after_blank * chance
            else:
                grown[text + sign][1] += (after_blank + after_sign) * chance
    best = nlargest(_BEAM, grown.items(), key=lambda item: item[1][0] + item[1][1])
    return {text: (both[0], both[1]) for text, both in best}


def serials(readings: Beams) -> dict[str, float]:
    """Return the serial numbers that the readings of a number line spell, with their mass."""
    return _by_value((_serial(text), mass) for text, mass in readings.items())


def _serial(text: str) -> str | None:
    match = _NUMBER.search(text)
    if match is None:
        return None
    digits, suffix = match[1] or match[3], (match[2] or match[4] or "")
    if len(digits) >= _UNPADDED and digits[0] == "0":  # the loop of a 2, as in a date
        digits = digits[1:]
    return digits + suffix if int(digits) else None


def dates(readings: Beams) -> dict[str, float]:
    """Return the days that exist among the readings of a date line, ISO 8601, with their mass."""
    return _by_value((_day(text), mass) for text, mass in readings.items())


def _day(text: str) -> str | None:
    match = _DATE.search(text)
    if match is None or int(match[3]) < _FIRST_YEAR:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
    except ValueError:
        return None


def _by_value(pairs: Iterable[tuple[str | None, float]]) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for value, mass in pairs:
        if value is not None:
            found[value] += mass
    return dict(found)


def posterior(looks: Sequence[Mapping[str, float]], temperature: float) -> tuple[Candidate, ...]:
    """Return what several looks at one line say together, likeliest first.

    The looks (scales) are averaged; what is missing to 1 is the mass of "no value". The
    temperature, fitted on lines not trained on, turns mass into the share right.
    """
    if not looks:
        return ()
    mass: dict[str, float] = defaultdict(float)
    for look in looks:
        for value, share in look.items():
            mass[value] += share / len(looks)
    none = max(1.0 - sum(mass.values()), 0.0)
    weights = {value: share ** (1 / temperature) for value, share in mass.items() if share > 0}
    total = sum(weights.values()) + none ** (1 / temperature)
    shares = ((value, weight / total) for value, weight in weights.items())
    return tuple(_candidates(sorted(shares, key=lambda pair: -pair[1])))


_SHOWN = 0.01  # candidates less likely than this are not worth a vote


def _candidates(ranked: Iterable[tuple[str, float]]) -> Iterator[Candidate]:
    for value, share in ranked:
        if share >= _SHOWN:
            yield Candidate(value, share)
