from pathlib import Path

from vnocr.extract.extractor import Extractor
from vnocr.settings import ExtractSettings, Settings

FOLDER = Settings().dictionary_folder


def test_no_pages_give_an_empty_extraction():
    extraction = Extractor.load(ExtractSettings(), Path(FOLDER)).extract(())
    assert extraction.fields.number is None
    assert extraction.evidence == {}
    assert extraction.directives == ()
