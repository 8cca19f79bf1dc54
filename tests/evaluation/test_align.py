from evaluation.align import Count, edits, errors_at, letters, missing, repair, right_places
from hypothesis import given
from hypothesis import strategies as st

WORDS = st.lists(st.sampled_from(["ủy", "ban", "nhân", "dân", "tỉnh", "xã"]), max_size=12)


def test_rates_are_taken_over_sums_not_averaged():
    assert (Count(1, 2) + Count(0, 8)).rate == 0.1
    assert Count().rate is None


def test_edits_count_substitution_deletion_and_insertion():
    assert edits(["a", "b", "c", "d"], ["a", "x", "c", "e", "d"]) == Count(2, 4)


def test_errors_outside_the_scored_words_do_not_count():
    gold = ["SỐ", "12", "kính", "gửi", "sở", "y", "tế"]
    read = ["SO", "l2", "kính", "gui", "sở", "tế"]
    scored = [False, False, True, True, True, True, True]
    assert errors_at(gold, read, scored) == Count(2, 5)


def test_an_insertion_counts_only_between_two_scored_words():
    gold, scored = ["a", "b", "c"], [False, True, True]
    assert errors_at(gold, ["a", "x", "b", "c"], scored).part == 0
    assert errors_at(gold, ["a", "b", "x", "c"], scored).part == 1
    assert errors_at(gold, ["a", "b", "c", "x"], scored).part == 0


def test_a_block_read_elsewhere_costs_only_itself():
    gold = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám"]
    read = ["bảy", "tám", "một", "hai", "ba", "bốn", "năm", "sáu"]
    assert errors_at(gold, read, [True] * 6 + [False] * 2).part == 0


def test_letters_score_a_blank_between_scored_words_only():
    text, flags = letters(["ab", "c", "d"], [True, True, False])
    assert text == "ab c d"
    assert flags == [True, True, True, True, False, False]


def test_missing_words_are_counted_in_any_order_and_as_often_as_they_lack():
    lost = missing(["và", "và", "sở", "tế"], ["tế", "và", "ở"])
    assert lost == {"và": 1, "sở": 1}


def test_repair_tells_spoiled_from_mended():
    gold = ["tỉnh", "Kiên", "Giang", "chỉ", "đạo"]
    seen = ["tỉnh", "Kien", "Giang", "chi", "đạo"]
    restored = ["tính", "Kiên", "Giang", "chi", "đạo"]
    effect, spoiled = repair(gold, seen, restored, [True] * 5)
    assert effect.spoiled == Count(1, 3)
    assert effect.mended == Count(1, 2)
    assert spoiled == [0]


@given(WORDS, WORDS)
def test_all_scored_and_framed_errors_are_the_edit_distance(gold, read):
    framed, got = ["<", *gold, ">"], ["<", *read, ">"]
    assert errors_at(framed, got, [True] * len(framed)).part == edits(gold, read).part


@given(WORDS, WORDS)
def test_restoring_to_the_gold_mends_everything_and_spoils_nothing(gold, seen):
    effect, spoiled = repair(gold, seen, gold, [True] * len(gold))
    assert effect.mended.part == effect.mended.total == right_places(gold, seen).count(False)
    assert effect.spoiled.part == 0
    assert spoiled == []
