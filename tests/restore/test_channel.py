import itertools

import numpy as np
import pytest

from vnocr.restore.channel import Channel, Form
from vnocr.restore.groups import Counts
from vnocr.restore.shortlist import Found, Shortlist

SYLLABLES = [("th", "ực"), ("th", "ưc"), ("l", "ập"), ("", "ở"), ("đ", "ô"), ("đ", "ồ")]
ONSETS = Counts([("th", "th", 90), ("l", "1", 8), ("l", "l", 80), ("đ", "d", 60), ("Th", "Th", 9)])
RIMES = Counts([("ực", "yc", 20), ("ực", "uc", 60), ("ập", "ap", 50), ("ở", "&", 4), ("ô", "6", 9)])
GROUPS = Counts([("ự", "y", 20), ("ự", "u", 60), ("c", "c", 200), ("ậ", "a", 50), ("p", "p", 50),
                 ("ở", "&", 4), ("ô", "6", 9), ("h", "h", 99), ("t", "t", 99)])  # fmt: skip


NO_PRIOR = np.zeros(len(SYLLABLES), np.float32)
EVERYTHING = 1e9


@pytest.fixture
def channel() -> Channel:
    return Channel(SYLLABLES, ONSETS, RIMES, GROUPS)


def found(channel: Channel, glyphs: str, form: Form = Form.LOWER) -> Found:
    return Shortlist(channel, NO_PRIOR, 1.0, EVERYTHING).find([glyphs], [form], len(SYLLABLES))


def best(channel: Channel, glyphs: str, form: Form = Form.LOWER) -> str:
    return "".join(SYLLABLES[found(channel, glyphs, form).syllable[0]])


def scores(channel: Channel, glyphs: str) -> dict[str, float]:
    row = found(channel, glyphs)
    return {
        "".join(SYLLABLES[number]): score
        for number, score in zip(row.syllable.tolist(), row.score.tolist(), strict=True)
    }


@pytest.mark.parametrize(
    ("glyphs", "syllable"), [("thyc", "thực"), ("1ap", "lập"), ("&", "ở"), ("d6", "đô")]
)
def test_learned_confusions_are_undone(channel: Channel, glyphs: str, syllable: str) -> None:
    assert best(channel, glyphs) == syllable


def test_capitals_are_compared_as_capitals(channel: Channel) -> None:
    assert best(channel, "Thuc", Form.TITLE) == "thực"


def test_a_letter_shares_what_its_family_looks_like(channel: Channel) -> None:
    row = scores(channel, "d6")
    # ồ was never read as 6, but ô was; ập never was, and is no kin
    assert row["đồ"] > row.get("lập", -np.inf)


def test_unseen_confusions_still_have_a_cost(channel: Channel) -> None:
    row = scores(channel, "thzc")
    assert np.isfinite(list(row.values())).all()
    assert row["thực"] > row.get("lập", -np.inf)


def test_a_shortlist_is_what_scoring_every_syllable_gives() -> None:
    chance = np.random.default_rng(5)
    onsets, rimes = ["", "b", "c", "ch", "l", "th"], ["an", "anh", "ap", "ô", "ồ", "ở", "ưc", "ực"]
    parts = [pair for pair in itertools.product(onsets, rimes) if chance.random() < 0.8]
    channel = Channel(parts, ONSETS, RIMES, GROUPS)
    prior = chance.normal(-8, 3, len(parts)).astype(np.float32)
    tokens = ["".join(chance.choice(list("abchlnôthuy6&1"), size)) for size in (1, 2, 3, 4, 5, 9)]
    forms = [Form.TITLE, Form.LOWER]
    row = Shortlist(channel, prior, 0.5, 9.0).find(tokens, forms, 7)
    for number in range(len(tokens)):
        score = np.full((len(forms), len(parts)), -np.inf)
        for place, form in enumerate(forms):
            ways = channel.ways(tokens, form)
            for way in np.flatnonzero(ways.owner == number):
                whole = 0.5 * (ways.head[way][channel.head] + ways.tail[way][channel.tail])
                score[place] = np.maximum(score[place], whole)
        rank = score.max(0) + prior
        wanted = np.argsort(-rank)[:7]
        wanted = wanted[(rank[wanted] >= rank.max() - 9) & (score.max(0)[wanted] > -30)]
        assert row.syllable[row.owner == number].tolist() == wanted.tolist()
        assert np.allclose(row.score[row.owner == number], score.max(0)[wanted], atol=1e-4)
