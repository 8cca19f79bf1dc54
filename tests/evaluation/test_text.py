import pytest
from evaluation import clean, text
from evaluation.gold import TextCase

GOLD = ("Ủy ban nhân dân tỉnh", "", "https://a.vn/x", "báo cáo kết quả")
SEEN = ("Uy ban nhan dân tỉnh", "", "https//a vn", "báo cáo kết quả")
CASE = TextCase("mẫu", SEEN, GOLD, (True, True, False, True), {})


def test_a_perfect_restoration():
    summary, details = text.score_case(CASE, GOLD)
    assert (summary["wer_raw"], summary["wer"]) == (pytest.approx(2 / 9), 0)
    assert summary["repaired_share"] == 1
    assert summary["false_changes"] == 0
    assert details == {"spoiled": [], "left_wrong": []}


def test_a_harmful_restoration():
    spoiled = (*SEEN[:3], "báo cáo kết quá")
    summary, details = text.score_case(CASE, spoiled)
    assert summary["wer"] == pytest.approx(3 / 9)
    assert (summary["false_changes"], summary["words_right"]) == (1, 7)
    assert details["spoiled"] == [{"gold": "quả", "line": "báo cáo kết quá"}]
    assert details["left_wrong"][-1]["restored"] == "quá"


def test_lost_lines_are_noticed_and_scored_as_one():
    summary, _ = text.score_case(CASE, ("Ủy ban nhân dân tỉnh báo cáo kết quả",))
    assert not summary["lines_kept"]
    assert summary["wer"] == pytest.approx(1 / 10)


def test_stripped_text_is_what_the_restorer_gets():
    given = []

    def nothing(part):
        given.append(part)
        return part

    figures, wrong = clean.stripped_accuracy(["Đất đai\nlà của dân"], nothing)
    assert given == ["Dat dai\nla cua dan"]
    assert figures["syllables"] == 5
    assert figures["accuracy"] == 0
    assert [row["gold"] for row in wrong] == ["Đất", "đai", "là", "của", "dân"]


def test_case_is_forgiven_only_where_it_is_said():
    figures, _ = clean.stripped_accuracy(["Sở Y tế"], lambda _: "sở y tế")
    assert figures["accuracy"] == pytest.approx(1 / 3)
    assert figures["accuracy_any_case"] == 1


def test_every_change_of_clean_text_is_false_but_tone_placement():
    figures, changed = clean.false_changes(["hoà bình ở tỉnh"], lambda _: "hòa bình ở tính")
    assert (figures["false_changes"], figures["syllables"]) == (1, 4)
    assert changed[0]["gold"] == "tỉnh"


def test_sentences_are_read_from_a_folder(tmp_path):
    (tmp_path / "a.txt").write_text("trời mưa\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("trời nắng\n", encoding="utf-8")
    figures = clean.measure((), tmp_path, lambda part: part.replace("troi", "trời"))
    assert figures.summary["sentences"]["accuracy"] == 0.5
    assert figures.tables[0].rows[0][0] == "general sentences"
