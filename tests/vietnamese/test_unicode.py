import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnocr.vietnamese.unicode import fold, nfc, stream_safe, strip_marks


@pytest.mark.parametrize("lookalike", ["\u00d0", "\u0189"])
def test_lookalikes_become_the_real_letter(lookalike: str) -> None:
    assert nfc(lookalike + "à Nẵng") == "Đà Nẵng"


def test_combining_unicode_is_composed() -> None:
    assert nfc("Vi\u00ea\u0323t") == "Việt"


def test_marks_are_stripped_and_case_is_kept() -> None:
    assert strip_marks("ỦY BAN nhân dân ở Đắk Lắk") == "UY BAN nhan dan o Dak Lak"
    assert fold("Đường") == "duong"


@given(st.text())
def test_forms_are_idempotent(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)
    assert strip_marks(strip_marks(text)) == strip_marks(text)
    assert unicodedata.is_normalized("NFC", nfc(text))


@given(st.text())
def test_stripping_leaves_what_has_no_marks(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", nfc(text))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    expected = unicodedata.normalize("NFC", bare).replace("Đ", "D").replace("đ", "d")
    assert strip_marks(text) == expected


def test_no_letter_has_endless_marks() -> None:
    heap = "a" + "\u0323\u0301" * 5000
    safe = stream_safe(heap)
    assert safe.replace("\u034f", "") == heap
    assert max(map(len, safe.split("\u034f"))) <= 31
    assert stream_safe("Tiếng Việt, e\u0302\u0323") == "Tiếng Việt, e\u0302\u0323"
