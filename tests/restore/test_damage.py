import pytest

from vnocr.restore.damage import Damage, evidence, judge


@pytest.mark.parametrize(
    ("text", "damage"),
    [
        ("Thực hiện kế hoạch cải cách hành chính năm nay", Damage.MARKED),
        ("Thuc hien ke hoach cai cach hanh chinh nam nay", Damage.STRIPPED),
        ("Thyc hién ké hoach cai cach hanh chinh nam nay", Damage.MISREAD),
        ("S& Noi vu lay y kien cac phong", Damage.MISREAD),
        ("", None),
        ("12 / 2019", None),
    ],
)
def test_damage_is_told_from_the_text(text: str, damage: Damage | None) -> None:
    words = [word for word in text.split() if any(sign.isalpha() for sign in word)]
    assert judge(evidence([word]) for word in words) is damage
