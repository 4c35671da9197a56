"""The goodbye between a stop signal and the web server's own handler."""

import asyncio
import signal
from collections.abc import Iterator

import pytest

from app.shutdown import before_stopping

pytestmark = pytest.mark.anyio


class Stops:
    """What happened, in its order, and a farewell that takes as long as the test wants."""

    def __init__(self) -> None:
        self.happened: list[str] = []
        self.handled = asyncio.Event()
        self.farewell_may_end = asyncio.Event()

    def handle(self, _number: int, _frame: object) -> None:
        self.happened.append("server stops")
        self.handled.set()

    async def farewell(self) -> None:
        self.happened.append("farewell")
        await self.farewell_may_end.wait()
        self.happened.append("farewell said")


@pytest.fixture
def stops() -> Iterator[Stops]:
    """Stands in for the web server, which has a handler for the signal."""
    stops = Stops()
    before = signal.signal(signal.SIGTERM, stops.handle)
    yield stops
    signal.signal(signal.SIGTERM, before)


async def test_the_server_stops_after_the_farewell(stops: Stops) -> None:
    with before_stopping(stops.farewell):
        signal.raise_signal(signal.SIGTERM)
        stops.farewell_may_end.set()
        async with asyncio.timeout(5):
            await stops.handled.wait()
    assert stops.happened == ["farewell", "farewell said", "server stops"]


async def test_a_second_signal_stops_the_server_at_once(stops: Stops) -> None:
    with before_stopping(stops.farewell):
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
        async with asyncio.timeout(5):
            await stops.handled.wait()
        assert "farewell said" not in stops.happened
        stops.farewell_may_end.set()


async def test_a_server_without_signals_keeps_its_handlers(stops: Stops) -> None:
    with before_stopping(stops.farewell):
        pass
    signal.raise_signal(signal.SIGTERM)
    assert stops.happened == ["server stops"]


async def test_outside_the_main_thread_signals_are_left_alone(stops: Stops) -> None:
    async def serve() -> None:
        with before_stopping(stops.farewell):
            assert signal.getsignal(signal.SIGTERM) == stops.handle

    await asyncio.to_thread(asyncio.run, serve())
