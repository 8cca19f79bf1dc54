import pytest

from tests.extract import paper
from tests.extract.paper import text_pages
from vnocr.extract.extractor import Extractor


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("- Lưu: VT, KTTHa47.", "KTTHa47"),
        ("- Lưu: VT, TTHC(Tm).", "TTHC(Tm)"),
        ("- Lưu VT, NVK.300.", "NVK.300"),
        ("- Lưu: VT, VX, NC (12b).", "VX, NC (12b)"),
        ("- Lưu: VI, dttung.", "dttung"),
        ("- Lưu: VT, KSTTHC (L-40b).42", "KSTTHC (L-40b).42"),
        ("- Lưu: VT.", None),
        ("- Lưu: VT, HS.", None),
        ("- Như trên.", None),
    ],
)
def test_the_drafting_unit_stands_after_the_registry(extractor: Extractor, line: str, code: str):
    head, _, foot = paper.LETTER.partition("Nơi nhận:")
    kept = next(old for old in foot.splitlines() if "Lưu" in old)
    text = f"{head}Nơi nhận:{foot.replace(kept, line)}"
    found = extractor.extract(text_pages(text))
    assert found.fields.drafting_code == code
    assert ("drafting_code" in found.evidence) == (code is not None)


def test_the_code_is_given_as_seen(extractor: Extractor):
    text = paper.LETTER
    kept = next(line for line in text.splitlines() if "Lưu" in line)
    found = extractor.extract(text_pages(text.replace(kept, "- Lưu: VT, KTTHbd205.")))
    assert found.fields.drafting_code == "KTTHbd205"
    assert "KTTHbd205" in found.evidence["drafting_code"].raw
