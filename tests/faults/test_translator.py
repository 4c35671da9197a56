"""The translator changes what is said on a connection, and nothing else about it."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import Message
from starlette.websockets import WebSocket

from faults.translating import Translation, Translator, read_dialect

TRANSLATION = Translation(read_dialect(Path(__file__).parents[2] / "dialects" / "renamed.toml"))
pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def _place(request: Request) -> Response:
    body = await request.body()
    heard = {"side": json.loads(body)["side"], "length": len(body)}
    return JSONResponse(heard, 201, headers={"Location": "/orders/7", "X-Kept": "yes"})


async def _parts(_: Request) -> StreamingResponse:
    return StreamingResponse(iter(["one ", "two"]), media_type="text/plain")


async def _follow(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(json.dumps({"type": "hello", "since": socket.query_params["since"]}))
    await socket.send_bytes(b"raw")
    await socket.close(1013, "slow consumer, resume with since=3")


APP = Translator(
    Starlette(
        routes=[
            Route("/orders", _place, methods=["POST"]),
            Route("/", _parts),
            WebSocketRoute("/ws", _follow),
        ]
    ),
    TRANSLATION,
)


async def ask(
    method: str, path: str, content: AsyncIterator[bytes] | None = None
) -> httpx.Response:
    transport = httpx.ASGITransport(APP)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.request(method, path, content=content)


async def test_a_body_in_parts_is_heard_whole_and_as_long_as_it_was() -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b'{"way": "sh'
        yield b'ort"}   '

    answer = await ask("POST", "/v2/trades", parts())
    said = answer.json()["data"]["trade"]
    assert (said["way"], said["length"]) == ("short", len('{"way": "short"}   '))
    assert (answer.status_code, answer.headers["x-kept"]) == (202, "yes")
    assert answer.headers["location"] == "/v2/trades/7/state"
    assert int(answer.headers["content-length"]) == len(answer.content)


async def test_what_the_dialect_says_nothing_of_passes_as_it_comes() -> None:
    answer = await ask("GET", "/")
    assert (answer.status_code, answer.text) == (200, "one two")


async def test_a_client_that_leaves_is_noticed() -> None:
    messages: list[Message] = [
        {"type": "http.request", "body": b'{"way"', "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Message:
        return messages.pop(0)

    async def send(_: Message) -> None:
        """Nobody listens any more."""

    scope = {"type": "http", "method": "POST", "path": "/v2/trades", "raw_path": b"/v2/trades"}
    with pytest.raises(ClientDisconnect):
        await APP({**scope, "query_string": b"", "headers": []}, receive, send)


async def test_frames_and_the_end_are_told_in_the_other_dialect() -> None:
    told: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        told.append(message)

    scope = {"type": "websocket", "path": "/v2/feed", "raw_path": b"/v2/feed", "subprotocols": []}
    await APP({**scope, "query_string": b"after=2", "headers": []}, receive, send)
    _, hello, raw, end = told
    assert json.loads(hello["text"]) == {"msg": "welcome", "since": "2"}
    assert raw["bytes"] == b"raw"
    assert (end["code"], end["reason"]) == (4413, "slow consumer, resume with since=3")
