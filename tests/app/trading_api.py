"""The app without a socket, on a virtual clock."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
from starlette.types import ASGIApp

from app.delays import Delays
from app.exchange import InMemoryOrderStore, OrderStore, Publish
from app.settings import Settings
from app.wiring import Parts, create_app
from tests.app.virtual_clock import VirtualClock, settle

ANSWER = 0.5
EXECUTION = 10.0

ORDER = {"symbol": "EURUSD", "side": "BUY", "quantity": "100.5"}


class ChosenDelays(Delays):
    """Draws what it was told last."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__(0, 0, clock=clock)

    def choose(self, seconds: float) -> None:
        self.minimum = self.maximum = seconds


def as_it_is(app: ASGIApp) -> ASGIApp:
    return app


class TradingApi:
    """Answers take exactly `ANSWER` seconds, executions `EXECUTION`."""

    def __init__(
        self,
        clock: VirtualClock,
        wrap: Callable[[ASGIApp], ASGIApp] = as_it_is,
        store: Callable[[int, Publish], OrderStore] = InMemoryOrderStore,
        **settings: object,
    ) -> None:
        self.clock = clock
        self.delays = ChosenDelays(clock)
        parts = Parts(clock=lambda: clock, delays=lambda *_, **__: self.delays, store=store)
        self.app = create_app(Settings.model_validate(settings), parts)
        transport = httpx.ASGITransport(wrap(self.app))
        self._client = httpx.AsyncClient(transport=transport, base_url="http://test")

    async def send(self, method: str, path: str, **content: Any) -> "asyncio.Task[httpx.Response]":
        """Lets a request arrive."""
        self.delays.choose(ANSWER)
        answer = asyncio.create_task(self._client.request(method, path, **content))
        await settle()
        self.delays.choose(EXECUTION)
        return answer

    async def ask(self, method: str, path: str, **content: Any) -> httpx.Response:
        """The answer, after its delay."""
        answer = await self.send(method, path, **content)
        await self.clock.advance(ANSWER)
        async with asyncio.timeout(5):
            return await answer

    async def place(self, **fields: object) -> dict[str, Any]:
        """A new order, just answered."""
        answer = await self.ask("POST", "/orders", json=ORDER | fields)
        assert answer.status_code == 201, answer.text
        order: dict[str, Any] = answer.json()
        return order
