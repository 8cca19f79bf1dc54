from pathlib import Path

import pytest

from vnocr.extract.body_names import BodyNames, split_names


@pytest.fixture(scope="module")
def names(folder: Path) -> BodyNames:
    return BodyNames.load(folder)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh Lạng Sơn"),
        ("Uỷ ban nhân dân tỉnh", "UBND tỉnh Lạng Sơn"),
        ("Sở TN&MT", "Sở Tài nguyên và Môi trường tỉnh Lạng Sơn"),
        ("Sở LĐTBXH", "Sở Lao động – Thương binh và Xã hội"),
        ("Chủ tịch UBND tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn"),
        ("Các sở, ban, ngành", "các sở, ban, ngành"),
    ],
)
def test_spellings_of_one_body(first: str, second: str, names: BodyNames) -> None:
    assert names.one(first, "Lạng Sơn").key == names.one(second, "Lạng Sơn").key


def test_the_same_words_mean_another_body_in_another_province(names: BodyNames) -> None:
    assert names.one("UBND tỉnh", "Lạng Sơn").key != names.one("UBND tỉnh", "Hà Giang").key


def test_without_a_province_nothing_is_guessed(names: BodyNames) -> None:
    assert names.one("UBND tỉnh").name == "Ủy ban nhân dân tỉnh"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sở Nội vụ", "body"),
        ("Giám đốc Sở Nội vụ", "office"),
        ("các cơ quan, đơn vị liên quan", "group"),
        ("UBND các huyện, thị xã, thành phố", "group"),
        ("Thủ trưởng các sở, ban, ngành", "group"),
    ],
)
def test_kinds(text: str, kind: str, names: BodyNames) -> None:
    assert names.one(text).kind == kind


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh và các cơ quan, đơn vị liên quan",
            ["Sở Văn hóa, Thể thao và Du lịch", "Công an tỉnh", "các cơ quan, đơn vị liên quan"],
        ),
        (
            "Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các huyện, thành phố",
            ["Thủ trưởng các sở, ban, ngành", "Chủ tịch UBND các huyện, thành phố"],
        ),
        ("Đài Phát thanh và Truyền hình tỉnh", ["Đài Phát thanh và Truyền hình tỉnh"]),
    ],
)
def test_lists(text: str, parts: list[str]) -> None:
    assert split_names(text) == parts


def test_a_body_is_listed_once(names: BodyNames) -> None:
    assert len(names.several("UBND tỉnh, Ủy ban nhân dân tỉnh Hà Giang", "Hà Giang")) == 1
