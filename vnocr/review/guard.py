"""Who may talk to the review page: this person's browser, from this page, and nobody else.

The page is served to 127.0.0.1 alone, but any web site that is open in the same browser,
and any user of the same machine, can send requests there too. So the address that is
given out carries a secret; it becomes a cookie that the browser sends from our own pages
only. A name that was made to point here (DNS rebinding) is told by the Host header,
a form or script of another site by Origin.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 64 << 10
_METHODS = ("GET", "HEAD", "POST")
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Secret:
    """The token of this run and the port it holds for."""

    token: str
    port: int

    @property
    def cookie(self) -> str:
        """The name of the cookie: browsers share cookies among the ports of a machine."""
        return f"vnocr-review-{self.port}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """What the Host header may say."""
        return f"127.0.0.1:{self.port}", f"localhost:{self.port}"

    def matches(self, token: str) -> bool:
        """Whether `token` is ours, in a time that does not tell how much of it is."""
        return hmac.compare_digest(token.encode(), self.token.encode())


class Guard:
    """ASGI middleware that lets only the holder of the secret through."""

    def __init__(self, app: ASGIApp, secret: Secret) -> None:
        self._app, self._secret = app, secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refusal = self._refusal(scope) or self._welcome(scope)
        await (refusal or self._app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if headers.get("host") not in self._secret.hosts:
            return PlainTextResponse("This server answers to 127.0.0.1 only.", 421)
        if scope["method"] not in _METHODS:
            return PlainTextResponse("Method not allowed.", 405)
        return self._unfit_post(headers) if scope["method"] == "POST" else None

    def _unfit_post(self, headers: Headers) -> Response | None:
        """Refuse what only another site's form or script would send."""
        if headers.get("origin") not in [f"http://{host}" for host in self._secret.hosts]:
            return PlainTextResponse("Sent by another site.", 403)
        if headers.get("content-type", "").split(";")[0] != "application/json":
            return PlainTextResponse("Only JSON is taken.", 415)
        length = headers.get("content-length", "")
        if not length.isascii() or not length.isdigit() or int(length[:12]) > MOST_BYTES:
            return PlainTextResponse("Too much was sent.", 413)
        return None

    def _welcome(self, scope: Scope) -> Response | None:
        """Turn the token of the address into a cookie; refuse who has neither."""
        tokens = parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
        if scope["path"] == "/" and tokens:
            if not self._secret.matches(tokens[0]):
                return _stranger()
            response = RedirectResponse("/", 303)
            response.set_cookie(
                self._secret.cookie, self._secret.token, httponly=True, samesite="strict"
            )
            return response
        held = HTTPConnection(scope).cookies.get(self._secret.cookie, "")
        return None if self._secret.matches(held) else _stranger()


def _stranger() -> Response:
    return PlainTextResponse(
        "Open the whole address that `vnocr review` shows in the terminal, with its token.\n"
        "Hãy mở đúng địa chỉ mà lệnh `vnocr review` in ra, kể cả phần token.",
        403,
    )
