import pytest

from vnocr.restore.codes import CodeRepairer

SYMBOLS = {"QĐ-TTg": 3000, "NĐ-CP": 9000, "QĐ-UBND": 900, "TT-BKHĐT": 800, "TB-UBND": 300,
           "NQ/TW": 200, "QH13": 700}  # fmt: skip


@pytest.fixture
def repairer() -> CodeRepairer:
    return CodeRepairer(SYMBOLS)


@pytest.mark.parametrize(
    ("seen", "right"),
    [
        ("12/2019/QD-TTg", "12/2019/QĐ-TTg"),
        ("12/2019/QP-TTg", "12/2019/QĐ-TTg"),
        ("348/Qb-UBND", "348/QĐ-UBND"),
        ("63/2010/ND-CP", "63/2010/NĐ-CP"),
        ("14/2020/TT-BKHDT", "14/2020/TT-BKHĐT"),
        ("27-N0/TW", "27-NQ/TW"),
        ("45/2013/0H13", "45/2013/QH13"),
    ],
)
def test_misread_symbols_are_mended(repairer: CodeRepairer, seen: str, right: str) -> None:
    assert repairer.repair(seen) == right


@pytest.mark.parametrize("code", ["12/TB-UBND", "5871/XYZ-DP", "V/v", "60/2010", "CT-HPQ", "7/A-B"])
def test_other_codes_are_left_alone(repairer: CodeRepairer, code: str) -> None:
    assert repairer.repair(code) == code


def test_in_good_text_only_whole_symbols_are_mended(repairer: CodeRepairer) -> None:
    assert repairer.repair("9/QD-XYZ", parts=True) == "9/QĐ-XYZ"
    assert repairer.repair("9/QD-XYZ", parts=False) == "9/QD-XYZ"


def test_a_code_broken_over_a_line_end_is_one(repairer: CodeRepairer) -> None:
    assert repairer.repair_broken("12/2019/QD-", "TTg;") == ("12/2019/QĐ-", "TTg;")
    assert repairer.repair_broken("năm-", "TTg") is None
