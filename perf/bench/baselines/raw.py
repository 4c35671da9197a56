"""ASGI without a framework: whatever is asked, the same bytes are answered."""

import json
from datetime import UTC, datetime
from typing import Any

Scope = dict[str, Any]

NOW = f"{datetime.now(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
ORDER = {
    "orderId": "0b1ff1a4-5d2c-4a8e-9c39-6f1f6d1f7d11",
    "clientOrderId": None,
    "symbol": "EURUSD",
    "side": "BUY",
    "quantity": "100.5",
    "orderStatus": "PENDING",
    "createdAt": NOW,
    "updatedAt": NOW,
}
_BODY = json.dumps(ORDER).encode()
_START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(_BODY)).encode()),
    ],
}
_ANSWER = {"type": "http.response.body", "body": _BODY}


async def app(scope: Scope, receive: Any, send: Any) -> None:
    """Answers."""
    if scope["type"] == "http":
        await read_body(receive)
        await answer(send)
    elif scope["type"] == "lifespan":
        await lifespan(receive, send)


async def read_body(receive: Any) -> None:
    """Reads the request to its end."""
    while (await receive()).get("more_body"):
        pass


async def answer(send: Any) -> None:
    """Sends the same order to everybody."""
    await send(_START)
    await send(_ANSWER)


async def lifespan(receive: Any, send: Any) -> None:
    """Says that it is ready, and that it has ended."""
    for _ in range(2):
        stage = (await receive())["type"]
        await send({"type": f"{stage}.complete"})
