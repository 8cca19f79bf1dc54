import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnocr.vietnamese.legacy import LegacyFont, convert, detect, legacy_font

MOTTO = "Cộng hoà xã hội chủ nghĩa Việt Nam Độc lập - Tự do - Hạnh phúc"
TCVN3 = "Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp - Tù do - H¹nh phóc"
VNI = "Coäng hoaø xaõ hoäi chuû nghóa Vieät Nam Ñoäc laäp - Töï do - Haïnh phuùc"


def test_tcvn3_is_recognised_and_converted() -> None:
    assert detect(TCVN3) == "tcvn3"
    assert convert(TCVN3, "tcvn3") == MOTTO


def test_vni_is_recognised_and_converted() -> None:
    assert detect(VNI) == "vni"
    assert convert(VNI, "vni") == MOTTO
    assert convert("UÛY BAN NHAÂN DAÂN TÆNH Aùp duïng", "vni") == "ỦY BAN NHÂN DÂN TỈNH Áp dụng"


@pytest.mark.parametrize("hyphen", ["\u00ad", "\u2212"])
def test_u_horn_survives_as_soft_hyphen_and_as_the_minus_that_extractors_make(hyphen: str) -> None:
    assert convert(f"Thñ t{hyphen}íng", "tcvn3") == "Thủ tướng"


def test_minus_between_digits_stays() -> None:
    assert convert("tõ 5\u221210 n¨m", "tcvn3") == "từ 5\u221210 năm"


def test_bullet_operator_is_a_tilde() -> None:
    assert convert("x\u2219 héi", "tcvn3") == "xã hội"


def test_capital_fonts_give_capitals() -> None:
    assert convert("quyÕt ®Þnh", "tcvn3", capitals=True) == "QUYẾT ĐỊNH"


@pytest.mark.parametrize(
    "text",
    [
        "",
        MOTTO,
        "Thyc hién ché d6 bao cao, § 1, 1ap S& Cong thuong, nang luc quan 1y ¢ dia phuong",
        "Thực hiện chế độ báo cáo – kỳ 5−10",
        "Müller và Søren dự họp tại Köln",
        "Quan ly chat luong",
    ],
)
def test_unicode_and_misread_text_is_no_legacy_encoding(text: str) -> None:
    assert detect(text) is None


@pytest.mark.parametrize(
    ("name", "font"),
    [
        (".VnTime", LegacyFont("tcvn3", capitals=False)),
        ("ABCDEF+.VnTimeH", LegacyFont("tcvn3", capitals=True)),
        (".VnArialH-Bold", LegacyFont("tcvn3", capitals=True)),
        ("VNI-Times", LegacyFont("vni", capitals=False)),
        ("TimesNewRomanPSMT", None),
        ("Arial", None),
    ],
)
def test_font_names(name: str, font: LegacyFont | None) -> None:
    assert legacy_font(name) == font


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_letters_are_the_same_in_every_encoding(text: str) -> None:
    assert convert(text, "tcvn3") == text
    assert convert(text, "vni") == text
    assert detect(text) is None
