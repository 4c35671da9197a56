"""The store: reservations, compare-and-set, and walks along a list that changes meanwhile."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import CapacityReached, NewOrder, Order, OrderStatus, Side, StatusEvent
from app.exchange import InMemoryOrderStore, OrderFilter

pytestmark = pytest.mark.anyio

PENDING, EXECUTED, CANCELLED = OrderStatus
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
SYMBOLS = ("EURUSD", "GBPUSD")


class Book:
    """A store and the orders in it, oldest first."""

    def __init__(self) -> None:
        self.store = InMemoryOrderStore(10_000, self._publish)
        self.orders: list[Order] = []
        self.events: list[StatusEvent] = []
        self._numbers = count()

    async def _publish(self, event: StatusEvent) -> None:
        self.events.append(event)

    async def add(self, symbol: str = "EURUSD") -> Order:
        number = next(self._numbers)
        new = NewOrder(symbol, Side.BUY, Decimal(1), f"ref-{number}")
        order = Order.pending(f"id-{number}", new, NOON)
        await self.store.reserve(order.order_id, order.client_order_id)
        await self.store.add(order, StatusEvent.of(order, None))
        self.orders.append(order)
        return order

    async def finish(self, choice: int, status: OrderStatus) -> None:
        """Executes or cancels the chosen one of the orders that are still pending, if any is."""
        pending = [at for at, order in enumerate(self.orders) if order.status is PENDING]
        if pending:
            at = pending[choice % len(pending)]
            changed = self.orders[at].assign(status, NOON)
            assert await self.store.commit(self.orders[at], changed)
            self.orders[at] = changed


def new_store(max_orders: int) -> InMemoryOrderStore:
    async def publish(_event: StatusEvent) -> None:
        raise AssertionError("nothing is to be published")

    return InMemoryOrderStore(max_orders, publish)


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
async def test_a_walk_meets_each_order_that_was_there_exactly_once(
    before: list[tuple[str, int, str]],
    wanted: OrderFilter,
    limit: int,
    meanwhile: list[list[tuple[str, int, str]]],
) -> None:
    book = Book()
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


async def test_a_full_last_page_has_no_next() -> None:
    book = Book()
    for _ in range(4):
        await book.add()
    first = await book.store.page(OrderFilter(), 0, 2)
    assert first.next_after is not None
    second = await book.store.page(OrderFilter(), first.next_after, 2)
    assert second.next_after is None
    assert first.orders + second.orders == tuple(book.orders)


async def test_a_search_by_reference_heeds_the_position_too() -> None:
    book = Book()
    order = await book.add()
    wanted = OrderFilter(client_order_id=order.client_order_id)
    assert (await book.store.page(wanted, 0, 10)).orders == (order,)
    assert (await book.store.page(wanted, 1, 10)).orders == ()


async def test_an_order_changes_only_from_what_was_expected() -> None:
    book = Book()
    order = await book.add()
    executed, cancelled = order.assign(EXECUTED, NOON), order.assign(CANCELLED, NOON)
    assert await book.store.commit(order, executed, StatusEvent.of(executed, PENDING)) == executed
    assert await book.store.commit(order, cancelled, StatusEvent.of(cancelled, PENDING)) is None
    assert await book.store.get(order.order_id) == executed
    assert [event.status for event in book.events] == [PENDING, EXECUTED]


async def test_a_change_without_an_event_is_not_published() -> None:
    book = Book()
    order = await book.add()
    accepted = order.accept_cancel()
    assert await book.store.commit(order, accepted) == accepted
    assert await book.store.get(order.order_id) == accepted
    assert len(book.events) == 1


async def test_an_unknown_order_cannot_be_replaced() -> None:
    order = await Book().add()
    store = new_store(1)
    assert not await store.commit(order, order.assign(EXECUTED, NOON))
    assert await store.get(order.order_id) is None


async def test_a_reference_belongs_to_whoever_reserved_it_first() -> None:
    store = new_store(3)
    assert await store.reserve("one", "ref") == "one"
    assert await store.reserve("two", "ref") == "one"
    await store.release("one", "ref")
    assert await store.reserve("two", "ref") == "two"


async def test_orders_without_a_reference_never_collide() -> None:
    store = new_store(3)
    assert await store.reserve("one", None) == "one"
    assert await store.reserve("two", None) == "two"


async def test_reservations_take_room_and_give_it_back() -> None:
    store = new_store(1)
    await store.reserve("one", None)
    with pytest.raises(CapacityReached):
        await store.reserve("two", None)
    await store.release("one", None)
    assert await store.reserve("two", None) == "two"


async def test_a_duplicate_is_told_so_even_when_there_is_no_room() -> None:
    store = new_store(1)
    await store.reserve("one", "ref")
    assert await store.reserve("two", "ref") == "one"
