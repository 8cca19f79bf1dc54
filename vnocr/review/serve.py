"""Starting the review page on this machine."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable

from vnocr.errors import OutputError
from vnocr.review.app import create_app
from vnocr.review.desk import Desk
from vnocr.review.guard import Secret
from vnocr.review.pictures import Pictures

_HERE = "127.0.0.1"


def serve(desk: Desk, port: int, opened: Callable[[str], None]) -> None:
    """Serve the review page of `desk` until interrupted; port 0 takes a free one.

    `opened` is given the whole address, with its token, once the page answers. Raises
    OutputError if the port is taken.
    """
    import uvicorn

    with _listen(port) as listener, Pictures(desk.settings) as pictures:
        secret = Secret(secrets.token_urlsafe(32), listener.getsockname()[1])
        app = create_app(desk, pictures, secret)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, lifespan="off"
        )
        opened(f"http://{_HERE}:{secret.port}/?token={secret.token}")
        uvicorn.Server(config).run(sockets=[listener])


def _listen(port: int) -> socket.socket:
    listener = socket.socket()
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((_HERE, port))
        listener.listen()  # from here on a browser waits instead of being refused
    except OSError as error:
        listener.close()
        raise OutputError(
            f"port {port} on {_HERE} cannot be used: {error.strerror}. Choose another with --port."
        ) from error
    return listener
