"""The web application: addresses and what answers them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from vnocr.catalog.queue import VIEWS, View, contents_of, count_views
from vnocr.catalog.search import SearchQuery, search
from vnocr.errors import InputError, NotFoundError, VnocrError
from vnocr.review.desk import Desk, Opened
from vnocr.review.guard import MOST_BYTES, Guard, Secret
from vnocr.review.messages import say
from vnocr.review.pictures import Pictures
from vnocr.review.request import RefusedError
from vnocr.review.views import Views, language_of

_A_YEAR = 365 * 86400
_ROWS = 100


def create_app(desk: Desk, pictures: Pictures, secret: Secret) -> Starlette:
    """Return the application over `desk`; it answers to holders of `secret` only."""
    pages = _Pages(desk, pictures)
    document = "/documents/{sha256:str}"
    routes = [
        Route("/", pages.queue),
        Route("/search", pages.search),
        Route("/language/{language:str}", pages.language),
        Route(document, pages.document),
        Route(document + "/panel", pages.panel),
        Route(document + "/text/{page:int}", pages.text),
        Route(document + "/pictures/{page:int}", pages.picture),
        Route(document + "/corrections", pages.correct, methods=["POST"]),
        Route(document + "/approval", pages.approve, methods=["POST"]),
        Route(document + "/undo", pages.undo, methods=["POST"]),
        Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
    ]
    failures: dict[Any, Callable[..., Response]] = {
        HTTPException: pages.missing,
        NotFoundError: pages.missing,
        RefusedError: pages.refused,
        VnocrError: pages.broken,
    }
    guard = Middleware(Guard, secret=secret)
    return Starlette(routes=routes, middleware=[guard], exception_handlers=failures)


class _Pages:
    """The answers. They are plain functions: Starlette runs each in a thread."""

    def __init__(self, desk: Desk, pictures: Pictures) -> None:
        self._desk, self._pictures = desk, pictures
        self._views = Views()

    def queue(self, request: Request) -> Response:
        asked = request.query_params.get("view")
        view: View = next((one for one in VIEWS if one == asked), "check")
        start = _number(request.query_params.get("from", "0"))
        items = self._desk.queue(view, _ROWS + 1, start)
        values = {
            "items": items[:_ROWS],
            "view": view,
            "counts": count_views(self._desk.catalog),
            "start": start,
            "earlier": max(0, start - _ROWS),
            "later": start + _ROWS if len(items) > _ROWS else None,
        }
        return self._views.page(request, "queue.html", values)

    def search(self, request: Request) -> Response:
        words = request.query_params.get("q", "")[:500]
        hits = search(self._desk.catalog, SearchQuery(words, limit=50)) if words else []
        contents = contents_of(self._desk.catalog, [hit.document for hit in hits])
        values = {"words": words, "hits": hits, "contents": contents}
        return self._views.page(request, "search.html", values)

    def language(self, request: Request) -> Response:
        chosen = "vi" if request.path_params["language"] == "vi" else "en"
        back = request.query_params.get("back", "/")
        safe = back.startswith("/") and not back.startswith(("//", "/\\"))
        response = RedirectResponse(back if safe else "/", 303)
        response.set_cookie(
            "vnocr-language", chosen, max_age=_A_YEAR, httponly=True, samesite="strict"
        )
        return response

    def document(self, request: Request) -> Response:
        opened = self._open(request)
        before, after = self._desk.next_to_check(opened.sha256)
        first = opened.doubts[0].page if opened.doubts else 1
        values = self._values(opened) | {
            "before": before,
            "after": after,
            "waiting": count_views(self._desk.catalog)["check"],
            "page": _number(request.query_params.get("page", "")) or first,
            "words": request.query_params.get("q", ""),
        }
        return self._views.page(request, "document.html", values)

    def panel(self, request: Request) -> Response:
        return self._views.page(request, "panel.html", self._values(self._open(request)))

    def text(self, request: Request) -> Response:
        opened = self._open(request)
        return self._views.page(request, "text.html", {"page": _page(request, opened)})

    def picture(self, request: Request) -> Response:
        opened = self._open(request)
        page = _page(request, opened)
        language = language_of(request)
        if page.width is None:
            return JSONResponse({"error": say(language, "no-picture")}, 404)
        try:
            content = self._pictures.jpeg(self._desk.original(opened), page)
        except InputError as error:
            return JSONResponse({"error": say(language, str(error))}, 404)
        headers = {"Cache-Control": "private, max-age=600"}
        return Response(content, media_type="image/jpeg", headers=headers)

    async def correct(self, request: Request) -> Response:
        sent = await _sent(request)
        await _in_thread(self._desk.correct, request.path_params["sha256"], sent)
        return JSONResponse({})

    async def approve(self, request: Request) -> Response:
        await _sent(request)
        sha256 = request.path_params["sha256"]
        _, after = await _in_thread(self._desk.next_to_check, sha256)
        await _in_thread(self._desk.approve, sha256)
        return JSONResponse({"next": f"/documents/{after}" if after else "/"})

    async def undo(self, request: Request) -> Response:
        sent = await _sent(request)
        uid = sent.get("uid")
        if not isinstance(uid, str):
            raise RefusedError("bad-request")
        await _in_thread(self._desk.undo, request.path_params["sha256"], uid)
        return JSONResponse({})

    def missing(self, request: Request, error: Exception) -> Response:
        return self._views.failure(request, "not-found", 404)

    def refused(self, request: Request, error: RefusedError) -> Response:
        status = 409 if error.key == "changed" else 422
        return JSONResponse({"error": say(language_of(request), error.key)}, status)

    def broken(self, request: Request, error: Exception) -> Response:
        return self._views.failure(request, str(error), 500)

    def _open(self, request: Request) -> Opened:
        return self._desk.open(request.path_params["sha256"])

    def _values(self, opened: Opened) -> dict[str, Any]:
        return {"opened": opened, "dispatch": opened.dispatch, "types": self._desk.type_names}


def _page(request: Request, opened: Opened) -> Any:
    number = request.path_params["page"]
    found = next((page for page in opened.dispatch.pages if page.number == number), None)
    if found is None:
        raise HTTPException(404)
    return found


async def _sent(request: Request) -> dict[str, Any]:
    """Return the JSON object of the request. Raises RefusedError if it is none."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise RefusedError("too-long")
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RefusedError("bad-request") from error
    if not isinstance(sent, dict):
        raise RefusedError("bad-request")
    return sent


async def _in_thread(function: Callable[..., Any], *values: Any) -> Any:
    from starlette.concurrency import run_in_threadpool

    return await run_in_threadpool(function, *values)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
