"""Numbers that grow with the dates of a register."""

from dataclasses import replace

from tests.builders import make_dispatch
from vnocr.extract.registers import heed_registers
from vnocr.model import Box, Candidate, Dispatch, Evidence, Vote

BOX = Box(10, 10, 200, 40)


def dispatch(serials: dict[str, float], days: dict[str, float]) -> Dispatch:
    """A report whose serial and day may be any of these, likeliest first."""
    plain = make_dispatch()
    serial, day = next(iter(serials)), next(iter(days))
    fields = replace(
        plain.fields, number=f"{serial}/BC-SNV", serial=serial, symbol="BC-SNV",
        type_code="BC", issue_date=day, issuer="SỞ NỘI VỤ", issuer_parent="UBND TỈNH MẪU",
    )  # fmt: skip
    evidence = {
        "serial": seen(serials),
        "symbol": Evidence(1, BOX, "/BC-SNV", 0.99, "printed text"),
        "number": seen({f"{one}/BC-SNV": share for one, share in serials.items()}),
        "issue_date": seen(days),
        "issuer": Evidence(1, BOX, "SỞ NỘI VỤ", 0.99, "printed text"),
        "type": Evidence(1, BOX, "BÁO CÁO", 0.99, "printed text"),
    }
    return replace(plain, fields=fields, evidence=evidence)


def seen(shares: dict[str, float]) -> Evidence:
    candidates = tuple(Candidate(value, share) for value, share in shares.items())
    top = candidates[0]
    vote = Vote(top.value, top.probability, top.value, 1, BOX, "handwriting", candidates[1:])
    return Evidence(1, BOX, top.value, top.probability, "handwriting", candidates, (vote,))


def archive(**others: Dispatch) -> dict[str, Dispatch]:
    """Ten reports of a year, numbered in order, about one a month, and `others`."""
    sure = {
        f"r{month}": dispatch({str(20 * month): 0.97}, {f"2024-{month:02}-10": 0.98})
        for month in range(1, 11)
    }
    return {**sure, **others}


def test_the_register_picks_among_what_the_reader_thought_possible():
    blurred = dispatch({"790": 0.5, "130": 0.35, "190": 0.05}, {"2024-06-25": 0.97})
    found = heed_registers(archive(x=blurred))["x"]
    assert (found.fields.serial, found.fields.number) == ("130", "130/BC-SNV")
    assert found.evidence["serial"].confidence > 0.9
    assert found.evidence["number"].candidates[0].value == "130/BC-SNV"
    votes = {vote.source: vote for vote in found.evidence["serial"].votes}
    assert votes["register order"].value == "130"
    assert "120" in votes["register order"].raw
    assert [one.kind for one in found.problems] == ["register-order"]


def test_what_fits_becomes_surer_and_is_no_problem():
    doubtful = dispatch({"130": 0.6, "180": 0.1}, {"2024-06-25": 0.97})
    found = heed_registers(archive(x=doubtful))["x"]
    assert found.fields.serial == "130"
    assert found.evidence["serial"].confidence > 0.95
    assert found.problems == ()


def test_what_breaks_the_order_becomes_less_sure_and_is_reported():
    odd = dispatch({"730": 0.93}, {"2024-06-25": 0.97})
    found = heed_registers(archive(x=odd))["x"]
    assert found.fields.serial == "730"
    assert found.evidence["serial"].confidence < 0.8
    assert {one.kind for one in found.problems} == {"register-order", "needs-review"}


def test_a_day_is_picked_by_its_number():
    blurred = dispatch({"130": 0.98}, {"2024-02-25": 0.5, "2024-06-25": 0.4})
    found = heed_registers(archive(x=blurred))["x"]
    assert found.fields.issue_date == "2024-06-25"
    assert found.evidence["issue_date"].confidence > 0.9


def test_one_wrong_neighbour_does_not_poison_the_rest():
    wrong = dispatch({"999": 0.95}, {"2024-01-02": 0.98})
    good = dispatch({"130": 0.6, "180": 0.1}, {"2024-06-25": 0.97})
    found = heed_registers(archive(wrong=wrong, x=good))
    assert found["x"].evidence["serial"].confidence > 0.9
    assert found["wrong"].evidence["serial"].confidence < 0.9


def test_hearing_a_register_twice_changes_nothing():
    blurred = dispatch({"790": 0.5, "130": 0.35}, {"2024-06-25": 0.97})
    odd = dispatch({"730": 0.93}, {"2024-08-25": 0.97})
    once = {**archive(x=blurred, y=odd)}
    once.update(heed_registers(once))
    assert heed_registers(once) == {}


def plan(serials: dict[str, float], days: dict[str, float]) -> Dispatch:
    other = dispatch(serials, days)
    return replace(other, fields=replace(other.fields, type_code="KH"))


def test_kinds_that_are_numbered_together_share_a_register():
    plans = {
        "p1": plan({"70": 0.95}, {"2024-03-25": 0.97}),
        "p2": plan({"112": 0.95}, {"2024-05-20": 0.97}),
        "x": plan({"790": 0.5, "130": 0.35}, {"2024-06-25": 0.97}),
    }
    assert heed_registers(archive(**plans))["x"].fields.serial == "130"


def test_kinds_with_numbers_of_their_own_stay_apart():
    plans = {
        "p1": plan({"7": 0.95}, {"2024-08-25": 0.97}),
        "p2": plan({"9": 0.95}, {"2024-09-20": 0.97}),
        "x": plan({"8": 0.6, "170": 0.3}, {"2024-09-05": 0.97}),
    }
    assert not {"p1", "p2", "x"} & set(heed_registers(archive(**plans)))


def test_a_day_read_wrong_gives_way_to_the_one_that_two_documents_bear_out():
    doubtful = {
        "x": dispatch({"126": 0.95}, {"2024-06-18": 0.6}),
        "y": dispatch({"128": 0.99}, {"2024-06-01": 0.65, "2024-06-25": 0.3}),
    }
    found = heed_registers(archive(**doubtful))
    assert found["y"].fields.issue_date == "2024-06-25"
    assert found["x"].fields.issue_date == "2024-06-18"


def test_registers_of_other_offices_years_and_kinds_are_not_mixed():
    blurred = dispatch({"790": 0.5, "130": 0.35}, {"2024-06-25": 0.97})
    elsewhere = replace(blurred, fields=replace(blurred.fields, issuer="SỞ Y TẾ"))
    earlier = dispatch({"790": 0.5, "130": 0.35}, {"2023-06-25": 0.97})
    decision = replace(blurred, fields=replace(blurred.fields, type_code="QĐ"))
    assert heed_registers(archive(a=elsewhere, b=earlier, c=decision)) == {}


def test_few_documents_are_no_register():
    pair = {
        "a": dispatch({"20": 0.97}, {"2024-01-10": 0.98}),
        "b": dispatch({"10": 0.5, "30": 0.4}, {"2024-02-10": 0.98}),
    }
    assert heed_registers(pair) == {}


def test_what_runs_in_no_order_is_no_witness():
    numbers = (50, 10, 90, 30, 70, 20, 80, 40, 60, 5)
    chaos = {
        str(month): dispatch({str(number): 0.97}, {f"2024-{month:02}-10": 0.98})
        for month, number in enumerate(numbers, 1)
    }
    assert heed_registers(chaos) == {}


def test_numbers_of_one_day_and_letters_after_numbers_are_in_order():
    twin = dispatch({"121": 0.97}, {"2024-06-10": 0.98})
    lettered = dispatch({"140B": 0.6}, {"2024-07-12": 0.98})
    found = heed_registers(archive(twin=twin, lettered=lettered))
    assert "twin" not in found
    assert found["lettered"].evidence["serial"].confidence > 0.9
