from vnocr.vietnamese.segment import compounds, normalise


def test_compounds_are_kept_together() -> None:
    assert "cải cách" in compounds("Sở đẩy mạnh cải cách hành chính")


def test_misplaced_tones_are_put_right() -> None:
    assert normalise("phòng thí nghịêm") == "phòng thí nghiệm"
