import numpy as np
import pytest

from vnocr.restore.channel import Channel, Form
from vnocr.restore.groups import Counts

SYLLABLES = [("th", "ực"), ("th", "ưc"), ("l", "ập"), ("", "ở"), ("đ", "ô"), ("đ", "ồ")]
ONSETS = Counts([("th", "th", 90), ("l", "1", 8), ("l", "l", 80), ("đ", "d", 60), ("Th", "Th", 9)])
RIMES = Counts([("ực", "yc", 20), ("ực", "uc", 60), ("ập", "ap", 50), ("ở", "&", 4), ("ô", "6", 9)])
GROUPS = Counts([("ự", "y", 20), ("ự", "u", 60), ("c", "c", 200), ("ậ", "a", 50), ("p", "p", 50),
                 ("ở", "&", 4), ("ô", "6", 9), ("h", "h", 99), ("t", "t", 99)])  # fmt: skip


@pytest.fixture
def channel() -> Channel:
    return Channel(SYLLABLES, ONSETS, RIMES, GROUPS)


def best(channel: Channel, glyphs: str, form: Form = Form.LOWER) -> str:
    return "".join(SYLLABLES[int(channel.scores([glyphs], form)[0].argmax())])


@pytest.mark.parametrize(
    ("glyphs", "syllable"), [("thyc", "thực"), ("1ap", "lập"), ("&", "ở"), ("d6", "đô")]
)
def test_learned_confusions_are_undone(channel: Channel, glyphs: str, syllable: str) -> None:
    assert best(channel, glyphs) == syllable


def test_capitals_are_compared_as_capitals(channel: Channel) -> None:
    assert best(channel, "Thuc", Form.TITLE) == "thực"


def test_a_letter_shares_what_its_family_looks_like(channel: Channel) -> None:
    scores = channel.scores(["d6"], Form.LOWER)[0]
    # ồ was never read as 6, but ô was; ập never was, and is no kin
    assert scores[5] > scores[2]


def test_unseen_confusions_still_have_a_cost(channel: Channel) -> None:
    scores = channel.scores(["thzc"], Form.LOWER)[0]
    assert np.isfinite(scores).all()
    assert scores[0] > scores[2]
