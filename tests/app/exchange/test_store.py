"""Any store: reservations, compare-and-set, and walks along a list that changes meanwhile."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import CapacityReached, Order, OrderStatus, StatusEvent
from app.exchange import OrderFilter, OrderStore
from tests.app.keeping import NOON, Keeping, State, received

pytestmark = pytest.mark.anyio

PENDING, EXECUTED, CANCELLED = OrderStatus
SYMBOLS = ("EURUSD", "GBPUSD")


class Book:
    """The orders in a store, oldest first."""

    def __init__(self, state: State) -> None:
        self.store = state.store
        self.orders: list[Order] = []
        self._state = state

    async def add(self, symbol: str = "EURUSD") -> Order:
        self.orders.append(await self._state.add(symbol))
        return self.orders[-1]

    async def finish(self, choice: int, status: OrderStatus) -> None:
        """Executes or cancels the chosen one of the orders that are still pending, if any is."""
        pending = [at for at, order in enumerate(self.orders) if order.status is PENDING]
        if pending:
            at = pending[choice % len(pending)]
            order = self.orders[at]
            changed = await commit(self.store, order, order.assign(status, NOON))
            assert changed is not None
            self.orders[at] = changed


async def commit(store: OrderStore, order: Order, changed: Order) -> Order | None:
    return await store.commit(order, changed, StatusEvent.of(changed, order.status))


def passes(order: Order, wanted: OrderFilter) -> bool:
    return all(
        choice in (None, value)
        for choice, value in (
            (wanted.status, order.status),
            (wanted.symbol, order.symbol),
            (wanted.client_order_id, order.client_order_id),
        )
    )


filters = st.builds(
    OrderFilter,
    status=st.none() | st.sampled_from(OrderStatus),
    symbol=st.none() | st.sampled_from(SYMBOLS),
    client_order_id=st.none() | st.sampled_from(["ref-0", "ref-3", "ref-999"]),
)
changes = st.tuples(
    st.sampled_from(["add", EXECUTED, CANCELLED]), st.integers(0, 50), st.sampled_from(SYMBOLS)
)


async def change(book: Book, kind: str | OrderStatus, choice: int, symbol: str) -> None:
    if isinstance(kind, OrderStatus):
        await book.finish(choice, kind)
    else:
        await book.add(symbol)


@given(
    before=st.lists(changes, max_size=20),
    wanted=filters,
    limit=st.integers(1, 5),
    meanwhile=st.lists(st.lists(changes, max_size=3), max_size=8),
)
@settings(max_examples=10)
async def test_a_walk_meets_each_order_that_was_there_exactly_once(
    keeping: Keeping,
    before: list[tuple[str, int, str]],
    wanted: OrderFilter,
    limit: int,
    meanwhile: list[list[tuple[str, int, str]]],
) -> None:
    async with keeping() as state:
        book = Book(state)
        for kind, choice, symbol in before:
            await change(book, kind, choice, symbol)
        there_at_first = {order.order_id for order in book.orders if passes(order, wanted)}

        met: list[str] = []
        after: int | None = 0
        while after is not None:
            page = await book.store.page(wanted, after, limit)
            assert len(page.orders) <= limit
            assert all(passes(order, wanted) for order in page.orders)
            met += [order.order_id for order in page.orders]
            after = page.next_after
            for kind, choice, symbol in meanwhile.pop() if meanwhile else []:
                await change(book, kind, choice, symbol)

    there_at_last = {order.order_id for order in book.orders if passes(order, wanted)}
    assert len(met) == len(set(met))
    assert there_at_first & there_at_last <= set(met)
    assert met == [order.order_id for order in book.orders if order.order_id in set(met)]


async def test_a_full_last_page_has_no_next(keeping: Keeping) -> None:
    async with keeping() as state:
        added = [await state.add() for _ in range(4)]
        first = await state.store.page(OrderFilter(), 0, 2)
        assert first.next_after is not None
        second = await state.store.page(OrderFilter(), first.next_after, 2)
    assert second.next_after is None
    assert [*first.orders, *second.orders] == added


async def test_a_search_by_reference_heeds_the_position_too(keeping: Keeping) -> None:
    async with keeping() as state:
        order = await state.add()
        wanted = OrderFilter(client_order_id=order.client_order_id)
        assert (await state.store.page(wanted, 0, 10)).orders == (order,)
        assert (await state.store.page(wanted, 1, 10)).orders == ()


async def test_an_order_is_kept_as_it_was_added(keeping: Keeping) -> None:
    async with keeping() as state:
        order = await state.add()
        assert order.status is PENDING
        assert order.created_at == order.updated_at
        assert await state.store.get(order.order_id) == order


async def test_an_order_changes_only_from_what_was_expected(keeping: Keeping) -> None:
    async with keeping() as state:
        subscription = await state.feed.subscribe()
        order = await state.add()
        executed = await commit(state.store, order, order.assign(EXECUTED, order.updated_at))
        assert executed is not None
        assert executed.status is EXECUTED
        assert await commit(state.store, order, order.assign(CANCELLED, NOON)) is None
        assert await state.store.get(order.order_id) == executed
        await state.add()
        assert await received(subscription, 3) == [1, 2, 3], "what is not done is not told"


async def test_a_change_without_an_event_is_not_published(keeping: Keeping) -> None:
    async with keeping() as state:
        order = await state.add()
        subscription = await state.feed.subscribe()
        accepted = order.accept_cancel()
        assert await state.store.commit(order, accepted) == accepted
        assert await state.store.get(order.order_id) == accepted
        cancelled = await commit(state.store, accepted, accepted.assign(CANCELLED, NOON))
        assert cancelled is not None
        async with asyncio.timeout(10):
            [frame] = await subscription.batch(1)
        assert frame.text == "2 CANCELLED"


async def test_of_many_changes_at_once_one_takes_place(keeping: Keeping) -> None:
    async with keeping() as state:
        order = await state.add()
        wanted = [order.assign(status, NOON) for status in (EXECUTED, CANCELLED) * 5]
        done = await asyncio.gather(*(commit(state.store, order, each) for each in wanted))
        winners = [each for each in done if each is not None]
        assert [await state.store.get(order.order_id)] == winners


async def test_an_unknown_order_cannot_be_replaced(keeping: Keeping) -> None:
    async with keeping() as other:
        order = await other.add()
    async with keeping() as state:
        assert await commit(state.store, order, order.assign(EXECUTED, NOON)) is None
        assert await state.store.get(order.order_id) is None


async def test_a_reference_belongs_to_whoever_reserved_it_first(keeping: Keeping) -> None:
    async with keeping() as state:
        assert await state.store.reserve("one", "ref") == "one"
        assert await state.store.reserve("two", "ref") == "one"
        await state.store.release("one", "ref")
        assert await state.store.reserve("two", "ref") == "two"


async def test_orders_without_a_reference_never_collide(keeping: Keeping) -> None:
    async with keeping() as state:
        assert await state.store.reserve("one", None) == "one"
        assert await state.store.reserve("two", None) == "two"


async def test_reservations_take_room_and_give_it_back(keeping: Keeping) -> None:
    async with keeping(max_orders=1) as state:
        await state.store.reserve("one", None)
        with pytest.raises(CapacityReached):
            await state.store.reserve("two", None)
        await state.store.release("one", None)
        assert await state.store.reserve("two", None) == "two"


async def test_a_duplicate_is_told_so_even_when_there_is_no_room(keeping: Keeping) -> None:
    async with keeping(max_orders=1) as state:
        await state.store.reserve("one", "ref")
        assert await state.store.reserve("two", "ref") == "one"
