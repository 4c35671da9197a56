"""What the servers of this folder do alike: routes, subscribers, the command line."""

import argparse
import asyncio
import json
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from aiohttp import WSMsgType, web

from tests.dialects.exchange import Event, Exchange, Fault, Refused

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
PLAIN = re.compile(r"-?\d+(\.\d+)?(e\d{1,3})?", re.ASCII)
MOST = Decimal(1_000_000_000)


def json_answer(code: int, document: object) -> web.Response:
    return web.Response(
        status=code, text=json.dumps(document, default=str), content_type="application/json"
    )


async def object_in(request: web.Request) -> dict[str, Any]:
    """The object in the body. Raises Refused."""
    try:
        document = json.loads(await request.read(), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Refused("malformed") from None
    if not isinstance(document, dict):
        raise Refused("invalid", "an order is an object")
    return document


def _no_constant(text: str) -> None:
    raise ValueError(text)


def quantity_in(value: object, exchange: Exchange, *, whole: bool = False) -> Decimal:
    """The quantity. Raises Refused unless it is a number above 0."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Refused("invalid", "quantity is a number")
    require(not isinstance(value, str) or PLAIN.fullmatch(value), "quantity is a number")
    quantity = Decimal(str(value))
    least = Decimal(0) if exchange.fault is Fault.ACCEPTS_ZERO else Decimal("1e-8")
    if not quantity.is_finite() or not least <= quantity <= MOST or (whole and quantity % 1):
        raise Refused("invalid", "quantity is above 0")
    return quantity


def require(holds: object, about: str) -> None:
    """Raises Refused unless it holds."""
    if not holds:
        raise Refused("invalid", about)


def text_in(value: object, what: str) -> str:
    """A text that can be sent on. Raises Refused."""
    if not isinstance(value, str) or not 0 < len(value) <= 64 or not value.isprintable():
        raise Refused("invalid", f"{what} is a text")
    return value


class Subscribers:
    """Sends frames to whoever is connected; `frame` makes one of an event."""

    def __init__(
        self,
        exchange: Exchange,
        frame: Callable[[Event], object],
        greeting: Callable[[], object | None] = lambda: None,
        ticks: float = 0,
    ) -> None:
        self._exchange = exchange
        self._frame = frame
        self._greeting = greeting
        self._ticks = ticks

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, until its end."""
        stream = web.WebSocketResponse(max_msg_size=64 * 1024, heartbeat=15)
        waiting: asyncio.Queue[Event] = asyncio.Queue()
        stop = self._exchange.listen(waiting.put_nowait)
        await stream.prepare(request)
        tasks = []
        try:
            if (greeting := self._greeting()) is not None:
                await stream.send_str(json.dumps(greeting))
            tasks = [asyncio.create_task(self._send(stream, waiting))]
            if self._ticks:
                tasks.append(asyncio.create_task(self._tick(stream)))
            async for message in stream:
                if message.type in (WSMsgType.CLOSE, WSMsgType.ERROR):
                    break
        finally:
            stop()
            for task in tasks:
                task.cancel()
        return stream

    async def _send(self, stream: web.WebSocketResponse, waiting: "asyncio.Queue[Event]") -> None:
        while True:
            event = await waiting.get()
            await stream.send_str(json.dumps(self._frame(event), default=str))

    async def _tick(self, stream: web.WebSocketResponse) -> None:
        while True:
            await asyncio.sleep(self._ticks)
            await stream.send_str(json.dumps({"tick": 1.0875}))


@dataclass(frozen=True)
class Routes:
    """Method and path of each request."""

    place: tuple[str, str]
    view: tuple[str, str]
    cancel: tuple[str, str]
    listed: tuple[str, str]


class SmallServer(ABC):
    """A server that spells things in its own way."""

    routes: ClassVar[Routes]
    stream: ClassVar[str]

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange

    @abstractmethod
    async def place(self, request: web.Request) -> web.Response: ...

    @abstractmethod
    async def view(self, request: web.Request) -> web.Response: ...

    @abstractmethod
    async def cancel(self, request: web.Request) -> web.Response: ...

    @abstractmethod
    async def listed(self, request: web.Request) -> web.Response: ...

    @abstractmethod
    def refusal(self, refused: Refused) -> web.Response: ...

    @abstractmethod
    def subscribers(self) -> Subscribers: ...

    def application(self) -> web.Application:
        application = web.Application(client_max_size=0)
        for name in ("place", "view", "cancel", "listed"):
            method, path = getattr(self.routes, name)
            application.router.add_route(method, path, self._refusing(getattr(self, name)))
        application.router.add_get(self.stream, self.subscribers().serve)
        return application

    def _refusing(self, handler: Handler) -> Handler:
        """What is refused before the exchange is asked is told after the delay, too."""

        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                return await handler(request)
            except Refused as refused:
                if refused.reason in ("malformed", "invalid"):
                    await self.exchange.delay()
                return self.refusal(refused)

        return handle


def main(server: type[SmallServer]) -> None:
    """Serves until it is stopped; prints the address first."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--fault", type=lambda name: Fault[name], default=Fault.NONE)
    options = parser.parse_args()
    delays = (
        float(os.environ.get("TRADING_DELAY_MIN", "0.1")),
        float(os.environ.get("TRADING_DELAY_MAX", "1.0")),
    )
    asyncio.run(_serve(server(Exchange(delays, options.fault)).application()))


async def _serve(application: web.Application) -> None:
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=2048).start()
    host, port = runner.addresses[0][:2]
    print(f"http://{host}:{port}", flush=True)  # noqa: T201 - how the launcher learns of it
    await asyncio.Event().wait()
