"""The store that replicas share."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import uuid4

from app.domain import CapacityReached, DuplicateClientOrderId, Order, OrderStatus, StatusEvent
from app.domain.rules import plain
from app.exchange import CallTimes, OrderFilter, Page
from app.replicas.engine import Engine
from app.replicas.records import moment, read_order, state_of

# Seconds by which a reservation outlives the longest delay: a busy server is not a dead one.
_LEASE_BEYOND = 10.0
# Seconds that the server that placed an order has before another one carries it out.
_GRACE = 0.25
_OVERDUE_AT_ONCE = 100
# Readers that lag behind find so many events in any case, however short the history is.
_LEAST_EVENTS = 10_000
_ORDER = ("position", "id", "reference", "symbol", "side", "quantity")
_FIELDS = (*_ORDER, "state", "created", "updated")


class RedisOrderStore:
    """An `OrderStore` in Redis: every change is one script, and times are the engine's.

    `longest_delay` in seconds says after which time an order is taken over whose server died.
    """

    def __init__(
        self, engine: Engine, *, max_orders: int, history: int, longest_delay: float
    ) -> None:
        self.engine = engine
        self._max_orders = max_orders
        self.kept = history + _LEAST_EVENTS
        self._lease = _milliseconds(longest_delay + _LEASE_BEYOND)
        self.recovery = _milliseconds(longest_delay)

    @property
    def available(self) -> bool:
        """See `OrderStore`."""
        return self.engine.available

    @property
    def call_times(self) -> CallTimes:
        """See `OrderStore`."""
        return self.engine.call_times

    async def open(self) -> None:
        """See `OrderStore`."""
        await self.engine.open()

    async def close(self) -> None:
        """See `OrderStore`."""
        await self.engine.close()

    async def reserve(self, order_id: str, client_order_id: str | None) -> str:
        """See `OrderStore`."""
        reference = client_order_id or ""
        holder: str | None = await self.engine.run(
            "reserve", order_id, reference, self._max_orders, self._lease
        )
        if holder is None:
            raise CapacityReached(self._max_orders)
        return holder

    async def release(self, order_id: str, client_order_id: str | None) -> None:
        """See `OrderStore`."""
        await self.engine.run("release", order_id, client_order_id or "")

    async def add(self, order: Order, event: StatusEvent) -> Order:  # noqa: ARG002 - it is PENDING
        """See `OrderStore`."""
        reference = order.client_order_id or ""
        wanted = (order.order_id, reference, order.symbol, order.side, plain(order.quantity))
        answer: str = await self.engine.run("add", *wanted, self.kept, self.recovery)
        if not answer.isdecimal():  # the id of another order
            raise DuplicateClientOrderId(answer, OrderStatus.PENDING)
        return replace(order, created_at=moment(answer), updated_at=moment(answer))

    async def get(self, order_id: str) -> Order | None:
        """See `OrderStore`."""
        found = await self._fields_of(order_id)
        return read_order(found)[1] if found else None

    async def commit(
        self, expected: Order, new: Order, event: StatusEvent | None = None
    ) -> Order | None:
        """See `OrderStore`."""
        change = (state_of(expected), state_of(new), new.status, str(uuid4()))
        told = "told" if event else ""
        updated: str | None = await self.engine.run(
            "commit", new.order_id, *change, told, self.kept, self.recovery
        )
        return None if updated is None else replace(new, updated_at=moment(updated))

    async def schedule(self, order: Order, seconds: float) -> None:
        """See `OrderStore`."""
        await self.engine.run("schedule", order.order_id, _milliseconds(seconds))

    async def overdue(self) -> list[Order]:
        """See `OrderStore`."""
        found = await self.engine.run("overdue", _milliseconds(_GRACE), _OVERDUE_AT_ONCE)
        return [read_order(fields)[1] for fields in found]

    async def counts(self) -> dict[OrderStatus, int]:
        """See `OrderStore`."""
        index = f"{self.engine.space}index:*:"
        asked = [self.engine.call("ZCARD", index + status) for status in OrderStatus]
        return dict(zip(OrderStatus, await asyncio.gather(*asked), strict=True))

    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        """See `OrderStore`."""
        found = [read_order(fields) for fields in await self._find(wanted, after, limit + 1)]
        shown = found[:limit]
        next_after = shown[-1][0] if len(found) > limit else None
        return Page(tuple(order for _, order in shown), next_after)

    async def _find(self, wanted: OrderFilter, after: int, count: int) -> Any:
        if wanted.client_order_id is None:
            index = (wanted.symbol or "*", wanted.status or "*")
            return await self.engine.run("page", *index, after, count)
        key = f"{self.engine.space}reference:{wanted.client_order_id}"
        found = await self._fields_of(await self.engine.call("GET", key) or "")
        if not found:
            return []
        position, order = read_order(found)
        return [found] if position > after and wanted.lets_pass(order) else []

    async def _fields_of(self, order_id: str) -> list[str] | None:
        key = f"{self.engine.space}order:{order_id}"
        fields: list[str] = await self.engine.call("HMGET", key, *_FIELDS)
        return fields if fields[0] else None


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
