"""The life of an order on a virtual clock: every race, both ways round."""

import asyncio
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.delays import Delay, Delays
from app.domain import (
    AlreadyCancelled,
    CancelPending,
    CapacityReached,
    DuplicateClientOrderId,
    NewOrder,
    Order,
    OrderStatus,
    Refusal,
    Side,
    StatusEvent,
    TooLateToCancel,
    UnknownOrder,
)
from app.exchange import Exchange, InMemoryOrderStore, OrderFilter
from tests.app.virtual_clock import VirtualClock, settle

pytestmark = pytest.mark.anyio

PENDING, EXECUTED, CANCELLED = OrderStatus
EXECUTION = 1.0
NEW = NewOrder("EURUSD", Side.BUY, Decimal(100), "ref")


class Market:
    """An exchange whose executions take exactly one second, and all that it published."""

    def __init__(
        self, clock: VirtualClock, store: InMemoryOrderStore | None = None, max_orders: int = 10
    ) -> None:
        self.clock = clock
        self.store = store or InMemoryOrderStore(max_orders)
        self.events: list[StatusEvent] = []
        self.state_came_first = True
        delays = Delays(EXECUTION, EXECUTION, clock=clock)
        self.exchange = Exchange(self.store, self._publish, delays)

    async def _publish(self, event: StatusEvent) -> None:
        self.events.append(event)
        stored = await self.store.get(event.order_id)
        self.state_came_first &= stored is not None and stored.status is event.status

    def delay(self, seconds: float) -> Delay:
        return Delay(seconds, self.clock)

    async def placed(self, new: NewOrder = NEW) -> Order:
        """An order that was just answered, so that its execution clock runs."""
        order = await self.exchange.place(new, self.delay(0))
        self.exchange.start_execution(order)
        await settle()
        return order

    def cancelling(self, order: Order, seconds: float = 0) -> "asyncio.Task[None]":
        return asyncio.create_task(self.exchange.cancel(order.order_id, self.delay(seconds)))

    async def status(self, order: Order) -> OrderStatus:
        return (await self.exchange.view(order.order_id, self.delay(0))).status

    def statuses(self) -> list[OrderStatus]:
        return [event.status for event in self.events]


@pytest.fixture
def market(clock: VirtualClock) -> Market:
    return Market(clock)


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


async def test_an_order_that_is_not_assigned_yet_is_unknown(market: Market) -> None:
    placing = asyncio.create_task(market.exchange.place(NEW, market.delay(0.5)))
    await settle()
    with pytest.raises(DuplicateClientOrderId) as refused:
        await market.exchange.place(NEW, market.delay(0))
    with pytest.raises(UnknownOrder):
        await market.exchange.cancel(refused.value.order_id, market.delay(0))
    await market.clock.advance(0.5)
    assert (await placing).order_id == refused.value.order_id


async def test_a_reference_is_reserved_on_arrival(market: Market) -> None:
    placing = asyncio.create_task(market.exchange.place(NEW, market.delay(0.5)))
    await settle()
    with pytest.raises(DuplicateClientOrderId) as refused:
        await market.exchange.place(NEW, market.delay(0.1))
    await market.clock.advance(0.5)
    assert refused.value.order_id == (await placing).order_id
    assert refused.value.status is PENDING
    assert len(market.events) == 1


async def test_a_duplicate_hears_the_present_status_of_the_first(market: Market) -> None:
    await market.placed()
    await market.clock.advance(EXECUTION)
    with pytest.raises(DuplicateClientOrderId) as refused:
        await market.exchange.place(NEW, market.delay(0))
    assert refused.value.status is EXECUTED


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


class RemoteStore(InMemoryOrderStore):
    """Lets others have their turn before and after each access, as one on the network does."""

    def __init__(self, pauses: list[int]) -> None:
        super().__init__(max_orders=10)
        self._pauses = pauses

    async def _pause(self) -> None:
        for _ in range(self._pauses.pop() if self._pauses else 0):
            await asyncio.sleep(0)

    async def get(self, order_id: str) -> Order | None:
        await self._pause()
        order = await super().get(order_id)
        await self._pause()
        return order

    async def replace(self, expected: Order, new: Order) -> bool:
        await self._pause()
        replaced = await super().replace(expected, new)
        await self._pause()
        return replaced


@given(
    pauses=st.lists(st.integers(0, 4), max_size=20),
    arrivals=st.lists(st.integers(0, 6), min_size=1, max_size=4),
)
async def test_on_any_store_execution_and_cancels_have_one_winner(
    pauses: list[int], arrivals: list[int]
) -> None:
    clock = VirtualClock()
    market = Market(clock, RemoteStore(pauses))
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
    assert all(outcome is None or isinstance(outcome, Refusal) for outcome in outcomes)


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
