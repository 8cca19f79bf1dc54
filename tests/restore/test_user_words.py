from pathlib import Path

import pytest

from vnocr.errors import DictionaryError
from vnocr.restore.restorer import Restorer
from vnocr.restore.user_words import UserWords, read_user_words
from vnocr.settings import RestoreSettings


def test_phrases_are_found_by_their_bare_letters() -> None:
    words = UserWords(["Pa Kô", "Khe Sanh Mới"])
    assert words.phrase(["Pa", "Ko", "va"]) == ("Pa", "Kô")
    assert words.phrase(["PA", "KO"]) == ("PA", "KÔ")
    assert words.phrase(["Pa", "Nang"]) is None


def test_long_words_may_differ_in_a_letter() -> None:
    words = UserWords(["Đakrông"])
    assert words.word("Dakr6ng") == "Đakrông"
    assert words.word("Dakbong1") is None


def test_a_list_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(DictionaryError, match=r"nowhere\.txt.*--user-words"):
        read_user_words(tmp_path / "nowhere.txt")
    (tmp_path / "old.txt").write_bytes("Đắk".encode("utf-16"))
    with pytest.raises(DictionaryError, match="UTF-8"):
        read_user_words(tmp_path / "old.txt")


def test_the_restorer_honours_the_list(tmp_path: Path, dictionaries: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("# buôn làng\nVrăngkô\nHồ Pa Lôi\n", encoding="utf-8")
    restorer = Restorer.load(RestoreSettings(user_words=str(path)), dictionaries)
    text = restorer.restore("Uy ban nhan dan xa Vrangko giao ong Ho Pa Loi thuc hien ke hoach").text
    assert "xã Vrăngkô" in text
    assert "Hồ Pa Lôi thực hiện kế hoạch" in text
