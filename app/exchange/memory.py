"""The store that lives in this process's memory."""

from app.domain import CapacityReached, Order, OrderStatus, StatusEvent
from app.exchange.index import PositionIndex
from app.exchange.store import OrderFilter, Page, Publish


class InMemoryOrderStore:
    """An `OrderStore` for one server.

    Atomic as long as `publish` does not suspend, which the feed's does not: nothing else here does.
    """

    def __init__(self, max_orders: int, publish: Publish) -> None:
        self.publish = publish
        self.holders: dict[str, str] = {}
        """Client order ids, and the id of the order that each belongs to."""
        self._max_orders = max_orders
        self._reserved: set[str] = set()
        self._orders: dict[str, Order] = {}
        self._positions: dict[str, int] = {}
        self._order_ids: list[str] = []  # at index position - 1
        self._index = PositionIndex()

    @property
    def available(self) -> bool:
        """Always."""
        return True

    @property
    def call_times(self) -> None:
        """Nothing is measured: there is nothing to wait for."""

    async def open(self) -> None:
        """Memory needs no opening."""

    async def close(self) -> None:
        """Nor closing."""

    async def reserve(self, order_id: str, client_order_id: str | None) -> str:
        """See `OrderStore`."""
        if client_order_id in self.holders:
            return self.holders[client_order_id]
        if len(self._orders) + len(self._reserved) >= self._max_orders:
            raise CapacityReached(self._max_orders)
        self._reserved.add(order_id)
        if client_order_id is not None:
            self.holders[client_order_id] = order_id
        return order_id

    async def release(self, order_id: str, client_order_id: str | None) -> None:
        """See `OrderStore`."""
        self._reserved.discard(order_id)
        if client_order_id is not None:
            del self.holders[client_order_id]

    async def add(self, order: Order, event: StatusEvent) -> Order:
        """See `OrderStore`."""
        self._reserved.remove(order.order_id)
        self._order_ids.append(order.order_id)
        position = len(self._order_ids)
        self._orders[order.order_id] = order
        self._positions[order.order_id] = position
        self._index.add(position, order.symbol, order.status)
        await self.publish(event)
        return order

    async def get(self, order_id: str) -> Order | None:
        """See `OrderStore`."""
        return self._orders.get(order_id)

    async def commit(
        self, expected: Order, new: Order, event: StatusEvent | None = None
    ) -> Order | None:
        """See `OrderStore`."""
        if self._orders.get(expected.order_id) != expected:
            return None
        self._orders[new.order_id] = new
        if new.status is not expected.status:
            position = self._positions[new.order_id]
            self._index.move(position, new.symbol, expected.status, new.status)
        if event is not None:
            await self.publish(event)
        return new

    async def schedule(self, order: Order, seconds: float) -> None:
        """Needless: if this server dies, its orders do."""

    async def overdue(self) -> tuple[Order, ...]:
        """None: there is no other server."""
        return ()

    async def counts(self) -> dict[OrderStatus, int]:
        """See `OrderStore`."""
        return {status: self._index.count(status) for status in OrderStatus}

    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        """See `OrderStore`."""
        positions = self._find(wanted, after, limit + 1)
        shown = positions[:limit]
        orders = tuple(self._orders[self._order_ids[position - 1]] for position in shown)
        return Page(orders, shown[-1] if len(positions) > limit else None)

    def _find(self, wanted: OrderFilter, after: int, count: int) -> list[int]:
        if wanted.client_order_id is None:
            return self._index.after(after, count, wanted.symbol, wanted.status)
        order = self._orders.get(self.holders.get(wanted.client_order_id, ""))
        if order is None or not wanted.lets_pass(order):
            return []
        position = self._positions[order.order_id]
        return [position] if position > after else []
