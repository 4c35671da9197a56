"""Cancels that race an execution or each other: exactly one wins, and it alone is published."""

import asyncio
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import (
    AlreadyCancelled,
    CancelPending,
    Order,
    Rejection,
    StatusEvent,
    TooLateToCancel,
)
from app.exchange import InMemoryOrderStore, Publish
from tests.app.market import CANCELLED, EXECUTED, EXECUTION, NEW, PENDING, Market
from tests.app.virtual_clock import VirtualClock, settle

pytestmark = pytest.mark.anyio


async def test_a_cancel_before_the_execution_wins(market: Market) -> None:
    order = await market.placed()
    await market.clock.advance(EXECUTION - 0.001)
    await market.exchange.cancel(order.order_id, market.delay(0))
    await market.clock.advance(10)
    assert market.statuses() == [PENDING, CANCELLED]


async def test_a_cancel_wins_on_arrival_however_long_its_answer_takes(market: Market) -> None:
    order = await market.placed()
    await market.clock.advance(EXECUTION - 0.001)
    cancelling = market.cancelling(order, seconds=5)
    await market.clock.advance(4.999)
    assert market.statuses() == [PENDING]
    assert await market.status(order) is PENDING
    await market.clock.advance(0.001)
    await cancelling
    assert market.statuses() == [PENDING, CANCELLED]


async def test_a_cancel_after_the_execution_is_too_late(market: Market) -> None:
    order = await market.placed()
    await market.clock.advance(EXECUTION)
    with pytest.raises(TooLateToCancel):
        await market.exchange.cancel(order.order_id, market.delay(0))
    assert market.statuses() == [PENDING, EXECUTED]


async def test_at_the_moment_of_execution_a_cancel_that_comes_first_wins(market: Market) -> None:
    order = await market.placed()
    cancelling = market.cancelling(order)
    market.clock.fire_next()
    await market.clock.advance(10)
    await cancelling
    assert market.statuses() == [PENDING, CANCELLED]


@pytest.mark.parametrize("turns", range(4))
async def test_at_the_moment_of_execution_a_cancel_that_comes_second_is_too_late(
    market: Market, turns: int
) -> None:
    order = await market.placed()
    market.clock.fire_next()
    for _ in range(turns):
        await asyncio.sleep(0)
    cancelling = market.cancelling(order)
    await market.clock.advance(10)
    assert isinstance(cancelling.exception(), TooLateToCancel)
    assert market.statuses() == [PENDING, EXECUTED]


async def test_of_two_cancels_the_first_wins_and_the_second_hears_why(market: Market) -> None:
    order = await market.placed()
    first = market.cancelling(order, seconds=0.5)
    await settle()
    with pytest.raises(CancelPending):
        await market.exchange.cancel(order.order_id, market.delay(0))
    await market.clock.advance(0.5)
    await first
    with pytest.raises(AlreadyCancelled):
        await market.exchange.cancel(order.order_id, market.delay(0))
    assert market.statuses() == [PENDING, CANCELLED]


async def test_a_cancel_that_comes_before_the_answer_to_the_order_wins(market: Market) -> None:
    order = await market.exchange.place(NEW, market.delay(0))
    cancelling = market.cancelling(order, seconds=0.5)
    await settle()
    market.exchange.start_execution(order)
    await market.clock.advance(10)
    await cancelling
    assert market.statuses() == [PENDING, CANCELLED]


class RemoteStore(InMemoryOrderStore):
    """Lets others have their turn before and after each access, as one on the network does."""

    def __init__(self, pauses: list[int], max_orders: int, publish: Publish) -> None:
        super().__init__(max_orders, publish)
        self._pauses = pauses

    async def _pause(self) -> None:
        for _ in range(self._pauses.pop() if self._pauses else 0):
            await asyncio.sleep(0)

    async def get(self, order_id: str) -> Order | None:
        await self._pause()
        order = await super().get(order_id)
        await self._pause()
        return order

    async def commit(
        self, expected: Order, new: Order, event: StatusEvent | None = None
    ) -> Order | None:
        await self._pause()
        committed = await super().commit(expected, new, event)
        await self._pause()
        return committed


@given(
    pauses=st.lists(st.integers(0, 4), max_size=20),
    arrivals=st.lists(st.integers(0, 6), min_size=1, max_size=4),
)
async def test_on_any_store_execution_and_cancels_have_one_winner(
    pauses: list[int], arrivals: list[int]
) -> None:
    clock = VirtualClock()
    market = Market(clock, partial(RemoteStore, pauses))
    order = await market.placed()
    clock.fire_next()
    cancels = []
    for turns in arrivals:
        for _ in range(turns):
            await asyncio.sleep(0)
        cancels.append(market.cancelling(order))
    await clock.advance(10)
    outcomes = await asyncio.gather(*cancels, return_exceptions=True)

    final = market.statuses()[1:]
    assert final in ([EXECUTED], [CANCELLED])
    assert [await market.status(order)] == final
    assert market.state_came_first
    assert outcomes.count(None) == (final == [CANCELLED])
    assert all(outcome is None or isinstance(outcome, Rejection) for outcome in outcomes)
