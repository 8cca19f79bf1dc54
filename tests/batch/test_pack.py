"""Documents are packed by pages into units of like size."""

from __future__ import annotations

import itertools
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.batch.archive import Archive
from vnocr.batch.pack import Packer, PageCount, pack
from vnocr.batch.stop import Stop
from vnocr.batch.task import Task
from vnocr.batch.worker_process import Limits
from vnocr.settings import ImagingSettings

SAMPLES = Path(__file__).parents[2] / "samples"


@given(st.lists(st.integers(1, 40)), st.integers(1, 20))
def test_no_item_is_lost_and_no_unit_is_too_large(weights: list[int], pages: int) -> None:
    units = list(pack(enumerate(weights), pages))
    assert sorted(item for unit in units for item in unit) == list(range(len(weights)))
    for unit in units:
        assert len(unit) == 1 or sum(weights[item] for item in unit) <= pages
    # Two neighbours that would fit together are one unit.
    small = [unit for unit in units if weights[unit[0]] < pages]
    for one, other in itertools.pairwise(small):
        assert sum(weights[item] for item in one) + weights[other[0]] > pages


def test_pages_are_counted_and_what_cannot_be_opened_counts_as_one(archive: Archive) -> None:
    long = max(SAMPLES.rglob("*.pdf"), key=lambda path: path.stat().st_size)
    (archive.source / "long.pdf").write_bytes(long.read_bytes())
    archive.add("broken.pdf", "%PDF-1.4 broken")
    archive.add("text.txt", "một trang")
    count = PageCount(archive.source, ImagingSettings())
    tasks = [Task(name, name, "", "", "", 1) for name in ("long.pdf", "broken.pdf", "text.txt")]
    found = [count(task) for task in tasks]
    assert found[0] > 1
    assert found[1:] == [1, 1]
    packer = Packer(len(tasks) * 100, count, archive.source.parent, Limits(60, 2048))
    units = list(packer.units(iter(tasks), 1, Stop()))
    assert {task.name for unit in units for task in unit} == {task.name for task in tasks}
