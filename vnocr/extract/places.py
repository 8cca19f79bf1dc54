"""Provinces, districts and communes, each with the days on which its name was valid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from vnocr.extract.tables import parts, read_table
from vnocr.vietnamese.unicode import fold

_FUZZY_CUTOFF = 85.0
_KINDS = ("huyện", "quận", "thị xã", "thành phố", "xã", "phường", "đặc khu")


@dataclass(frozen=True, slots=True)
class Place:
    """A place and its province; `since` and `until` are ISO days, "" for open."""

    name: str
    province: str
    since: str
    until: str

    def valid_on(self, day: str | None) -> bool:
        """Whether the name was in force on `day` (ISO); an unknown day excludes nothing."""
        return day is None or (self.since <= day and (not self.until or day < self.until))


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places by folded name. `provinces` also knows other spellings."""

    provinces: dict[str, tuple[Place, ...]]
    places: dict[str, tuple[Place, ...]]  # keyed by folded kind and name

    @classmethod
    def load(cls, folder: Path) -> Gazetteer:
        """Read `provinces.tsv` and `places.tsv`. Raises DictionaryError if one is damaged."""
        provinces: dict[str, list[Place]] = defaultdict(list)
        for name, since, until, _, also in read_table(folder / "provinces.tsv", 5):
            for spelling in (name, *parts(also)):
                provinces[place_key(spelling)].append(Place(name, name, since, until))
        places: dict[str, list[Place]] = defaultdict(list)
        for name, province, since, until in read_table(folder / "places.tsv", 4):
            places[place_key(name)].append(Place(name, province, since, until))
        return cls(_frozen(provinces), _frozen(places))

    def province_names(self) -> tuple[str, ...]:
        """Return the names of all provinces, of all times."""
        return tuple(dict.fromkeys(p.name for group in self.provinces.values() for p in group))

    def province(self, name: str, day: str | None) -> tuple[str, bool] | None:
        """Return the province called `name` on `day` and whether the spelling was exact.

        A name that was no longer valid on that day counts as inexact.
        """
        key = place_key(name)
        exact = key in self.provinces
        if not exact:
            near = process.extractOne(
                key, self.provinces.keys(), scorer=fuzz.ratio, score_cutoff=_FUZZY_CUTOFF
            )
            if near is None:
                return None
            key = near[0]
        valid = [place for place in self.provinces[key] if place.valid_on(day)]
        return (valid or self.provinces[key])[0].name, exact and bool(valid)

    def names_of(self, province: str) -> tuple[Place, ...]:
        """Return the spans of time in which a province bore the name `province`."""
        return self.provinces.get(place_key(province), ())

    def province_of(self, place: str, day: str | None) -> str | None:
        """Return the province that holds `place` ("Huyện Bình Sơn"), if only one does."""
        found = {item.province for item in self._named(place) if item.valid_on(day)}
        return found.pop() if len(found) == 1 else None

    def spelled(self, unit: str, name: str) -> str | None:
        """Return how the place of kind `unit` called `name` is written, or None if unknown."""
        if unit in ("tỉnh", "thành phố"):
            found = self.provinces.get(place_key(name))
            if found is not None:
                return found[0].name.removeprefix("Thành phố ")
        for item in self.places.get(place_key(f"{unit} {name}"), ()):
            return item.name[len(unit) :].strip()
        return None

    def opening(self, words: Sequence[str]) -> tuple[str, int] | None:
        """Return the place of two or more words that `words` open with, and their count."""
        for count in range(min(4, len(words)), 1, -1):
            found = self._named(" ".join(words[:count]))
            if found:
                name = found[0].name
                kind = next(kind for kind in _KINDS if place_key(name).startswith(f"{fold(kind)} "))
                return name[len(kind) :].strip(), count
        return None

    def _named(self, place: str) -> tuple[Place, ...]:
        key = place_key(place)
        if key in self.places:
            return self.places[key]
        keys = (f"{fold(kind)} {key}" for kind in _KINDS)
        return tuple(item for kind_key in keys for item in self.places.get(kind_key, ()))


def place_key(name: str) -> str:
    """Return the key of a place: folded, kind of province and punctuation left out."""
    key = " ".join("".join(c if c.isalnum() else " " for c in fold(name)).split())
    for prefix in ("tinh ", "tp ", "thanh pho "):
        if key.startswith(prefix) and len(key) > len(prefix):
            bare = key.removeprefix(prefix)
            return bare if prefix != "thanh pho " or bare == "ho chi minh" else key
    return key


def _frozen(groups: dict[str, list[Place]]) -> dict[str, tuple[Place, ...]]:
    return {key: tuple(items) for key, items in groups.items()}
