import json
import re

from evaluation import report, speed

from tests.evaluation.builders import dispatch, document, read_page, reading


def result(revision, **summary):
    return {"revision": revision, "summary": summary}


def test_comparison_shows_only_what_differs():
    old = result("a" * 40, text={"wer": 0.02, "same": 1, "gone": 3}, rows=[{"x": 1}])
    new = result("b" * 40, text={"wer": 0.01, "same": 1, "new": None}, rows=[{"x": 2}])
    table = report.compare(old, new)
    assert "aaaaaaaaaaaa" in table.title
    assert list(table.rows) == [
        ["rows[0].x", "1", "2", "+1"],
        ["text.gone", "3", "-", ""],
        ["text.wer", "0.02", "0.01", "-0.01"],
    ]


def test_measures_that_only_one_run_took_are_not_compared():
    one, other = result(None, text={"wer": 1}), result(None, text={"wer": 1}, speed={"pages": 3})
    assert not report.compare(one, other).rows
    assert not report.compare(other, one).rows


def test_comparison_of_equals_says_so():
    one = result(None, text={"wer": 0.02})
    assert report.compare(one, one).notes == ["no figure differs"]


def test_the_document_names_its_origin(tmp_path):
    figures = report.Figures({"wer": 0.5}, {"words": ["ủy"]}, [])
    content = report.document({"text": figures}, {"jobs": 1}, tmp_path)
    assert content["revision"] is None
    assert re.match(r"\d{4}-\d\d-\d\dT", content["measured_at"])
    report.write(tmp_path / "e.json", content)
    assert json.loads((tmp_path / "e.json").read_text("utf-8"))["details"]["text"] == {
        "words": ["ủy"]
    }


def test_tables_and_notes_are_printed(capsys):
    table = report.Table("Chữ", ["một", "hai"], [["a", report.percent(0.125, 1)]], ["lưu ý"])
    report.show({"x": report.Figures({}, {}, [table])}, ["hết"])
    printed = capsys.readouterr().out
    assert all(part in printed for part in ("Chữ", "12.5 %", "lưu ý", "hết"))


def test_unknown_rates_are_dashes():
    assert (report.rate(None), report.percent(None)) == ("-", "-")


def test_speed_compares_seconds_a_page():
    two_pages = dispatch(pages=[read_page(number=1), read_page(number=2)])
    papers = [document("a.pdf"), document("b.pdf")]
    seen = []
    readings = [
        reading(papers[0], two_pages, ("", ""), (3.0, 2.0), (2.0, 2.0)),
        reading(papers[1], None),
    ]
    figures = speed.measure(readings, lambda pages: seen.append(len(pages)))
    assert figures.summary["pages"] == 2
    assert figures.summary["vnocr_wall"] == 1.5
    assert figures.summary["ratio_wall"] == 1.5
    assert set(seen) == {2}
