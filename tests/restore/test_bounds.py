"""What is remembered of text is bounded, whatever passes through."""

import itertools
import random
from collections.abc import Iterable

import numpy as np

from vnocr.restore import candidates, inventory, lattice
from vnocr.restore.damage import Damage
from vnocr.restore.explanations import Explainer
from vnocr.restore.groups import Counts, Groups
from vnocr.restore.inventory import Inventory
from vnocr.restore.likely import Likely
from vnocr.restore.restorer import Restorer


def test_rows_are_forgotten_and_found_again(monkeypatch) -> None:
    groups = Groups(Counts([("a", "a", 50), ("n", "n", 50), ("n", "m", 3)]), ["a", "n"])
    inventory_of = Inventory(["a", "an"], Counts([("an", "an", 9)]), groups)
    before = inventory_of.scores(["an", "am"])
    monkeypatch.setattr(inventory, "_MANY", 8)
    chance = random.Random(4)
    for _ in range(40):
        inventory_of.scores(["".join(chance.choices("anm", k=4)) for _ in range(3)])
        assert len(inventory_of._read) <= 8 + 3 * 4 + 1
    assert np.array_equal(inventory_of.scores(["an", "am"]), before)


def test_results_do_not_depend_on_what_was_forgotten(restorer: Restorer, monkeypatch) -> None:
    text = "thyc hién nhiém vu cai cach hanh chinh\n\nUBND tinh yéu ciu cac S& bao cao két qua"
    fresh = restorer.restore(text).text
    monkeypatch.setattr(candidates, "_MANY", 3)
    monkeypatch.setattr(lattice, "_MANY", 3)
    for _ in range(3):
        assert restorer.restore(text).text == fresh


def test_streaming_reads_no_further_than_it_must(restorer: Restorer) -> None:
    endless = itertools.repeat("Kính gửi: Sở Công Thương")
    parts = restorer.restore_stream(endless)
    assert next(parts).text == next(parts).text


def test_senseless_tokens_are_not_all_taken_apart(restorer: Restorer, monkeypatch) -> None:
    chance = random.Random(8)
    junk = ["".join(chance.choices("bcdfghjklmnpqstvwxz", k=7)) for _ in range(40)]
    looked_at: list[str] = []
    explain = Explainer.explain

    def watched(self: Explainer, cores: Iterable[str], damage: Damage) -> dict[str, Likely]:
        found = explain(self, cores, damage)
        looked_at.extend(found)
        return found

    monkeypatch.setattr(Explainer, "explain", watched)
    monkeypatch.setattr(lattice, "_MOST_SPLIT", 5)
    text = "thyc hién nhiém vu " + " ".join(junk)
    restorer.restore(text)
    assert len(looked_at) < len(junk) + 5 * 2 * 6 + 20
