"""uvicorn's WebSocket protocol, and an ASGI extension to write frames that are bytes already."""

from typing import TYPE_CHECKING

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from app.edges.prepared_frames import EXTENSION

if TYPE_CHECKING:
    from uvicorn._types import ASGISendEvent


class SocketProtocol(WebSocketsSansIOProtocol):
    """Writes what a message has under `prepared` as it is, in one piece."""

    async def run_asgi(self) -> None:
        """Serves the connection."""
        self.scope["extensions"][EXTENSION] = {}
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
