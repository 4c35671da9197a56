"""Event frames as bytes of the WebSocket protocol, made once for all subscribers."""

from collections.abc import Sequence

from starlette.websockets import WebSocket
from websockets.frames import Frame as WireFrame
from websockets.frames import Opcode

from app.feed import Frame

EXTENSION = "trading.prepared"
"""A web server that names this ASGI extension writes the bytes under `prepared` as they are."""


class PreparedFrames:
    """Sends events, several in one write.

    Subscribers that keep up are sent the same events in the same turn of the event loop, so that
    the bytes of the latest batch are nearly always those that the next subscriber needs.
    """

    def __init__(self) -> None:
        self._frames: Sequence[Frame] = ()
        self._bytes = b""

    async def send(self, socket: WebSocket, frames: Sequence[Frame]) -> None:
        """Sends all of them; waits while the client does not read."""
        if EXTENSION in socket.scope.get("extensions", {}):
            await socket.send({"type": "websocket.send", "prepared": self._prepared(frames)})
            return
        for frame in frames:
            await socket.send_text(frame.text)

    def _prepared(self, frames: Sequence[Frame]) -> bytes:
        if frames != self._frames:
            self._frames = frames
            self._bytes = b"".join(map(_encoded, frames))
        return self._bytes


def _encoded(frame: Frame) -> bytes:
    return WireFrame(Opcode.TEXT, frame.text.encode()).serialize(mask=False)
