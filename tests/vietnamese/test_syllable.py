import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnocr.vietnamese.syllable import ONSETS, RIMES, is_syllable, parse, spell
from vnocr.vietnamese.tones import TONES

GOOD = """
gì gìn giếng giêng gia già giữa quốc quyết quý quỳnh quýt khuỷu khuya ngoằn nghiêng hoàn uỷ ủy
của mùa rượu được ăn ướt ngoéo Ủy QUẢNG Trị nghĩa yêu ý khoẻ khỏe loong xoong
"""
# a stop needs sắc or nặng; ng before i; c before e; a tone on the wrong letter; not Vietnamese
BAD = "xuât mơt câp ngiêng cế hòan thủyên fax web zalo w 2019 b bc ông1 hiộn viộc qúa gỉa"


@pytest.mark.parametrize("word", GOOD.split())
def test_good_syllables_are_accepted(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", [*BAD.split(), ""])
def test_impossible_syllables_are_refused(word: str) -> None:
    assert not is_syllable(word)


def test_parts() -> None:
    syllable = parse("Giếng")
    assert syllable is not None
    assert (syllable.onset, syllable.rime, syllable.tone) == ("gi", "iêng", "\u0301")
    assert syllable.base == "giêng"
    assert syllable.spelling == "giếng"


def test_both_tone_styles_are_the_same_syllable() -> None:
    assert parse("hoà") == parse("hòa")


@given(st.sampled_from(ONSETS), st.sampled_from(sorted(RIMES)), st.sampled_from(TONES))
def test_whatever_is_spelled_and_accepted_reads_back_as_itself(
    onset: str, rime: str, tone: str
) -> None:
    spelling = spell(onset, rime, tone)
    read = parse(spelling)
    if read is not None:
        assert read.spelling == spelling
        assert read.tone == tone
