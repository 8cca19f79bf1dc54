from __future__ import annotations

from itertools import groupby, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnocr.ocr.handwriting.decode import beams, dates, posterior, serials, spelled
from vnocr.ocr.handwriting.tokens import BLANK, TOKENS


def every_reading(scores: np.ndarray) -> dict[str, float]:
    """All paths through a tiny lattice, collapsed as CTC does."""
    share = np.exp(scores) / np.exp(scores).sum(axis=0)
    found: dict[str, float] = {}
    for path in product(range(scores.shape[0]), repeat=scores.shape[1]):
        codes = [code for code, _ in groupby(path) if code != BLANK]
        mass = float(np.prod([share[code, step] for step, code in enumerate(path)]))
        text = spelled(codes)
        found[text] = found.get(text, 0.0) + mass
    return found


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_beams_hold_the_mass_of_all_paths(seed: int) -> None:
    few = np.random.default_rng(seed).normal(0, 1.5, (4, 4)).astype(np.float32)
    scores = np.full((len(TOKENS), 4), -60, np.float32)
    scores[:4] = few
    expected = every_reading(few)
    found = beams(scores)
    best = max(expected, key=lambda text: expected[text])
    assert found[best] == pytest.approx(expected[best], abs=2e-3)
    assert sum(found.values()) <= 1 + 1e-5


@pytest.mark.parametrize(
    ("reading", "serial"),
    [
        ("§280/", "280"),
        ("§05/", "05"),
        ("§3176B/", "3176B"),
        ("§20/2019/", "20"),
        ("§04/138", "04"),
        ("§012/", "012"),
        ("§0299/", "299"),
        ("§02004/", "2004"),
        ("280/", "280"),
        ("§127", "127"),
    ],
)
def test_a_serial_stands_between_the_word_and_the_slash(reading: str, serial: str) -> None:
    assert serials({reading: 0.7}) == {serial: 0.7}


@pytest.mark.parametrize("reading", ["§/", "§", "", "/", "§00/", "§123456/", "n12t3m2020"])
def test_no_serial_is_made_up(reading: str) -> None:
    assert serials({reading: 1.0}) == {}


def test_readings_of_one_value_join_their_mass() -> None:
    assert serials({"§12/": 0.5, "§12/3": 0.2, "§17/": 0.1}) == pytest.approx(
        {"12": 0.7, "17": 0.1}
    )


def test_a_loop_before_a_day_of_two_figures_is_no_figure() -> None:
    assert dates({"n024t012m2017": 0.5, "n24t12m2017": 0.3}) == {"2017-12-24": 0.8}


def test_a_day_may_be_padded_or_not() -> None:
    assert dates({"n5t4m2018": 0.5, "n05t04m2018": 0.3}) == {"2018-04-05": 0.8}


@pytest.mark.parametrize(
    "reading",
    ["n31t2m2020", "n00t1m2020", "n12t13m2020", "nt3m2020", "n12tm2020", "n1t1m202", "n1t1m1900"],
)
def test_days_that_do_not_exist_are_dropped(reading: str) -> None:
    assert dates({reading: 1.0}) == {}


shares = st.dictionaries(st.sampled_from(["1", "2", "3", "4"]), st.floats(0.0, 0.25), max_size=4)


@given(st.lists(shares, min_size=1, max_size=3), st.floats(0.5, 3.0))
def test_candidates_are_ranked_and_leave_room_for_none(
    looks: list[dict[str, float]], temperature: float
) -> None:
    candidates = posterior(looks, temperature)
    chances = [candidate.probability for candidate in candidates]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) <= 1 + 1e-6


def test_looks_that_disagree_lower_the_confidence() -> None:
    agreed = posterior([{"12": 0.9}, {"12": 0.9}], 1.0)
    split = posterior([{"12": 0.9}, {"17": 0.9}], 1.0)
    assert agreed[0].probability > 0.85
    assert split[0].probability < 0.6


def test_nothing_seen_gives_no_candidate() -> None:
    assert posterior([], 1.0) == ()
    assert posterior([{}], 1.0) == ()
