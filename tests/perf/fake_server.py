"""A small trading server in a thread of the test, that can break its promises on demand."""

import asyncio
import json
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.loopback import in_a_thread, now

Json = dict[str, Any]
HELLO = '{"type": "hello", "streamId": "fake", "sequence": 0}'


@dataclass
class Manners:
    """How the server behaves; the defaults keep every promise that a burst looks at.

    `answer` and `events` are given what the server is about to say, and return what it says
    instead. `reject` may give the status with which an order is turned down, `ignore` leaves it
    unanswered. When `hang_up_at` orders are to be answered, the server breaks all connections off.
    """

    delay: float = 0.05
    answer: Callable[[Json], Json] = lambda order: order
    events: Callable[[Json], list[Json]] = lambda event: [event]
    reject: Callable[[Json], int | None] = lambda _: None
    ignore: Callable[[Json], bool] = lambda _: False
    location: Callable[[Json], str] = lambda order: f"/orders/{order['orderId']}"
    greeting: str | None = HELLO
    hang_up_at: int | None = None


@dataclass
class FakeServer:
    """A running server; `connected_at_first` is how many connections the first order found."""

    manners: Manners
    base_url: str = ""
    connected_at_first: int | None = None
    _sequence: int = 0
    _answered: int = 0
    _gone: bool = False
    _subscribers: list[web.WebSocketResponse] = field(default_factory=list)
    _executions: set["asyncio.Task[None]"] = field(default_factory=set)
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, ready: threading.Event) -> None:
        application = web.Application()
        application.router.add_post("/orders", self._place)
        application.router.add_get("/ws", self._follow)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, backlog=1000).start()
        host, port = self._runner.addresses[0][:2]
        self.base_url = f"http://{host}:{port}"
        self._loop = asyncio.get_running_loop()
        ready.set()
        await self._stopped.wait()
        await self._runner.cleanup()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stopped.set)

    async def _follow(self, request: web.Request) -> web.WebSocketResponse:
        stream = web.WebSocketResponse()
        await stream.prepare(request)
        if self.manners.greeting is not None:
            await stream.send_str(self.manners.greeting)
        self._subscribers.append(stream)
        async for _ in stream:
            pass
        self._subscribers.remove(stream)
        return stream

    async def _place(self, request: web.Request) -> web.Response:
        if self.connected_at_first is None:
            self.connected_at_first = len(self._connections())
        draft = await request.json()
        if (status := self.manners.reject(draft)) is not None:
            return web.Response(status=status)
        if self.manners.ignore(draft):
            await self._stopped.wait()
        await asyncio.sleep(self.manners.delay)
        self._answered += 1
        if self._answered == self.manners.hang_up_at:
            self._hang_up()
        order = {**draft, "orderId": str(uuid.uuid4()), "createdAt": now(), "updatedAt": now()}
        await self._assign(order, "PENDING", None)
        self._executions.add(asyncio.create_task(self._execute(order)))
        headers = {"Location": self.manners.location(order)}
        return web.json_response(self.manners.answer(dict(order)), status=201, headers=headers)

    async def _execute(self, order: Json) -> None:
        await asyncio.sleep(self.manners.delay)
        await self._assign(order, "EXECUTED", "PENDING")

    async def _assign(self, order: Json, status: str, previous: str | None) -> None:
        order["orderStatus"] = status
        event = {
            "type": "orderStatus",
            "orderId": order["orderId"],
            "clientOrderId": order["clientOrderId"],
            "orderStatus": status,
            "previousStatus": previous,
            "occurredAt": now(),
        }
        for said in self.manners.events(event):
            await self._publish(said)

    async def _publish(self, event: Json) -> None:
        self._sequence += 1
        for stream in [] if self._gone else self._subscribers:
            await stream.send_str(json.dumps({"sequence": self._sequence, **event}))

    def _hang_up(self) -> None:
        self._gone = True
        for connection in self._connections():
            assert connection.transport is not None
            connection.transport.abort()

    def _connections(self) -> list[Any]:
        assert self._runner.server is not None
        return self._runner.server.connections


@contextmanager
def running(manners: Manners) -> Iterator[FakeServer]:
    """Runs a server with such manners on a free port of the loopback."""
    server = FakeServer(manners)
    with in_a_thread(server):
        yield server
