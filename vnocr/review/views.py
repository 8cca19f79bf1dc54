"""Pages made from templates, every value in them escaped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from vnocr.catalog.snippet import Snippet
from vnocr.model import Box, Correction, Word
from vnocr.review.doubts import evidence_of, shown_value
from vnocr.review.messages import LANGUAGES, Language, say
from vnocr.review.request import EDITABLE

if TYPE_CHECKING:
    from jinja2 import Environment

# Below this a word is marked for a second look.
_DOUBTFUL = 0.6


class Views:
    """The templates of this folder."""

    def __init__(self) -> None:
        self._environment = _make_environment()

    def page(
        self, request: Request, template: str, values: Mapping[str, Any], status: int = 200
    ) -> Response:
        """Return `template` with `values` in the language of the request."""
        language = language_of(request)
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        text = self._environment.get_template(template).render(
            **values,
            language=language,
            other="en" if language == "vi" else "vi",
            here=quote(here, safe=""),
            say=lambda key, *parts: say(language, key, *parts),
            editable=EDITABLE,
        )
        return HTMLResponse(text, status)

    def failure(self, request: Request, message: str, status: int) -> Response:
        """Return what went wrong, to a script as JSON, to a person as a page."""
        if request.method == "POST":
            return JSONResponse({"error": say(language_of(request), message)}, status)
        return self.page(request, "failure.html", {"message": message}, status)


def language_of(request: Request) -> Language:
    """Return the language that the person chose, or that the browser asks for first."""
    chosen = request.cookies.get("vnocr-language", "")
    asked = request.headers.get("accept-language", "").lower()[:2]
    return next((one for one in LANGUAGES if one in (chosen or asked)), "en")


def _make_environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "corners": _corners,
        "day": _day,
        "moment": _moment,
        "percent": _percent,
        "pieces": _pieces,
        "shown": _shown,
    }
    environment.globals |= {
        "evidence_of": evidence_of,
        "shown_value": shown_value,
        "word_class": _word_class,
        "undone": _undone,
    }
    return environment


def _corners(box: Box | None) -> str:
    return f"{box.left},{box.top},{box.right},{box.bottom}" if box else ""


def _day(value: str | None) -> str:
    """Return an ISO date as Vietnam writes it; other text as it is."""
    parts = (value or "").split("-")
    whole = len(parts) == 3 and all(map(str.isdigit, parts))
    return "/".join(part.zfill(2) for part in reversed(parts)) if whole else value or ""


def _moment(value: str) -> str:
    try:
        return datetime.fromisoformat(value).astimezone().strftime("%d/%m/%Y %H:%M")
    except ValueError:
        return value


def _percent(share: float) -> int:
    # Rounded down: 100 % is for what a person said.
    return int(share * 100)


def _pieces(snippet: Snippet) -> list[tuple[str, bool]]:
    """Return the snippet in pieces, each with whether it is a hit."""
    pieces, position = [], 0
    for start, end in snippet.marks:
        pieces += [(snippet.text[position:start], False), (snippet.text[start:end], True)]
        position = end
    return [*pieces, (snippet.text[position:], False)]


def _shown(value: Any) -> str:
    """Return a JSON value of a correction as people read it."""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return " · ".join(_shown(part) for part in value.values() if part)
    return _day(value) if isinstance(value, str) else ""


def _word_class(word: Word) -> str:
    """Return how a word is marked: by whom it was changed, and whether it is doubtful."""
    if word.confidence >= 1.0 and word.changed:
        return "w human"
    changed, doubtful = word.changed, word.confidence < _DOUBTFUL
    return "w" + (" changed" if changed else "") + (" doubtful" if doubtful else "")


def _undone(log: tuple[Correction, ...]) -> set[str]:
    return {one.target for one in log if one.kind == "undo"}
