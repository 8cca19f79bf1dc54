from dataclasses import dataclass

import pytest

from vnocr.restore.names import Names, Role
from vnocr.restore.restorer import Restorer
from vnocr.vietnamese.unicode import strip_marks

NAMES = Names(["Trương", "Đinh"], {"Diệu": 3, "Thúy": 9})


@dataclass
class Word:
    core: str
    joins: bool = True
    role: Role = Role.INSIDE


def roles(text: str) -> list[Role]:
    words = [Word(core) for core in text.split()]
    NAMES.mark(words)
    return [word.role for word in words]


def test_a_run_of_capitals_after_a_family_name_is_a_name() -> None:
    found = roles("ky thay Truong Dieu Thuy da")
    assert found[2:5] == [Role.FAMILY, Role.GIVEN, Role.GIVEN]
    assert set(found[:2] + found[5:]) == {Role.INSIDE}


@pytest.mark.parametrize("text", ["Truong phong", "So Noi Vu", "TRUONG DIEU", "Truong"])
def test_other_words_are_no_names(text: str) -> None:
    assert set(roles(text)) == {Role.INSIDE}


def test_punctuation_ends_a_name() -> None:
    words = [Word("Truong"), Word("Thuy", joins=False)]
    NAMES.mark(words)
    assert words[1].role is Role.INSIDE


def test_family_and_given_names_are_told_by_where_they_stand() -> None:
    assert "trương" in NAMES.of(Role.FAMILY)
    assert "trương" not in NAMES.of(Role.GIVEN)
    assert "thúy" not in NAMES.of(Role.INSIDE)


@pytest.mark.parametrize("name", ["Trương Diệu Thúy", "Tăng Bạch Hoa"])
def test_names_get_their_marks(restorer: Restorer, name: str) -> None:
    assert name in restorer.restore(f"Giam doc So Noi vu {strip_marks(name)} ky thay").text
