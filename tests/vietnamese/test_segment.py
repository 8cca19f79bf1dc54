from vnocr.vietnamese.segment import compounds


def test_compounds_are_kept_together() -> None:
    assert "cải cách" in compounds("Sở đẩy mạnh cải cách hành chính")
