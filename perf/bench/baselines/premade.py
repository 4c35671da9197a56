"""ASGI without a framework that writes pre-made frames to all subscribers for each order.

What it saves beside the trading server is all thinking: it makes no order, no event and no frame.
`app` writes every frame to every subscriber on its own; `gathered` joins what one turn of the event
loop has for them.
"""

import asyncio
import json
from typing import Any

from websockets.frames import Frame, Opcode

from perf.bench.baselines.raw import NOW, ORDER, Scope, answer, lifespan, read_body

_HELLO = json.dumps({"type": "hello", "streamId": "premade", "sequence": 0})


def _frame(status: str, previous: str | None) -> bytes:
    event = {
        "type": "orderStatus",
        "sequence": 100_000,
        "orderId": ORDER["orderId"],
        "clientOrderId": None,
        "orderStatus": status,
        "previousStatus": previous,
        "occurredAt": NOW,
    }
    text = json.dumps(event, separators=(",", ":")).encode()
    return Frame(Opcode.TEXT, text).serialize(mask=False)


class Premade:
    """The server; `gathers` says whether frames wait for the end of the loop's turn."""

    def __init__(self, *, gathers: bool) -> None:
        self._gathers = gathers
        self._frames = (_frame("PENDING", None), _frame("EXECUTED", "PENDING"))
        self._transports: set[asyncio.Transport] = set()
        self._gathered: list[bytes] = []

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Serves one connection."""
        if scope["type"] == "lifespan":
            await lifespan(receive, send)
        elif scope["type"] == "websocket":
            await self._follow(receive, send)
        else:
            await read_body(receive)
            if scope["method"] == "POST":
                self._publish()
            await answer(send)

    async def _follow(self, receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": _HELLO})
        transport = send.__self__.transport  # `send` is a method of uvicorn's protocol
        self._transports.add(transport)
        while (await receive())["type"] != "websocket.disconnect":
            pass
        self._transports.discard(transport)

    def _publish(self) -> None:
        if not self._gathers:
            for frame in self._frames:
                self._write(frame)
            return
        if not self._gathered:
            asyncio.get_running_loop().call_soon(self._flush)
        self._gathered += self._frames

    def _flush(self) -> None:
        self._write(b"".join(self._gathered))
        self._gathered.clear()

    def _write(self, frames: bytes) -> None:
        for transport in self._transports:
            transport.write(frames)


app = Premade(gathers=False)
gathered = Premade(gathers=True)
