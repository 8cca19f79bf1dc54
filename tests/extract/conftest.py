from pathlib import Path

import pytest

from vnocr.extract.extractor import Extractor
from vnocr.settings import ExtractSettings, Settings


@pytest.fixture(scope="session")
def folder() -> Path:
    return Settings().dictionary_folder


@pytest.fixture(scope="session")
def extractor(folder: Path) -> Extractor:
    return Extractor.load(ExtractSettings(), folder)
