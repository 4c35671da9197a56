"""Several frames in one write are the frames that a client reads."""

from typing import Any

import pytest
from starlette.types import Message
from starlette.websockets import WebSocket
from websockets.frames import Frame as WireFrame
from websockets.frames import Opcode
from websockets.streams import StreamReader

from app.edges.prepared_frames import EXTENSION, PreparedFrames
from app.feed import Frame

pytestmark = pytest.mark.anyio

FRAMES = [Frame(1, "one"), Frame(2, "two, a longer one: " + "x" * 200)]


class Client:
    """Keeps what is sent to it; `extensions` are those of its web server."""

    def __init__(self, **extensions: Any) -> None:
        self.sent: list[Message] = []
        scope = {"type": "websocket", "extensions": extensions}
        self.socket = WebSocket(scope, receive=self._receive, send=self._send)

    async def accepted(self) -> WebSocket:
        await self.socket.accept()
        self.sent.clear()
        return self.socket

    async def _receive(self) -> Message:
        return {"type": "websocket.connect"}

    async def _send(self, message: Message) -> None:
        self.sent.append(message)


def read(data: bytes) -> list[str]:
    """The text of each frame, as the websockets library reads it."""
    reader = StreamReader()
    reader.feed_data(data)
    texts = []
    while reader.buffer:
        parsing = WireFrame.parse(reader.read_exact, mask=False)
        with pytest.raises(StopIteration) as done:
            next(parsing)
        assert done.value.value.opcode is Opcode.TEXT
        texts.append(bytes(done.value.value.data).decode())
    return texts


async def test_frames_travel_in_one_piece() -> None:
    client = Client(**{EXTENSION: {}})
    await PreparedFrames().send(await client.accepted(), FRAMES)
    assert [read(message["prepared"]) for message in client.sent] == [["one", FRAMES[1].text]]


async def test_the_same_frames_are_prepared_once_for_all() -> None:
    prepared, clients = PreparedFrames(), [Client(**{EXTENSION: {}}) for _ in range(2)]
    for client in clients:
        await prepared.send(await client.accepted(), list(FRAMES))
    first, second = (client.sent[0]["prepared"] for client in clients)
    assert first is second


async def test_a_subscriber_elsewhere_in_the_stream_gets_its_own() -> None:
    prepared, client = PreparedFrames(), Client(**{EXTENSION: {}})
    socket = await client.accepted()
    for frames in (FRAMES, FRAMES[1:], FRAMES):
        await prepared.send(socket, frames)
    assert [len(read(message["prepared"])) for message in client.sent] == [2, 1, 2]


async def test_any_other_web_server_is_sent_text() -> None:
    client = Client()
    await PreparedFrames().send(await client.accepted(), FRAMES)
    assert [message["text"] for message in client.sent] == [frame.text for frame in FRAMES]
