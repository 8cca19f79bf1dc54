from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.review.desks import Office
from vnocr.catalog.store import Catalog


@pytest.fixture(scope="session")
def empty_catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("catalog") / "catalog.sqlite"
    with Catalog(path):
        return path


@pytest.fixture
def office(tmp_path: Path, empty_catalog: Path) -> Iterator[Office]:
    path = shutil.copy(empty_catalog, tmp_path / "out.sqlite")
    with Catalog(path) as catalog:
        office = Office(catalog, tmp_path)
        with office.pictures:
            yield office
