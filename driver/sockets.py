"""The connection below an event stream: its address, and how much it holds."""

import socket
import sys
from urllib.parse import urlsplit, urlunsplit

import websocket

_AT_ONCE = 16 * 1024  # bytes
_SMALL_BUFFER = 4096  # bytes
_SMALL_SEGMENT = 536  # bytes


def websocket_url(base_url: str) -> str:
    """The address with the scheme of RFC 6455, 3."""
    scheme, *rest = urlsplit(base_url.rstrip("/"))
    return urlunsplit(("wss" if scheme == "https" else "ws", *rest))


def small_buffers() -> list[tuple[int, int, int]]:
    """Options with which the network holds little for a subscriber that does not read."""
    options = [(socket.SOL_SOCKET, socket.SO_RCVBUF, _SMALL_BUFFER)]
    if sys.platform != "win32":
        # The peer sizes its send buffer by the segment size, which is 64 KiB on loopback.
        options.append((socket.IPPROTO_TCP, socket.TCP_MAXSEG, _SMALL_SEGMENT))
    return options


class ReadsAhead(websocket.WebSocket):
    """Takes all that has come with one call; the library asks for each part of each frame alone.

    Of events that come close together, each costs half the processor time. Not for a subscriber
    that does not read: what is read ahead would not pile up at the server.
    """

    def _recv(self, bufsize: int) -> bytes:
        return super()._recv(max(bufsize, _AT_ONCE))  # type: ignore[no-any-return, no-untyped-call]
