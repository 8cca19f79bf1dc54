import pytest

from vnocr.extract.symbol_check import check_symbol, code_inventory, is_plausible

INVENTORY = code_inventory(["QĐ", "UBND", "TĐC", "CT", "SYT", "ĐT", "DT"])


@pytest.mark.parametrize(
    ("symbol", "first", "later", "text"),
    [
        ("QĐ-UBND", ["QĐ"], ["UBND"], "QĐ-UBND"),
        ("QD-UBND", ["QĐ"], ["UBND"], "QĐ-UBND"),
        ("QP-UBND", ["QĐ"], ["UBND"], "QĐ-UBND"),
        ("QĐĐ-SYT", ["QĐ"], ["SYT"], "QĐ-SYT"),
        ("QĐ-SVYT", ["QĐ"], ["SYT"], "QĐ-SYT"),
        ("TBSYT", ["TB"], ["SYT"], "TB-SYT"),
        ("BKHCN-TDC", ["BKHCN"], [], "BKHCN-TĐC"),
        ("2016/QD-TTg", ["QĐ"], ["TTg"], "2016/QĐ-TTg"),
        ("Đ-UBND", ["QĐ"], ["UBND"], "QĐ-UBND"),
        ("YT-NVD", ["SYT"], ["SYT"], "SYT-NVD"),  # ink ran into the S
        ("SNV-NV", ["SNV"], ["SNV"], "SNV-NV"),  # a unit of the office
        # what no witness speaks for stays as read
        ("SYT-NVYX", ["SYT"], ["SYT"], "SYT-NVYX"),
        ("UBND-DT", ["UBND"], ["UBND"], "UBND-DT"),
        ("XYZ-ABC", ["QĐ"], ["SYT"], "XYZ-ABC"),
    ],
)
def test_groups_are_repaired_towards_what_is_expected(
    symbol: str, first: list[str], later: list[str], text: str
):
    assert check_symbol(symbol, first, later, INVENTORY).text == text


def test_the_check_tells_what_was_expected():
    checked = check_symbol("QD-SYT", ["QĐ"], ["SYT"], INVENTORY)
    assert (checked.opening_known, checked.following_known, checked.repaired) == (True, True, 1)
    strange = check_symbol("QĐ-ABC", ["QĐ"], ["SYT"], INVENTORY)
    assert (strange.opening_known, strange.following_known) == (True, False)


@pytest.mark.parametrize(
    ("symbol", "strangers"), [("SYT-TĐC", 0), ("SYT-TDC", 0), ("SYT-TĐX", 1), ("ABC-TĐX", 2)]
)
def test_groups_that_nothing_speaks_for_are_counted(symbol: str, strangers: int):
    assert check_symbol(symbol, ["SYT"], ["SYT"], INVENTORY).strangers == strangers


@pytest.mark.parametrize("symbol", ["QĐ-UBND", "2016/QĐ-TTg", "TTr-STC", "HDLN-SYT-STC", "CTr/TU"])
def test_symbols_are_plausible(symbol: str):
    assert is_plausible(symbol)


@pytest.mark.parametrize("symbol", ["Z2me", "Q-mm"])
def test_what_ink_leaves_of_a_symbol_is_not(symbol: str):
    assert not is_plausible(symbol)
