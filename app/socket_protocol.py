"""uvicorn's WebSocket protocol, and an ASGI extension to write frames that are bytes already."""

import socket
from asyncio import BaseTransport
from typing import TYPE_CHECKING

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from app.edges.prepared_frames import EXTENSION

if TYPE_CHECKING:
    from uvicorn._types import ASGISendEvent


_MOST_UNSENT_BYTES = 16 * 1024
"""What the system may hold for a client beyond what travels to it: what waits, waits in the feed's
queue, whose bound tells slow subscribers from quick ones."""


class SocketProtocol(WebSocketsSansIOProtocol):
    """Writes what a message has under `prepared` as it is, in one piece."""

    async def run_asgi(self) -> None:
        """Serves the connection."""
        self.scope["extensions"][EXTENSION] = {}
        _hold_little(self.transport)
        await super().run_asgi()

    async def send(self, message: "ASGISendEvent") -> None:
        """Waits while the client does not read, as for any other message."""
        prepared = message.get("prepared")
        if not isinstance(prepared, bytes):
            await super().send(message)
            return
        await self.writable.wait()
        if self.disconnected or self.close_sent or self.transport.is_closing():
            raise ClientDisconnected
        self.transport.write(prepared)


def _hold_little(transport: BaseTransport) -> None:
    """Lets the system take in no more than it can send soon, where it has a setting for that."""
    option = getattr(socket, "TCP_NOTSENT_LOWAT", None)  # Windows has none
    if option is not None:
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.IPPROTO_TCP, option, _MOST_UNSENT_BYTES)
