"""A small correct trading server that spells everything as it is told, in a thread of the test.

It knows nothing of `driver.contract`: what stands in a `Spelling` is written by hand, so that a
contract is tried against what somebody else has written.
"""

import asyncio
import json
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.loopback import in_a_thread, now

DELAY = 0.05  # seconds until an order is executed


@dataclass(frozen=True)
class Spelling:
    """Paths, names and words; `names` goes from this project's own names to the server's."""

    orders: str
    cancel: tuple[str, str]
    events: str
    names: Mapping[str, str]
    words: Mapping[str, str]
    placed: int
    cancelled: int
    too_late: tuple[int, str]

    def body(self, **values: object) -> dict[str, object]:
        named = ((self.names.get(name, name), value) for name, value in values.items())
        return {name: self.word(value) for name, value in named}

    def word(self, value: object) -> object:
        return self.words.get(value, value) if isinstance(value, str) else value


PUBLISHED = Spelling(
    orders="/orders",
    cancel=("DELETE", "/orders/{order_id}"),
    events="/ws",
    names={},
    words={},
    placed=201,
    cancelled=204,
    too_late=(409, "/problems/too-late-to-cancel"),
)
OTHER = Spelling(
    orders="/v2/trades",
    cancel=("POST", "/v2/trades/{order_id}/cancellation"),
    events="/v2/stream",
    names={
        "orderId": "id",
        "clientOrderId": "tag",
        "symbol": "pair",
        "side": "direction",
        "quantity": "amount",
        "orderStatus": "state",
        "createdAt": "created",
        "updatedAt": "changed",
        "orders": "trades",
        "nextCursor": "more",
        "status": "in_state",
        "type": "action",
        "streamId": "session",
        "sequence": "no",
        "previousStatus": "was",
        "occurredAt": "at",
    },
    words={
        "PENDING": "new",
        "EXECUTED": "FILLED",
        "CANCELLED": "canceled",
        "BUY": "b",
        "SELL": "s",
        "hello": "welcome",
        "orderStatus": "change",
    },
    placed=200,
    cancelled=200,
    too_late=(400, "/errors/filled"),
)


@dataclass
class SmallServer:
    """Places, views, lists and cancels orders, executes them, and tells subscribers."""

    spelling: Spelling
    base_url: str = ""
    _orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    _subscribers: list[web.WebSocketResponse] = field(default_factory=list)
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)
    _sequence: int = 0
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, ready: threading.Event) -> None:
        application, spelling = web.Application(), self.spelling
        application.router.add_post(spelling.orders, self._place)
        application.router.add_get(spelling.orders, self._list)
        application.router.add_get(spelling.orders + "/{order_id}", self._view)
        application.router.add_route(*spelling.cancel, self._cancel)
        application.router.add_get(spelling.events, self._subscribe)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        self.base_url, self._loop = f"http://{host}:{port}", asyncio.get_running_loop()
        ready.set()
        await self._stopped.wait()
        await runner.cleanup()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stopped.set)

    async def _place(self, request: web.Request) -> web.Response:
        sent = await request.json()
        own = {self.spelling.names.get(name, name): name for name in ORDER_NAMES}
        order = {own[name]: value for name, value in sent.items()}
        order |= {"orderId": str(uuid.uuid4())}
        order["quantity"] = str(order["quantity"])
        self._orders[order["orderId"]] = order
        await self._assign(order, "PENDING", None)
        task = asyncio.create_task(self._execute(order))
        self._tasks.add(task)
        location = f"{self.spelling.orders}/{order['orderId']}"
        return self._json(self.spelling.placed, order, Location=location)

    async def _view(self, request: web.Request) -> web.Response:
        return self._json(200, self._orders[request.match_info["order_id"]])

    async def _list(self, request: web.Request) -> web.Response:
        wanted = request.query.get(self.spelling.names.get("status", "status"))
        found = [
            self.spelling.body(**order)
            for order in self._orders.values()
            if wanted in (None, self.spelling.word(order["orderStatus"]))
        ]
        return self._json(200, {"orders": found, "nextCursor": None})

    async def _cancel(self, request: web.Request) -> web.Response:
        order = self._orders[request.match_info["order_id"]]
        if order["orderStatus"] == "PENDING":
            await self._assign(order, "CANCELLED", "PENDING")
            return web.Response(status=self.spelling.cancelled)
        code, kind = self.spelling.too_late
        about = {name: order[name] for name in ("orderId", "orderStatus")}
        problem = {"type": kind, "title": "Too late", "status": code, "detail": "It is executed."}
        body = json.dumps({**problem, **self.spelling.body(**about)})
        return web.Response(status=code, text=body, content_type="application/problem+json")

    async def _subscribe(self, request: web.Request) -> web.WebSocketResponse:
        stream = web.WebSocketResponse()
        await stream.prepare(request)
        hello = self.spelling.body(type="hello", streamId="small", sequence=self._sequence)
        await stream.send_str(json.dumps(hello))
        self._subscribers.append(stream)
        async for _ in stream:
            pass
        self._subscribers.remove(stream)
        return stream

    async def _execute(self, order: dict[str, Any]) -> None:
        await asyncio.sleep(DELAY)
        if order["orderStatus"] == "PENDING":
            await self._assign(order, "EXECUTED", "PENDING")

    async def _assign(self, order: dict[str, Any], status: str, previous: str | None) -> None:
        self._sequence += 1
        order |= {"orderStatus": status, "updatedAt": now()}
        order.setdefault("createdAt", order["updatedAt"])
        event = self.spelling.body(
            type="orderStatus",
            sequence=self._sequence,
            orderId=order["orderId"],
            clientOrderId=order["clientOrderId"],
            orderStatus=status,
            previousStatus=previous,
            occurredAt=order["updatedAt"],
        )
        for stream in self._subscribers:
            await stream.send_str(json.dumps(event))

    def _json(self, code: int, values: dict[str, Any], **headers: str) -> web.Response:
        return web.json_response(self.spelling.body(**values), status=code, headers=headers)


ORDER_NAMES = ("clientOrderId", "symbol", "side", "quantity")


@contextmanager
def small_server(spelling: Spelling) -> Iterator[str]:
    """Runs a server on a free port of the loopback; gives its address."""
    server = SmallServer(spelling)
    with in_a_thread(server):
        yield server.base_url
