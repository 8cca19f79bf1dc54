from vnocr.restore.labels import relabel


def test_the_second_d_is_a_barred_one() -> None:
    assert relabel(["a)", "b)", "c)", "d)", "d)", "e)"]) == {4: "đ)"}


def test_a_sign_between_its_neighbours_is_the_missing_letter() -> None:
    assert relabel(["a)", "b)", "©)", "d)"]) == {2: "c)"}


def test_labels_in_order_and_numbers_stay() -> None:
    assert relabel(["a)", "b)", "c)", "d)", "đ)", "e)", "g)"]) == {}
    assert relabel(["1)", "2)", "9)", "Điều"]) == {}
    assert relabel(["a)", "b)", "a)", "b)"]) == {}
