from vnocr.restore.capitals import settle


def test_neighbours_decide_the_case_of_open_words() -> None:
    assert settle("BO", "BỘ", ["theo", "Y"]) == "Bộ"
    assert settle("BO", "BỘ", ["TRƯỞNG"]) == "BỘ"
    assert settle("BO", "BỘ", []) == "BỘ"
    assert settle("BAN", "BẢN", ["theo"]) == "BẢN"
