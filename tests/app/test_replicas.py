"""Several replicas on one engine: what one does all see, and what happens when parts fail."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest

from app.delays import Delays
from app.domain import DuplicateClientOrderId, NewOrder, OrderStatus, Side, StoreUnavailable
from app.exchange import Exchange, OrderFilter, Takeover
from app.feed import Ending
from app.replicas.address import shown
from cluster.engine import RedisServer
from tests.app.keeping import InRedis, State, received
from tests.app.market import NEW

pytestmark = pytest.mark.anyio

PENDING, EXECUTED, CANCELLED = OrderStatus
SOON = 0.05


@pytest.fixture
def shared(redis_server: RedisServer) -> InRedis:
    return InRedis(redis_server.address, longest_delay=SOON)


@asynccontextmanager
async def two(shared: InRedis) -> AsyncIterator[tuple[State, State]]:
    space = f"{uuid4()}:"
    async with shared.replica(space) as one, shared.replica(space) as other:
        yield one, other


def exchange_of(state: State) -> Exchange:
    return Exchange(state.store, Delays(0, SOON))


async def taken_over(state: State, orders: int) -> None:
    takeover = Takeover(exchange_of(state))
    async with asyncio.timeout(10):
        while takeover.taken_over < orders:
            await takeover.sweep()


async def test_what_one_replica_does_the_other_shows_and_tells(shared: InRedis) -> None:
    async with two(shared) as (one, other):
        heard = await other.feed.subscribe()
        order = await one.add()
        assert await other.store.get(order.order_id) == order
        assert (await other.store.page(OrderFilter(), 0, 10)).orders == (order,)
        assert await received(heard, 1) == [1]


async def test_a_position_is_the_same_at_every_replica(shared: InRedis) -> None:
    async with two(shared) as (one, other):
        for number in range(1, 20):
            await one.publish(1)
            there = await other.feed.subscribe()
            assert there.sequence == number
            here = await one.feed.subscribe(there.sequence)
            assert here.stream_id == there.stream_id


async def test_of_one_reference_at_two_replicas_at_once_one_wins(shared: InRedis) -> None:
    async with two(shared) as states:
        placing = [
            exchange_of(state).place(NEW, Delays(0, SOON).draw()) for state in states for _ in "abc"
        ]
        outcomes = await asyncio.gather(*placing, return_exceptions=True)
    lost = [each for each in outcomes if isinstance(each, DuplicateClientOrderId)]
    assert len(lost) == len(outcomes) - 1


@pytest.mark.parametrize("cancelled", [False, True])
async def test_an_order_whose_replica_died_ends_as_it_was_bound_to(
    shared: InRedis, cancelled: bool
) -> None:
    async with two(shared) as (one, other):
        order = await one.add()
        if cancelled:
            assert await one.store.commit(order, order.accept_cancel())
        await taken_over(other, 1)
        ended = await other.store.get(order.order_id)
        assert ended is not None
        assert ended.status is (CANCELLED if cancelled else EXECUTED)
        assert list(await other.store.overdue()) == []


async def test_an_order_is_not_taken_over_before_it_is_due(shared: InRedis) -> None:
    async with two(shared) as (one, other):
        later, now = await one.add(), await one.add()
        await one.store.schedule(later, 3600)
        await taken_over(other, 1)
        assert await other.store.get(later.order_id) == later
        ended = await other.store.get(now.order_id)
        assert ended is not None
        assert ended.status is EXECUTED


async def test_a_reservation_that_nobody_used_runs_out(shared: InRedis) -> None:
    async with shared() as state:
        object.__setattr__(state.store, "_lease", 20)
        assert await state.store.reserve("one", "ref") == "one"
        async with asyncio.timeout(10):
            while await state.store.reserve("two", "ref") != "two":  # noqa: ASYNC110 - in Redis
                await asyncio.sleep(SOON)


async def test_a_call_that_is_sent_twice_is_done_once(shared: InRedis) -> None:
    """As when the connection breaks after the engine did it and before it said so."""
    async with shared() as state:
        engine = state.store.engine  # type: ignore[attr-defined]  # of the store in Redis
        send = engine._pipeline

        async def send_twice(batch: list[object]) -> object:
            await send(batch)
            return await send(batch)

        engine._pipeline = send_twice
        heard = await state.feed.subscribe()
        order = await state.add()
        accepted = await state.store.commit(order, order.accept_cancel())
        assert accepted is not None, "the second time it is the caller's own cancel"
        ended = await exchange_of(state).assign(accepted, CANCELLED)
        assert ended is not None
        await state.add()
        assert await received(heard, 3) == [1, 2, 3]


async def test_a_call_that_is_sent_again_late_is_still_the_callers_own(shared: InRedis) -> None:
    """As when others take a cancelled order over while the answer to its cancel is lost."""
    async with two(shared) as (one, other):
        order = await one.add()
        engine = one.store.engine  # type: ignore[attr-defined]  # of the store in Redis
        send = engine._pipeline

        async def send_again_later(batch: list[object]) -> object:
            await send(batch)
            await taken_over(other, 1)
            return await send(batch)

        engine._pipeline = send_again_later
        assert await one.store.commit(order, order.accept_cancel()) is not None
        engine._pipeline = send
        ended = await one.store.get(order.order_id)
        assert ended is not None
        assert ended.status is CANCELLED


@asynccontextmanager
async def fragile() -> AsyncIterator[tuple[RedisServer, State]]:
    """An engine of the test's own, which keeps what it has on disk."""
    with TemporaryDirectory() as folder, RedisServer(Path(folder), durable=True) as server:
        async with InRedis(server.address, SOON)() as state:
            yield server, state


def available(state: State) -> bool:
    return state.store.available


async def until_back(state: State) -> None:
    async with asyncio.timeout(20):
        while True:
            try:
                await state.store.get("anything")
                return
            except StoreUnavailable:
                await asyncio.sleep(SOON)


async def test_an_engine_that_restarts_keeps_everything(
    redis_server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    del redis_server  # says whether there is one at all
    async with fragile() as (server, state):
        heard = await state.feed.subscribe()
        order = await state.add()
        server.stop()
        with pytest.raises(StoreUnavailable):
            await state.add()
        assert available(state) is False
        server.start()
        await until_back(state)
        assert available(state) is True
        assert await state.store.get(order.order_id) == order
        await state.add()
        assert await received(heard, 2) == [1, 2], "the subscriber stayed, and nothing was told"
        assert heard.ending is None
        lost, found = caplog.messages
        assert lost.startswith(f"The store at {server.address} is away: ")
        assert found == f"The store at {server.address} is back."


async def test_an_engine_that_stands_still_is_waited_for(redis_server: RedisServer) -> None:
    del redis_server
    async with fragile() as (server, state):
        server.pause()
        with pytest.raises(StoreUnavailable):
            await state.store.reserve("one", "ref")
        server.resume()
        await until_back(state)
        assert await state.store.reserve("two", None) == "two"


async def test_an_engine_that_lost_its_memory_begins_another_stream(
    redis_server: RedisServer,
) -> None:
    del redis_server
    with TemporaryDirectory() as folder, RedisServer(Path(folder)) as server:
        async with InRedis(server.address)() as state:
            heard = await state.feed.subscribe()
            await state.publish(3)
            await received(heard, 3)
            server.kill()
            server.start()
            async with asyncio.timeout(20):
                assert await heard.batch() == []
            assert heard.ending is Ending.STREAM_RESTARTED
            anew = await state.feed.subscribe()
            assert anew.sequence == 0
            assert anew.stream_id != heard.stream_id
            await state.add()
            assert await received(anew, 1) == [1]


async def test_an_execution_that_the_engine_missed_is_made_up_for(
    redis_server: RedisServer,
) -> None:
    del redis_server
    async with fragile() as (server, state):
        exchange = exchange_of(state)
        order = await exchange.place(
            NewOrder("EURUSD", Side.BUY, NEW.quantity), Delays(0, 0).draw()
        )
        server.kill()
        exchange.start_execution(order)
        server.start()
        await until_back(state)
        takeover = Takeover(exchange)
        async with asyncio.timeout(20):
            while (await exchange.find(order.order_id)).status is not EXECUTED:
                await takeover.sweep()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("redis://127.0.0.1:6379", "redis://127.0.0.1:6379"),
        ("rediss://ann:secret@desk.example:6379/2", "rediss://desk.example:6379/2"),
        ("redis://desk.example?username=ann&password=secret", "redis://desk.example"),
        ("unix:///run/redis.sock", "unix:///run/redis.sock"),
        ("unix://ann:secret@/run/redis.sock?db=1", "unix:///run/redis.sock"),
    ],
)
def test_an_address_is_shown_without_user_and_password(address: str, told: str) -> None:
    assert shown(address) == told
