"""Serves the app on a socket with uvicorn."""

import asyncio
import gc
import os
import signal
import socket
import sys
from contextlib import suppress
from types import FrameType
from typing import NoReturn

import uvicorn
from starlette.types import ASGIApp
from uvicorn.server import HANDLED_SIGNALS

from app.socket_protocol import SocketProtocol

PING_SECONDS = 18.0
"""A sign of life is promised every 20 seconds; the timers of a busy machine are late."""
MAX_FRAME_BYTES = 64 * 1024
_BACKLOG = 2048
# Clients keep connections open between requests; closing one under a request would fail it.
_KEEP_ALIVE_SECONDS = 75
# When the server stops, clients have so long to send or read what is due before they are cut,
_STOP_SECONDS = 0.5
# and handlers so long to end after that.
_GRACE_SECONDS = 2
# Every order that is kept is new to the collector of cycles, and it would stop everything for tens
# of milliseconds, again and again, to look at all of them; there are hardly any cycles to find.
COLLECT_AFTER = (50_000, 10, 100)


def serve(app: ASGIApp, host: str, port: int, ping_seconds: float | None = PING_SECONDS) -> None:
    """Serves until a stop signal, then exits with code 0; port 0 takes a free one.

    Prints the address on one line once clients can connect. WebSocket peers are asked for a sign
    of life every `ping_seconds`; None asks none. Exits with code 1 and one line on
    stderr if it cannot listen there.
    """
    try:
        listener = listen(host, port)
    except OSError as error:
        sys.exit(f"Cannot listen on {host}:{port}: {error}")
    # uvicorn raises the signal that stopped it once more when it is done.
    for number in HANDLED_SIGNALS:
        signal.signal(number, _exit)
    gc.set_threshold(*COLLECT_AFTER)
    _Server(_config(app, ping_seconds), _url(listener)).run(sockets=[listener])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, url: str) -> None:
        super().__init__(config)
        self._url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        sys.stdout.write(f"Trading server listening on {self._url}\n")
        sys.stdout.flush()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        asyncio.get_running_loop().call_later(_STOP_SECONDS, self._cut_connections)
        await super().shutdown(sockets)
        with suppress(OSError):  # whoever read this may have gone
            sys.stdout.write(f"Trading server at {self._url} has stopped\n")
            sys.stdout.flush()

    def _cut_connections(self) -> None:
        for connection in self.server_state.connections.copy():
            connection.transport.abort()


def _config(app: ASGIApp, ping_seconds: float | None) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        ws=SocketProtocol,
        ws_max_size=MAX_FRAME_BYTES,
        ws_ping_interval=ping_seconds,
        ws_ping_timeout=ping_seconds,
        # Event frames are small and many: compressing each for each subscriber costs too much.
        ws_per_message_deflate=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )


def listen(host: str, port: int) -> socket.socket:
    """A listening socket.

    It names its protocol, unlike that of `socket.create_server`: asyncio switches Nagle's algorithm
    off only then, and with it each answer on a kept-alive connection would be 40 ms late.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":  # on Windows it would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _exit(_number: int, _frame: FrameType | None) -> NoReturn:
    gc.freeze()  # Python would look through all that goes with the process anyway
    sys.exit(0)
