"""Readers of ink and digital signatures beside the printed text."""

from dataclasses import replace

import pytest

from tests.extract import paper
from tests.extract.paper import text_pages
from vnocr.extract.extractor import Extractor
from vnocr.model import Box, Candidate, Reading, Signature

BLANK = paper.DECISION.replace("Số: 88/", "Số: /").replace("ngày 11", "ngày ")
BOX = Box(100, 200, 300, 240)
SEAL = Signature("Ủy ban nhân dân tỉnh Gia Lai", "Tỉnh Gia Lai", "2022-10-12T09:00:00+07:00", True)


def ink(kind: str, value: str, probability: float) -> Reading:
    candidates = (Candidate(value, probability),) if value else ()
    return Reading(kind, 1, BOX, f"ink {value}", candidates, "handwriting")  # type: ignore[arg-type]


def test_ink_fills_slots_that_print_leaves_blank(extractor: Extractor):
    readings = (ink("number", "88", 0.97), ink("date", "2022-10-11", 0.96))
    result = extractor.extract(text_pages(BLANK), readings)
    assert (result.fields.number, result.fields.issue_date) == ("88/QĐ-UBND", "2022-10-11")
    for name in ("serial", "number", "issue_date"):
        evidence = result.evidence[name]
        assert evidence.source == "handwriting"
        assert evidence.box == BOX
    assert result.evidence["issue_date"].confidence == pytest.approx(0.96, abs=0.02)


def test_a_blank_slot_stays_blank(extractor: Extractor):
    result = extractor.extract(text_pages(BLANK), (ink("number", "", 0), ink("date", "", 0)))
    assert (result.fields.number, result.fields.issue_date) == (None, None)
    assert result.fields.symbol == "QĐ-UBND"


def test_ink_against_print_lowers_confidence_and_is_reported(extractor: Extractor):
    alone = extractor.extract(text_pages(paper.DECISION))
    against = extractor.extract(text_pages(paper.DECISION), (ink("number", "83", 0.9),))
    assert against.fields.serial == "88"
    assert against.evidence["serial"].confidence < alone.evidence["serial"].confidence
    assert any(problem.kind == "conflict" for problem in against.problems)


def test_a_reading_of_another_page_has_no_vote(extractor: Extractor):
    reading = replace(ink("number", "83", 0.9), page=2)
    result = extractor.extract(text_pages(paper.DECISION), (reading,))
    assert not any(problem.kind == "conflict" for problem in result.problems)


def date_confidence(extractor: Extractor, *signatures: Signature) -> float:
    readings = (ink("date", "2022-10-11", 0.9),)
    result = extractor.extract(text_pages(BLANK), readings, signatures)
    return result.evidence["issue_date"].confidence


def test_a_date_just_before_the_signature_is_surer_and_one_after_it_is_not(extractor: Extractor):
    alone = date_confidence(extractor)
    assert date_confidence(extractor, SEAL) > alone
    early = replace(SEAL, signed_at="2022-10-09T09:00:00+07:00")
    assert date_confidence(extractor, early) < 0.5 < alone


def test_a_signature_in_the_night_counts_in_vietnam(extractor: Extractor):
    night = replace(SEAL, signed_at="2022-10-10T18:30:00+00:00")  # the 11th in Hà Nội
    assert date_confidence(extractor, night) > date_confidence(extractor)


@pytest.mark.parametrize(
    "changed",
    [{"intact": False}, {"intact": None}, {"signed_at": "no time"}, {"signed_at": None}],
)
def test_a_signature_that_proves_nothing_changes_nothing(
    extractor: Extractor, changed: dict[str, object]
):
    early = replace(SEAL, signed_at="2022-01-01T09:00:00+07:00")
    assert date_confidence(extractor, replace(early, **changed)) == date_confidence(extractor)


def test_files_signed_much_later_say_nothing(extractor: Extractor):
    late = replace(SEAL, signed_at="2024-10-12T09:00:00+07:00")
    assert date_confidence(extractor, late) == date_confidence(extractor)


def test_the_seal_of_the_issuer_makes_the_issuer_surer(extractor: Extractor):
    pages = text_pages(paper.DECISION)
    alone = extractor.extract(pages).evidence["issuer"].confidence
    sealed = extractor.extract(pages, (), (SEAL,)).evidence["issuer"].confidence
    gazette = replace(SEAL, signer="Trung tâm Công báo")
    assert sealed > alone
    assert extractor.extract(pages, (), (gazette,)).evidence["issuer"].confidence == alone
