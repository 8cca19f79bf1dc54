import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnocr.vietnamese.tones import add_tone, place_tones, split_tone

PAIRS = [
    ("hòa", "hoà"),
    ("khỏe", "khoẻ"),
    ("thủy", "thuỷ"),
    ("ỦY", "UỶ"),
    ("Tòa án", "Toà án"),
    ("HÒA", "HOÀ"),
]
SAME = ["quý", "quỳ", "hoàn", "thuyền", "của", "mùa", "ngoáy", "huệ", "xoáy", "khuỷu"]
vietnamese = st.text(alphabet="aăâeêioôơuưyàáảãạòóỏõọùúủũụỳýỷỹỵèéẻẽẹhkqtnHOAUY ", max_size=30)


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_styles_are_converted_both_ways(old: str, new: str) -> None:
    assert place_tones(new, "old") == old
    assert place_tones(old, "new") == new
    assert place_tones(new, "keep") == new


@pytest.mark.parametrize("word", SAME)
def test_words_outside_the_three_rimes_are_left_alone(word: str) -> None:
    assert place_tones(word, "old") == word
    assert place_tones(word, "new") == word


@given(vietnamese)
def test_placing_twice_changes_nothing_more(text: str) -> None:
    for style in ("old", "new"):
        once = place_tones(text, style)
        assert place_tones(once, style) == once
        assert len(once) == len(text)


@given(vietnamese)
def test_no_tone_is_lost_or_gained(text: str) -> None:
    for style in ("old", "new"):
        assert split_tone(place_tones(text, style))[0] == split_tone(text)[0]


def test_tone_is_split_and_added() -> None:
    assert split_tone("được") == ("đươc", "\u0323")
    assert split_tone("ban") == ("ban", "")
    assert add_tone("ơ", "\u0323") == "ợ"
