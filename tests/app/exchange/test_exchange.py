"""The life of an order on a virtual clock."""

import asyncio
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import (
    CapacityReached,
    DuplicateClientOrderId,
    NewOrder,
    Side,
    UnknownOrder,
)
from app.exchange import OrderFilter
from tests.app.market import CANCELLED, EXECUTED, EXECUTION, NEW, PENDING, Market
from tests.app.virtual_clock import VirtualClock, settle

pytestmark = pytest.mark.anyio


async def test_an_order_is_assigned_pending_after_the_delay(market: Market) -> None:
    placing = asyncio.create_task(market.exchange.place(NEW, market.delay(0.5)))
    await market.clock.advance(0.499)
    assert market.events == []
    await market.clock.advance(0.001)
    order = await placing
    assert order.created_at == order.updated_at == market.clock.now()
    assert market.statuses() == [PENDING]


async def test_the_execution_clock_starts_only_after_the_answer(market: Market) -> None:
    order = await market.exchange.place(NEW, market.delay(0))
    await market.clock.advance(10)
    assert market.statuses() == [PENDING]
    market.exchange.start_execution(order)
    await market.clock.advance(EXECUTION)
    assert market.statuses() == [PENDING, EXECUTED]
    assert market.state_came_first


async def test_events_tell_what_was_before_and_when(market: Market) -> None:
    order = await market.placed()
    await market.clock.advance(EXECUTION)
    pending, executed = market.events
    assert (pending.previous_status, executed.previous_status) == (None, PENDING)
    assert executed.occurred_at - pending.occurred_at == timedelta(seconds=EXECUTION)
    shown = await market.exchange.view(order.order_id, market.delay(0))
    assert executed.occurred_at == shown.updated_at


async def test_an_order_that_is_not_assigned_yet_is_unknown(market: Market) -> None:
    placing = asyncio.create_task(market.exchange.place(NEW, market.delay(0.5)))
    await settle()
    with pytest.raises(DuplicateClientOrderId) as rejected:
        await market.exchange.place(NEW, market.delay(0))
    with pytest.raises(UnknownOrder):
        await market.exchange.cancel(rejected.value.order_id, market.delay(0))
    await market.clock.advance(0.5)
    assert (await placing).order_id == rejected.value.order_id


async def test_a_reference_is_reserved_on_arrival(market: Market) -> None:
    placing = asyncio.create_task(market.exchange.place(NEW, market.delay(0.5)))
    await settle()
    with pytest.raises(DuplicateClientOrderId) as rejected:
        await market.exchange.place(NEW, market.delay(0.1))
    await market.clock.advance(0.5)
    assert rejected.value.order_id == (await placing).order_id
    assert rejected.value.status is PENDING
    assert len(market.events) == 1


async def test_a_duplicate_hears_the_present_status_of_the_first(market: Market) -> None:
    await market.placed()
    await market.clock.advance(EXECUTION)
    with pytest.raises(DuplicateClientOrderId) as rejected:
        await market.exchange.place(NEW, market.delay(0))
    assert rejected.value.status is EXECUTED


async def test_capacity_counts_orders_on_their_way(clock: VirtualClock) -> None:
    market = Market(clock, max_orders=1)
    placing = asyncio.create_task(market.exchange.place(NEW, market.delay(0.5)))
    await settle()
    with pytest.raises(CapacityReached):
        await market.exchange.place(
            NewOrder("EURUSD", Side.BUY, Decimal(1), "other"), market.delay(0)
        )
    await clock.advance(0.5)
    assert (await placing).client_order_id == "ref"


async def test_an_interrupted_order_leaves_no_trace(market: Market) -> None:
    placing = asyncio.create_task(market.exchange.place(NEW, market.delay(0.5)))
    await settle()
    placing.cancel()
    await market.clock.advance(10)
    assert market.events == []
    assert (await market.placed()).client_order_id == "ref"


async def test_an_interrupted_cancel_is_completed(market: Market) -> None:
    order = await market.placed()
    cancelling = market.cancelling(order, seconds=0.5)
    await settle()
    cancelling.cancel()
    await market.clock.advance(10)
    assert market.statuses() == [PENDING, CANCELLED]


async def test_reading_waits_and_then_reads(market: Market) -> None:
    order = await market.placed()
    viewing = asyncio.create_task(market.exchange.view(order.order_id, market.delay(EXECUTION)))
    paging = asyncio.create_task(
        market.exchange.page(OrderFilter(), 0, 10, market.delay(EXECUTION))
    )
    await market.clock.advance(EXECUTION)
    await settle()
    assert (await viewing).status is EXECUTED
    assert [shown.status for shown in (await paging).orders] == [EXECUTED]


async def test_a_closed_exchange_executes_no_more(market: Market) -> None:
    order = await market.placed()
    late = await market.exchange.place(NewOrder("EURUSD", Side.BUY, Decimal(1)), market.delay(0))
    market.exchange.close()
    market.exchange.start_execution(late)
    await market.clock.advance(10)
    assert await market.status(order) is PENDING
    assert await market.status(late) is PENDING


@given(st.lists(st.floats(0, 3), min_size=1, max_size=6))
async def test_each_order_has_its_own_clock(starts: list[float]) -> None:
    clock = VirtualClock()
    market = Market(clock)
    placed = {}
    for early, late in pairwise([0.0, *sorted(starts)]):
        await clock.advance(late - early)
        order = await market.placed(NewOrder("EURUSD", Side.SELL, Decimal(1)))
        placed[order.order_id] = clock.now()
    await clock.advance(10)
    executed = {e.order_id: e.occurred_at for e in market.events if e.status is EXECUTED}
    assert executed.keys() == placed.keys()
    for order_id, at in placed.items():
        assert abs((executed[order_id] - at).total_seconds() - EXECUTION) < 1e-5
