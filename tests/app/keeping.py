"""Where a server's state can live, for tests that hold wherever it does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from typing import Protocol
from uuid import uuid4

from app.domain import NewOrder, Order, Side, StatusEvent
from app.exchange import InMemoryOrderStore, OrderStore
from app.feed import Feed, InMemoryFeed, Subscription

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


def numbered(sequence: int, event: StatusEvent) -> str:
    """An event as its number and status."""
    return f"{sequence} {event.status}"


@dataclass
class State:
    """A store and the feed that tells of its changes."""

    store: OrderStore
    feed: Feed
    _numbers: "count[int]" = field(default_factory=count)

    async def add(self, symbol: str = "EURUSD") -> Order:
        """A new PENDING order with the reference `ref-0`, `ref-1` and so on."""
        new = NewOrder(symbol, Side.BUY, Decimal("1.5"), f"ref-{next(self._numbers)}")
        order = Order.pending(str(uuid4()), new, NOON)
        await self.store.reserve(order.order_id, order.client_order_id)
        return await self.store.add(order, StatusEvent.of(order, None))

    async def publish(self, events: int) -> None:
        for _ in range(events):
            await self.add()


class Keeping(Protocol):
    """Makes states that know nothing of one another."""

    def __call__(
        self, *, max_orders: int = 10_000, history: int = 100, queue_size: int = 100
    ) -> AbstractAsyncContextManager[State]: ...


@asynccontextmanager
async def in_memory(
    *, max_orders: int = 10_000, history: int = 100, queue_size: int = 100
) -> AsyncIterator[State]:
    feed = InMemoryFeed(numbered, history=history, queue_size=queue_size)
    yield State(InMemoryOrderStore(max_orders, feed.publish), feed)


@dataclass
class InRedis:
    """At one address; each state has keys of its own."""

    address: str
    longest_delay: float = 1.0

    @asynccontextmanager
    async def __call__(
        self, *, max_orders: int = 10_000, history: int = 100, queue_size: int = 100
    ) -> AsyncIterator[State]:
        async with self.replica(f"{uuid4()}:", max_orders, history, queue_size) as state:
            yield state

    @asynccontextmanager
    async def replica(
        self, space: str, max_orders: int = 10_000, history: int = 100, queue_size: int = 100
    ) -> AsyncIterator[State]:
        """One of those that share a space."""
        from app.replicas import Engine, RedisFeed, RedisOrderStore

        engine = Engine(self.address, space)
        store = RedisOrderStore(
            engine, max_orders=max_orders, history=history, longest_delay=self.longest_delay
        )
        feed = RedisFeed(engine, numbered, history=history, queue_size=queue_size)
        await store.open()
        await feed.open()
        try:
            yield State(store, feed)
        finally:
            await feed.close()
            await store.close()


async def received(subscription: Subscription, events: int) -> list[int]:
    """The numbers of the next frames; fails rather than waits for one that is not there."""
    sequences = []
    for _ in range(events):
        async with asyncio.timeout(10):
            [frame] = await subscription.batch(1)
        assert frame.text.startswith(f"{frame.sequence} ")
        sequences.append(frame.sequence)
    return sequences
