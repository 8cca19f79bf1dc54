"""What the README says of the house is so: its picture, its data and their licences."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DICTIONARIES = ROOT / "dictionaries"
MANIFEST = tomllib.loads((DICTIONARIES / "MANIFEST.toml").read_text(encoding="utf-8"))


def layers() -> list[set[str]]:
    """The order that import-linter holds the import graph to, highest first."""
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    (order,) = (one["layers"] for one in contracts if one["type"] == "layers")
    return [set(re.split(r"\s*[|:]\s*", layer)) for layer in order]


def pictured() -> list[str]:
    """The rooms of the README's picture, from top to bottom."""
    picture = README.split("```\ncli ", 1)[1].split("```", 1)[0]
    known = set.union(*layers())
    names: list[str] = []
    for row in ("cli " + picture).splitlines():
        for word in row.split():
            if word not in known:
                break  # the explanation begins
            names.append(word)
    return names


def test_the_picture_shows_every_room_in_the_order_of_imports() -> None:
    rank = {room: number for number, layer in enumerate(layers()) for room in layer}
    shown = pictured()
    assert set(shown) == set(rank) - {"version"}
    assert [rank[room] for room in shown] == sorted(rank[room] for room in shown)


def test_every_room_stands_in_the_order() -> None:
    inside = {
        path.stem if path.is_file() else path.name
        for path in (ROOT / "vnocr").iterdir()
        if (path / "__init__.py").exists()
        or (path.suffix == ".py" and not path.name.startswith("__"))
    }
    assert inside == set.union(*layers())


@pytest.mark.parametrize("name", sorted(MANIFEST))
def test_data_are_those_of_the_manifest(name: str) -> None:
    digest = hashlib.sha256((DICTIONARIES / name).read_bytes()).hexdigest()
    assert digest == MANIFEST[name]["sha256"], "changed? then run scripts/seal_dictionaries"
    assert all(MANIFEST[name].get(key) for key in ("source", "licence", "command", "date"))


def test_all_data_tell_where_they_come_from() -> None:
    shipped = {path.name for path in DICTIONARIES.iterdir()} - {"MANIFEST.toml"}
    assert shipped == set(MANIFEST)


def test_the_container_is_built_from_what_is_there() -> None:
    recipe = (ROOT / "scripts" / "Containerfile").read_text(encoding="utf-8")
    copied = [word for row in re.findall(r"^COPY (.+) \S+$", recipe, re.M) for word in row.split()]
    assert copied
    assert all((ROOT / name).exists() for name in copied)
    # What the wheel is built from must be among it.
    built_from = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert {"pyproject.toml", *built_from} <= set(copied)
