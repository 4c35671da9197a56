import asyncio
import time

import aiohttp
import pytest

from driver import TRADING, Draft, Order
from driver.contract import HttpAnswer
from perf.connections import SocketClock
from perf.subscriber import Subscriber
from tests.perf.fake_server import Manners, running

DRAFT: Draft = {"symbol": "EURUSD", "side": "BUY", "quantity": "1", "reference": "followed"}


async def place(session: aiohttp.ClientSession, base_url: str) -> Order:
    request = TRADING.requests.place(DRAFT)
    async with session.post(
        base_url + request.path, data=request.body, headers=request.headers
    ) as response:
        answer = HttpAnswer("The answer", response.status, response.headers, await response.read())
    order = TRADING.answers.placed(answer)
    assert isinstance(order, Order)
    return order


async def follow_one_order(base_url: str) -> Subscriber:
    """Follows one order in a loop that is kept busy, as by the answers of many others."""
    finished = asyncio.Event()
    async with Subscriber(TRADING, finished.set) as subscriber, aiohttp.ClientSession() as session:
        await subscriber.connect(base_url, patience=5)
        recording = asyncio.create_task(subscriber.record())
        order = await place(session, base_url)
        outstanding = subscriber.outstanding({order.order_id})
        while outstanding():
            time.sleep(0.02)  # noqa: ASYNC251 - keeps the loop from reading
            await asyncio.sleep(0)
        recording.cancel()
    return subscriber


def test_an_event_has_the_time_of_the_read_that_brought_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reads: list[float] = []
    original = SocketClock.data_received

    def noting(clock: SocketClock, data: bytes) -> None:
        original(clock, data)
        reads.append(clock.read_at)

    monkeypatch.setattr(SocketClock, "data_received", noting)
    with running(Manners()) as server:
        subscriber = asyncio.run(follow_one_order(server.base_url))
    received = [each.received for each in subscriber.events]
    assert len(received) == 2
    assert set(received) <= set(reads)


def test_nothing_is_outstanding_of_a_stream_that_has_ended() -> None:
    async def follow_until_the_end() -> int:
        subscriber = Subscriber(TRADING, lambda: None)
        async with subscriber, aiohttp.ClientSession() as session:
            await subscriber.connect(server.base_url, patience=5)
            with pytest.raises(aiohttp.ClientError):
                await place(session, server.base_url)
            await subscriber.record()
            return subscriber.outstanding({"never told"})()

    with running(Manners(hang_up_at=1)) as server:
        assert asyncio.run(follow_until_the_end()) == 0
