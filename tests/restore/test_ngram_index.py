"""Keys are found where they stand, and no others are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vnocr.restore.ngram_index import Bitmap, search

SIZE = 5_000
KEYS = st.sets(st.integers(0, SIZE - 1), max_size=300)


@given(KEYS, st.lists(st.integers(0, SIZE - 1), max_size=80))
def test_a_bitmap_knows_the_places_of_its_keys(keys: set[int], wanted: list[int]) -> None:
    ordered = sorted(keys)
    bitmap = Bitmap(np.array(ordered, np.int64), SIZE)
    hits, places = bitmap.find(np.array(wanted, np.int64))
    found = dict(zip(hits.tolist(), places.tolist(), strict=True))
    for number, key in enumerate(wanted):
        assert found.get(number) == (ordered.index(key) if key in keys else None)


@given(KEYS.filter(bool), st.lists(st.integers(0, 2**50), max_size=80))
def test_a_search_finds_what_is_there(keys: set[int], wanted: list[int]) -> None:
    ordered = sorted(keys)
    asked = [*wanted, ordered[0], ordered[-1]]
    places = search(np.array(ordered, np.int64), np.array(asked, np.int64)).tolist()
    assert places == [ordered.index(key) if key in keys else -1 for key in asked]
