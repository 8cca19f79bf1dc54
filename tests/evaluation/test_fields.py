import pytest
from evaluation import fields

from tests.evaluation.builders import dispatch, document, reading
from vnocr.model import Fields, Signer


@pytest.mark.parametrize(
    ("field", "gold", "said", "right"),
    [
        ("number", "12/QĐ-SM", "12 / QĐ-SM", True),
        ("number", "12/QĐ-SM", "12/qđ-sm", False),
        ("issue_date", "2020-01-02", "2020-01-03", False),
        ("type", "QUYẾT ĐỊNH", "Quyết định", True),
        ("issuer", "UBND TỈNH MẪU / SỞ Y TẾ", "UBND tỉnh Mẫu Sở Y tế", True),
        ("issuer", "UBND TỈNH MẪU SỞ Y TẾ", "Sở Y tế", False),
        ("subject", "V/v nộp báo cáo tháng một", "nộp báo cáo tháng một", True),
        ("subject", "Về việc: nộp báo cáo", "V/v nộp báo cáo", True),
        ("subject", "nộp báo cáo tháng một", "nộp báo cáo tháng hai năm nay", False),
        ("signer", "Lê Văn Mẫu", "LÊ VĂN MẪU", True),
        ("signer", "Lê Văn Hoà", "Lê Văn Hòa", True),
        ("signer", "Lê Văn Mẫu", "Lê Văn Mậu", False),
    ],
)
def test_when_a_value_counts_as_right(field, gold, said, right):
    assert fields.same(field, gold, said) is right


GOLD = {"number": "1/SM", "issue_date": "2020-01-02", "type": "CÔNG VĂN", "issuer": "A B"}


def measure(said, bare="", **gold):
    paper = document(**gold)
    return fields.measure({"scans": [paper]}, {paper.path: reading(paper, said, (bare,))})


def test_exact_missing_wrong_and_sure():
    said = dispatch(
        Fields(number="1/SM", issue_date="2020-01-03", issuer_parent="A", issuer="B"),
        {"number": 0.95, "issue_date": 0.92, "issuer": 0.99, "issuer_parent": 0.5},
    )
    summary = measure(said, **GOLD).summary["scans"]
    outcomes = {
        name: (row["exact"], row["missing"], row["wrong"], row["sure"], row["sure_wrong"])
        for name, row in summary.items()
    }
    assert outcomes == {
        "number": (1, 0, 0, 1, 0),
        "issue_date": (0, 0, 1, 1, 1),
        "type": (0, 1, 0, 0, 0),
        "issuer": (1, 0, 0, 0, 0),
    }


def test_fields_without_gold_are_not_scored():
    summary = measure(dispatch(Fields(subject="x")), subject=None, signer=None).summary
    assert summary["scans"] == {}


def test_a_document_that_fails_misses_its_fields():
    assert measure(None, **GOLD).summary["all"]["number"]["missing"] == 1


def test_reliability_puts_values_into_their_bins():
    said = dispatch(
        Fields(number="1/SM", issue_date="x", signer=Signer("Lê")),
        {"number": 1.0, "issue_date": 0.93, "signer": 0.93},
    )
    rows = measure(said, signer="Lê", **GOLD).summary["reliability"]
    filled = {row["from"]: (row["given"], row["right_share"]) for row in rows if row["given"]}
    assert filled == {0.98: (1, 1.0), 0.9: (2, 0.5)}


@pytest.mark.parametrize(
    ("text", "number", "date"),
    [
        ("Số: 12 /QĐ-SM\nX, ngày 2 tháng 1 năm 2020", "12/QĐ-SM", "2020-01-02"),
        ("Số 127-QĐ/TW\nX, ngày02 tháng 01 năm 2020", "127-QĐ/TW", "2020-01-02"),
        ("Số: /QĐ-SM\nX, ngày tháng 01 năm 2020", None, None),
    ],
)
def test_the_expressions_find_what_is_printed(text, number, date):
    said = fields.said_by_expressions(text)
    assert (said["number"][0] or "").replace(" ", "") == (number or "")
    assert said["issue_date"][0] == date


def test_the_baseline_counts_apart():
    summary = measure(dispatch(), "Số: 1/SM\n", **GOLD).summary
    assert summary["regular_expressions"]["number"]["exact"] == 1
    assert summary["regular_expressions"]["issue_date"]["missing"] == 1
    assert summary["all"]["number"]["exact"] == 0
