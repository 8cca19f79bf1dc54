"""Known words of good text change only for strong reasons."""

import pytest

from vnocr.restore.restorer import Restorer


@pytest.mark.parametrize(
    "text",
    [
        "Chiếu xạ nghề nghiệp là chiếu xạ mà nhân viên phải chịu.",
        "Tổ chức, cá nhân Việt Nam cho thuê trao đổi tàu bay phải nộp hồ sơ.",
        "Đê sông là đê ngăn nước lũ của sông. Đê biển là đê ngăn nước biển.",
        "gồm Thủ kho phụ kho thủ quỹ kiêm ngân quỹ",
    ],
)
def test_rare_words_of_good_text_stay(restorer: Restorer, text: str) -> None:
    assert restorer.restore(text).text == text


def test_slips_of_a_recogniser_are_still_mended(restorer: Restorer) -> None:
    seen = "Thông tư này có hiệu lực thí hành kể từ ngày ký, được sửa đổi, bố sung theo Nghị định."
    right = "Thông tư này có hiệu lực thi hành kể từ ngày ký, được sửa đổi, bổ sung theo Nghị định."
    assert restorer.restore(seen).text == right


def test_what_a_kept_word_might_have_been_is_not_lost(restorer: Restorer) -> None:
    found = restorer.restore("Đê bối là đê bảo vệ cho vùng bãi ven sông.")
    assert not found.changes
    assert min(word.confidence for word in found.words) < 0.95
