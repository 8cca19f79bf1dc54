"""The bodies of a dispatch under one name each, so that the register can be asked by body."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from vnocr.catalog.schema import BODIES, DIRECTIVES
from vnocr.extract.body_names import BodyName, BodyNames
from vnocr.model import Dispatch, Fields
from vnocr.settings import Settings

ISSUER, ASSIGNEE, COOPERATING = "issuer", "assignee", "cooperating"
# Where a body of the document itself stands in the list of its directives.
_NO_DIRECTIVE = -1
# Groups that hold every office of the archive.
_ALL = ("co quan", "don vi", "so ban nganh", "so nganh", "ban nganh")


@cache
def body_names(folder: Path | None = None) -> BodyNames:
    """Return the names of the dictionaries in `folder`, those of vnocr by default."""
    return BodyNames.load(folder or Settings().dictionary_folder)


def body_rows(dispatch: Dispatch) -> tuple[dict[str, Any], ...]:
    """Return a row for each body that issues, must do or helps with something."""
    province = dispatch.fields.province
    names = body_names()
    rows: list[dict[str, Any]] = []

    def add(position: int, role: str, text: str) -> None:
        for body in names.several(text, province):
            if body.key:
                rows.append(_row(len(rows), position, role, body))

    add(_NO_DIRECTIVE, ISSUER, _issuer(dispatch.fields))
    for position, directive in enumerate(dispatch.directives):
        add(position, ASSIGNEE, directive.assignee or "")
        for partner in directive.cooperating:
            add(position, COOPERATING, partner)
    return tuple(rows)


def acts(role: str, name: str, *, groups: bool = False) -> ColumnElement[bool]:
    """Return the condition that a directive names `name`, or a part of it, in `role`.

    `groups`: also what is asked of a group that the body belongs to (`các sở, ban, ngành`).
    """
    key = body_names().one(name).key
    named: ColumnElement[bool] = BODIES.c.key.contains(f" {key} ", autoescape=True)
    if groups:
        of_all = [BODIES.c.key.contains(f" {one} ") for one in _groups_of(key)]
        named = or_(named, and_(BODIES.c.kind == "group", or_(*of_all)))
    position = _NO_DIRECTIVE if role == ISSUER else DIRECTIVES.c.position
    return exists(
        select(BODIES.c.path).where(
            BODIES.c.path == DIRECTIVES.c.path,
            BODIES.c.position == position,
            BODIES.c.role == role,
            named,
        )
    )


def _issuer(fields: Fields) -> str:
    """Return the issuer's full name: an office of another body needs the name of that body."""
    issuer, parent = fields.issuer or "", fields.issuer_parent or ""
    bare = len(issuer.split()) < 3 and issuer.casefold().startswith(("văn phòng", "thanh tra"))
    return f"{issuer} {parent}".strip() if bare else issuer


def _groups_of(key: str) -> list[str]:
    """Return the wordings of groups that hold the body of `key`: `so tai chinh` is a `so`."""
    if key.startswith("uy ban nhan dan"):
        return ["uy ban nhan dan cac", *_ALL[:2]]
    return [f"cac {key.split(maxsplit=1)[0]}", *_ALL] if key else list(_ALL)


def _row(place: int, position: int, role: str, body: BodyName) -> dict[str, Any]:
    # Blanks around the key let a query ask for whole words.
    return {
        "place": place,
        "position": position,
        "role": role,
        "name": body.name,
        "key": f" {body.key} ",
        "kind": body.kind,
    }
