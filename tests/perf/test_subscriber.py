import asyncio
import threading
import time
from typing import Any

import aiohttp
import pytest

from driver import TRADING, Draft, Order
from driver.contract import HttpAnswer
from perf.listening import Heard, Listener, Stage
from perf.subscriber import Subscriber
from tests.perf.fake_server import Json, Manners, running

DRAFT: Draft = {"symbol": "EURUSD", "side": "BUY", "quantity": "1", "reference": "followed"}
MANY = 1200  # more than are told at once


async def place(session: aiohttp.ClientSession, base_url: str) -> Order:
    request = TRADING.requests.place(DRAFT)
    async with session.post(
        base_url + request.path, data=request.body, headers=request.headers
    ) as response:
        answer = HttpAnswer("The answer", response.status, response.headers, await response.read())
    order = TRADING.answers.placed(answer)
    assert isinstance(order, Order)
    return order


async def follow_one_order(base_url: str, meanwhile: threading.Event) -> Subscriber:
    """Follows one order in a loop that does nothing until `meanwhile` is set."""
    finished = asyncio.Event()
    async with (
        Subscriber(base_url, TRADING, finished.set) as subscriber,
        aiohttp.ClientSession() as session,
    ):
        await subscriber.connect(patience=5)
        order = await place(session, base_url)
        meanwhile.wait(5)
        await subscriber.catch_up()
        if subscriber.outstanding({order.order_id})():
            recording = asyncio.create_task(subscriber.record())
            await asyncio.wait_for(finished.wait(), 5)
            recording.cancel()
    return subscriber


def test_a_loop_that_is_kept_busy_does_not_falsify_the_times_of_events() -> None:
    executed = threading.Event()

    def noting(event: Json) -> list[Json]:
        if event["orderStatus"] == "EXECUTED":
            executed.set()
        return [event]

    begun = time.perf_counter()
    with running(Manners(delay=0.3, events=noting)) as server:
        subscriber = asyncio.run(follow_one_order(server.base_url, executed))
    pending, final = (each.received for each in subscriber.events)
    assert begun < pending < final < time.perf_counter(), "the processes share one clock"
    assert final - pending > 0.1, "they came 0.3 s apart, and were read here at the same time"


def test_everything_heard_is_read_in_its_order_however_much_it_is() -> None:
    def repeating(event: Json) -> list[Json]:
        other = {**event, "orderId": "00000000-0000-0000-0000-000000000000"}
        return [*[other] * MANY, event]

    told = threading.Event()
    told.set()
    with running(Manners(events=repeating)) as server:
        subscriber = asyncio.run(follow_one_order(server.base_url, told))
    received = [each.received for each in subscriber.events]
    assert [each.event.sequence for each in subscriber.events] == [*range(1, 2 * (MANY + 1) + 1)]
    assert received == sorted(received)


def test_nothing_is_outstanding_of_a_stream_that_has_ended() -> None:
    async def follow_until_the_end() -> int:
        async with (
            Subscriber(server.base_url, TRADING, lambda: None) as subscriber,
            aiohttp.ClientSession() as session,
        ):
            await subscriber.connect(patience=5)
            with pytest.raises(aiohttp.ClientError):
                await place(session, server.base_url)
            await subscriber.catch_up()
            await asyncio.wait_for(subscriber.record(), 5)
            return subscriber.outstanding({"never told"})()

    with running(Manners(hang_up_at=1)) as server:
        assert asyncio.run(follow_until_the_end()) == 0


def test_a_listener_that_dies_is_a_stream_that_has_ended() -> None:
    with running(Manners()) as server:
        url = server.base_url + TRADING.requests.subscribe().path
        listener = Listener(url, {})
        stages: list[Any] = [listener.told(), listener.told()]
        listener.leave()
        assert stages == [Stage(open=False), Stage(open=True)]
        assert listener.told() == Heard((), 1006, 0)
