"""The record: a Dispatch as JSON, and back."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from vnocr.model import Box, Dispatch, Line, Page, Word

if TYPE_CHECKING:
    from cattrs import Converter

_DECIMALS = 4


def to_json(dispatch: Dispatch, *, indent: int | None = None) -> str:
    """Return the record of `dispatch` as JSON text of schema version 1.0."""
    return json.dumps(to_dict(dispatch), ensure_ascii=False, indent=indent)


def to_dict(dispatch: Dispatch) -> dict[str, Any]:
    """Return the record of `dispatch` as plain lists, dictionaries, strings and numbers."""
    record: dict[str, Any] = _converter().unstructure(dispatch)
    if dispatch.corrected is None:
        del record["corrected"]  # most records are as they were read
    return {"schema_version": record.pop("schema_version"), **record}


def from_json(text: str) -> Dispatch:
    """Return the Dispatch whose record is `text`; the inverse of `to_json`.

    Raises ValueError if `text` is not JSON or not a record.
    """
    data = json.loads(text)
    try:
        return _converter().structure(data, Dispatch)
    except Exception as error:  # cattrs raises groups of whatever it met
        raise ValueError(f"not a vnocr record: {error}") from error


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that every record satisfies."""
    text = (files(__package__) / "record.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@cache
def _converter() -> Converter:
    from cattrs import Converter

    converter = Converter()
    converter.register_unstructure_hook(float, _rounded)
    converter.register_unstructure_hook(Box, lambda box: box.corners)
    converter.register_unstructure_hook(Page, _page)
    converter.register_structure_hook(Box, lambda value, _: Box(*value))
    return converter


def _rounded(value: float) -> float:
    return round(value, _DECIMALS)


def _page(page: Page) -> dict[str, Any]:
    return {
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "dpi": page.dpi,
        "origin": page.origin,
        "reason": page.reason,
        "turn": page.turn,
        "skew": _rounded(page.skew),
        "seals": [
            {"box": seal.box and seal.box.corners, "colour": seal.colour} for seal in page.seals
        ],
        "text": page.text,
        "lines": [_line(line) for line in page.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    # A line is as sure as its words as they are written: read back, it gives the same.
    line = replace(line, words=tuple(_as_written(word) for word in line.words))
    return {
        "text": line.text,
        "region": line.region,
        "box": line.box and line.box.corners,
        "confidence": _rounded(line.confidence),
        "words": [_word(word) for word in line.words],
    }


def _as_written(word: Word) -> Word:
    return Word(word.seen, word.text, word.box, _rounded(word.confidence))


def _word(word: Word) -> dict[str, Any]:
    return {
        "seen": word.seen,
        "text": word.text,
        "box": word.box and word.box.corners,
        "confidence": word.confidence,
    }
