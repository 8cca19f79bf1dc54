from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnocr.extract.votes import weigh
from vnocr.model import Candidate, Vote


def vote(value: str | None, confidence: float, source: str = "printed text") -> Vote:
    return Vote(value, confidence, str(value), 1, None, source)


def test_agreement_raises_confidence():
    alone = weigh([vote("12", 0.8)])
    both = weigh([vote("12", 0.8), vote("12", 0.7, "handwriting")])
    assert both.value == "12"
    assert both.confidence > alone.confidence > 0.7
    assert not both.contested


def test_disagreement_lowers_confidence_and_is_reported():
    decision = weigh([vote("12", 0.9), vote("17", 0.6, "handwriting")])
    assert decision.value == "12"
    assert decision.confidence < 0.9
    assert decision.contested
    evidence = decision.evidence()
    assert evidence is not None
    assert "handwriting: 17" in evidence.raw


def test_two_weak_witnesses_can_outvote_one():
    decision = weigh([vote("12", 0.8), vote("17", 0.75, "a"), vote("17", 0.75, "b")])
    assert decision.value == "17"


def test_a_reader_that_could_not_read_leaves_the_value_open():
    decision = weigh([vote(None, 0.0)])
    assert (decision.value, decision.confidence) == (None, 0.0)
    evidence = decision.evidence()
    assert evidence is not None
    assert evidence.confidence == 0.0


def test_a_reader_that_wavers_can_be_helped_by_another():
    wavering = replace(vote("12", 0.5, "handwriting"), others=(Candidate("17", 0.4),))
    decision = weigh([wavering, vote("17", 0.6)])
    assert decision.value == "17"
    assert [one.value for one in decision.candidates] == ["17", "12"]
    evidence = decision.evidence()
    assert evidence is not None
    assert evidence.candidates == decision.candidates
    assert evidence.votes == decision.votes


def test_no_votes():
    decision = weigh([])
    assert decision.value is None
    assert decision.evidence() is None


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "c", None]), st.floats(0, 1)), min_size=1, max_size=6
    )
)
def test_confidence_is_a_share_and_order_does_not_matter(votes: list[tuple[str | None, float]]):
    cast = [vote(value, confidence) for value, confidence in votes]
    decision = weigh(cast)
    assert 0.0 <= decision.confidence <= 1.0
    assert weigh(cast[::-1]).confidence == pytest.approx(decision.confidence)
