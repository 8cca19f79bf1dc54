"""What the samples write in TCVN3 and VNI is what the reader of old encodings reads back."""

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from samplemaker.fonts import Face
from samplemaker.legacy_text import build_tcvn3_font, build_vni_font, to_tcvn3, to_vni

from vnocr.vietnamese.legacy import convert

LETTERS = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
)
words = st.text(st.sampled_from(LETTERS + LETTERS.upper()), min_size=1, max_size=8)


@given(words)
def test_tcvn3_comes_back(word: str) -> None:
    runs = [convert(run, "tcvn3", capitals=high) for run, high in to_tcvn3(word)]
    assert "".join(runs) == word


@given(st.sampled_from(LETTERS), st.booleans())
def test_every_letter_of_vni_comes_back(letter: str, capital: bool) -> None:
    whole = f"b{letter}n"
    whole = whole.upper() if capital else whole
    assert convert(to_vni(whole), "vni") == whole


def test_known_phrases() -> None:
    assert "".join(run for run, _ in to_tcvn3("Cộng hòa xã hội")) == "Céng hßa x· héi"
    assert to_vni("Độc lập - Tự do - Hạnh phúc") == "Ñoäc laäp - Töï do - Haïnh phuùc"
    assert list(to_tcvn3("Ủy")) == [("ñ", True), ("y", False)]


@pytest.mark.usefixtures("fonts")
def test_fonts_are_named_and_reach_every_code(tmp_path) -> None:
    path = tmp_path / "font.ttf"
    build_tcvn3_font(Face("Tinos", bold=True), capitals=True, target=path)
    font = TTFont(path)
    assert font["name"].getDebugName(6) == ".VnTimeH-Bold"
    assert font.getBestCmap()[ord("µ")] == font.getBestCmap()[ord("a")] + "grave"
    build_vni_font(Face("Tinos"), path)
    font = TTFont(path)
    assert font["name"].getDebugName(6) == "VNI-Times"
    for code in "øùûõïâàáåãäêèéúüëôöñíìæóòî":
        assert ord(code) in font.getBestCmap()
        assert ord(code.upper()) in font.getBestCmap()
    mark = font.getBestCmap()[ord("ä")]
    assert font["hmtx"].metrics[mark][0] == 0
    assert font["glyf"][mark].xMax < 0
