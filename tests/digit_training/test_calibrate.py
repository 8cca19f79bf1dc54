import pytest
from digit_training.calibrate import Judged, figures, fit_temperature


def lines(right: int, wrong: int, mass: float) -> list[Judged]:
    """Lines on each of which one value has `mass`; it is the truth on `right` of them."""
    look = [{"12": mass}]
    good: list[Judged] = [("number", look, "12")] * right
    bad: list[Judged] = [("number", look, "17")] * wrong
    return good + bad


def test_a_reader_too_sure_is_made_more_modest_and_a_modest_one_surer() -> None:
    assert fit_temperature(lines(60, 40, 0.9), "number") > 1
    assert fit_temperature(lines(80, 20, 0.8), "number") == pytest.approx(1)
    assert fit_temperature(lines(99, 1, 0.8), "number") < 1


def test_blank_lines_without_a_candidate_do_not_weaken_the_fit() -> None:
    # They once counted as failures, since "nothing" equalled the truth with probability 0.
    blank: list[Judged] = [("number", [{"12": 0.0001}], None)] * 50
    alone = lines(80, 20, 0.9)
    assert fit_temperature(alone + blank, "number") == fit_temperature(alone, "number")


def test_figures_count_filled_and_blank_lines_apart() -> None:
    judged = [*lines(3, 1, 0.95), ("number", [{}], None), ("date", [{}], "2020-01-01")]
    found = figures(judged, "number", 1.0)
    assert (found["lines"], found["right"], found["blank_left_blank"]) == (4, 0.75, 1.0)
    assert found["right_when_sure"] == pytest.approx(0.75)


def test_the_case_of_a_letter_after_the_figures_is_no_error() -> None:
    # Some hands write one form for both.
    judged: list[Judged] = [("number", [{"45A": 0.95}], "45a")] * 3
    assert figures(judged, "number", 1.0)["right_when_sure"] == 1.0
    assert fit_temperature(judged, "number") < 1
