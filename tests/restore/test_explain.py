import pytest

from vnocr.restore.explain import Reason, reason_for


@pytest.mark.parametrize(
    ("seen", "text", "reason"),
    [
        ("hanh", "hành", Reason.MARKS),
        ("thyc", "thực", Reason.LETTERS),
        ("c ach", "cách", Reason.MERGED),
        ("Nghidinh", "Nghị định", Reason.SPLIT),
        ("12/QD-TTg", "12/QĐ-TTg", Reason.CODE),
        ("hoà", "hòa", Reason.TONE),
        ("hòa", "hòa", None),
    ],
)
def test_reasons(seen: str, text: str, reason: Reason | None) -> None:
    assert reason_for(seen, seen, text) is reason


def test_a_converted_encoding_is_the_reason() -> None:
    assert reason_for("®Êt", "đất", "đất") is Reason.ENCODING
