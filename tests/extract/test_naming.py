from pathlib import Path

import pytest

from vnocr.errors import DictionaryError
from vnocr.extract.naming import Naming
from vnocr.extract.places import Gazetteer


@pytest.fixture(scope="module")
def naming(folder: Path) -> Naming:
    return Naming.load(folder)


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI", "Ủy ban nhân dân tỉnh Quảng Ngãi"),
        ("UBND TỈNH BẮC GIANG", "UBND tỉnh Bắc Giang"),
        ("UBND THÀNH PHỐ HỒ CHÍ MINH", "UBND thành phố Hồ Chí Minh"),
        ("SỞ LAO ĐỘNG-THƯƠNG BINH VÀ XÃ HỘI", "Sở Lao động - Thương binh và Xã hội"),
        ("SỞ VĂN HOÁ, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
        ("TRUNG TÂM KIỂM SOÁT BỆNH TẬT", "Trung tâm Kiểm soát bệnh tật"),
        ("PHÒNG TÀI CHÍNH - KẾ HOẠCH", "Phòng Tài chính - Kế hoạch"),
        ("CHI CỤC THUẾ KHU VỰC IV", "Chi cục Thuế Khu vực IV"),
        ("ĐẢNG ỦY PHƯỜNG CẨM THÀNH", "Đảng ủy phường Cẩm Thành"),
        ("TỈNH ỦY CÀ MAU", "Tỉnh ủy Cà Mau"),
        ("BAN CHỈ ĐẠO 389", "Ban Chỉ đạo 389"),
        # damaged by the recogniser
        ("UBND TINH QUANG TRI", "UBND tỉnh Quảng Trị"),
        ("SO CONG THUONG", "Sở Công Thương"),
        ("SỞYTẾ", "Sở Y tế"),
        ("BỘ GIÁO ĐỤC VÀ ĐÀO TẠO", "Bộ Giáo dục và Đào tạo"),
        ("TĨNH QUANG NGÁÀI", "Tỉnh Quảng Ngãi"),
        ("ˆ UBND TỈNH LÀO CAI _", "UBND tỉnh Lào Cai"),
        # unknown names are cased, not replaced
        ("UBND HUYỆN TRƯỜNG THỤY", "UBND huyện Trường Thụy"),
    ],
)
def test_normal_case(naming: Naming, printed: str, normal: str):
    assert naming.normal(printed) == normal


def test_a_place_is_not_taken_for_a_body(naming: Naming):
    assert naming.head("TỈNH AN GIANG") is None
    assert naming.head("TỈNH ỦY AN GIANG") is not None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Sở Y tế", "SYT"),
        ("Ủy ban nhân dân tỉnh Gia Lai", "UBND"),
        ("Bộ Giáo dục và Đào tạo", "BGDĐT"),
        ("Thủ tướng Chính phủ", "TTg"),
        ("Trung tâm Kiểm soát bệnh tật", "TTKSBT"),
    ],
)
def test_codes(naming: Naming, name: str, code: str):
    assert code in naming.codes(name)


def test_provinces_by_date(folder: Path):
    gazetteer = Gazetteer.load(folder)
    assert gazetteer.province("TP. Hồ Chí Minh", None) == ("Thành phố Hồ Chí Minh", True)
    assert gazetteer.province("Kiên Giang", "2024-05-01") == ("Kiên Giang", True)
    assert gazetteer.province("Kiên Giang", "2025-08-01") == ("Kiên Giang", False)
    assert gazetteer.province("Quàng Ngài", None) == ("Quảng Ngãi", True)
    assert gazetteer.province("Atlantis", None) is None
    assert gazetteer.province_of("Huyện Bình Sơn", "2020-01-01") == "Quảng Ngãi"
    assert gazetteer.province_of("Huyện Bình Sơn", "2026-01-01") is None


def test_damaged_dictionary_is_named(tmp_path: Path):
    with pytest.raises(DictionaryError, match=r"agencies\.tsv"):
        Naming.load(tmp_path)
    (tmp_path / "agencies.tsv").write_text("a\tb\tc\td\te\n", encoding="utf-8")
    with pytest.raises(DictionaryError, match="line 1"):
        Naming.load(tmp_path)
