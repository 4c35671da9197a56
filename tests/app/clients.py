"""Clients of a server on a real socket."""

import json
import socket
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import urlsplit

import httpx
from websockets.exceptions import ConnectionClosed
from websockets.frames import Close
from websockets.sync.client import ClientConnection, connect

from tests.app.processes import DEADLINE, Served
from tests.app.trading_api import ORDER

SUBSCRIPTION = (
    b"GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
PING = b"\x89"
"""The first byte of a ping (RFC 6455, 5.2)."""
HALF_A_REQUEST = b"POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"


def http_client(server: Served) -> httpx.Client:
    return httpx.Client(base_url=server.url, trust_env=False, timeout=DEADLINE)


def follow(server: Served, query: str = "") -> AbstractContextManager[ClientConnection]:
    return connect(server.events_url + query, proxy=None, close_timeout=1)


def frame(connection: ClientConnection) -> dict[str, Any]:
    received: dict[str, Any] = json.loads(connection.recv(timeout=DEADLINE))
    return received


def to_the_end(connection: ClientConnection) -> tuple[list[dict[str, Any]], Close | None]:
    """All frames that are still to come, and how the server closes."""
    frames = []
    try:
        while True:
            frames.append(frame(connection))
    except ConnectionClosed as closed:
        return frames, closed.rcvd


def closing(connection: ClientConnection) -> tuple[int, str]:
    """Code and reason with which the server closes."""
    _, close = to_the_end(connection)
    assert close is not None
    return close.code, close.reason


def place(http: httpx.Client, **fields: object) -> dict[str, Any]:
    answer = http.post("/orders", json=ORDER | fields)
    assert answer.status_code == 201, answer.text
    order: dict[str, Any] = answer.json()
    return order


def life_of(order_id: str, connection: ClientConnection) -> list[dict[str, Any]]:
    """The order's events up to its final one."""
    events: list[dict[str, Any]] = []
    while not events or events[-1]["orderStatus"] == "PENDING":
        event = frame(connection)
        if event.get("orderId") == order_id:
            events.append(event)
    return events


def raw_connection(server: Served, receive_buffer: int | None = None) -> socket.socket:
    """A connection that may hold so many bytes that nobody has read."""
    host, _, port = urlsplit(server.url).netloc.partition(":")
    connection = socket.socket()
    if receive_buffer is not None:  # before it connects, or the peer may have sent more already
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    connection.settimeout(DEADLINE)
    connection.connect((host, int(port)))
    return connection
