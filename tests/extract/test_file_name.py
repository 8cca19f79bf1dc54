"""The name of a file as the last witness of its number."""

import pytest

from tests.extract import paper
from tests.extract.paper import text_pages
from vnocr.extract.extractor import Extractor
from vnocr.extract.file_name import serial_vote
from vnocr.model import Box, Candidate, Reading
from vnocr.settings import ExtractSettings

BLANK = paper.DECISION.replace("Số: 88/", "Số: /")


@pytest.mark.parametrize(
    ("name", "symbol", "serial"),
    [
        ("280-bc-ubnd.pdf", "BC-UBND", "280"),
        ("QĐ 1695.pdf", "QĐ-SYT", "1695"),
        ("3176b_qd-syt.signed.pdf", "QĐ-SYT", "3176B"),
        ("12-2019-tt-bgddt.pdf", "TT-BGDĐT", "12"),
        ("scan0280.pdf", "BC-UBND", None),
        ("IMG_20190312.jpg", "BC-UBND", None),
        ("0-bc.pdf", "BC-UBND", None),
        ("", "BC-UBND", None),
    ],
)
def test_a_name_votes_only_beside_the_symbol(name: str, symbol: str, serial: str | None):
    votes = serial_vote(name, symbol, 1)
    assert (votes[0].value if votes else None) == serial


def test_a_blank_serial_is_taken_from_the_name_marked_and_for_review(extractor: Extractor):
    found = extractor.extract(text_pages(BLANK), file_name="88-qd-ubnd.pdf")
    assert found.fields.number == "88/QĐ-UBND"
    assert found.evidence["number"].source == "file name"
    assert any(problem.kind == "needs-review" for problem in found.problems)


def test_what_is_read_well_does_not_hear_the_name(extractor: Extractor):
    ink = Reading("number", 1, Box(1, 1, 9, 9), "88", (Candidate("88", 0.97),), "handwriting")
    found = extractor.extract(text_pages(BLANK), (ink,), file_name="77-qd-ubnd.pdf")
    assert found.fields.number == "88/QĐ-UBND"
    assert not any(problem.kind == "conflict" for problem in found.problems)


def test_file_names_can_be_left_out(extractor: Extractor):
    deaf = Extractor(extractor.nlp, ExtractSettings(file_names=False))
    assert deaf.extract(text_pages(BLANK), file_name="88-qd-ubnd.pdf").fields.number is None
