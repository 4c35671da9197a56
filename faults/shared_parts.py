"""The parts of faulty servers that share a store. They need app/requirements-replicas.txt."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from redis.exceptions import RedisError

from app.domain import Order, StatusEvent, StoreUnavailable
from app.exchange import OrderFilter, Page
from app.feed import Frame, Subscription
from app.replicas import RedisFeed, RedisOrderStore

_PLACED_HERE: set[str] = set()


class NotesItsOrders(RedisOrderStore):
    """Knows which orders were placed at this server."""

    async def add(self, order: Order, event: StatusEvent) -> Order:
        """Notes the order before it is announced."""
        _PLACED_HERE.add(order.order_id)
        return await super().add(order, event)


class TellsOfItsOrders(RedisFeed):
    """Hands out no event of other servers' orders."""

    def hand_out(self, frame: Frame) -> None:
        """Drops the event of any other order."""
        if json.loads(frame.text)["orderId"] in _PLACED_HERE:
            super().hand_out(frame)


class ListsItsOrders(NotesItsOrders):
    """Leaves other servers' orders out of its lists."""

    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        """What is left of the page."""
        page = await super().page(wanted, after, limit)
        return Page(tuple(each for each in page.orders if each.order_id in _PLACED_HERE), None)


class ReservesForItself(RedisOrderStore):
    """Keeps references where no other server looks for them."""

    def __init__(self, *parts: Any, **options: Any) -> None:
        super().__init__(*parts, **options)
        self._own = f"{uuid4()}:"

    async def reserve(self, order_id: str, client_order_id: str | None) -> str:
        """Reserves a reference of this server's own, and lets anybody overwrite the real one."""
        return await super().reserve(order_id, client_order_id and self._own + client_order_id)

    async def add(self, order: Order, event: StatusEvent) -> Order:
        """Takes the reference from whoever has it."""
        await self.engine.call("DEL", f"{self.engine.space}reference:{order.client_order_id}")
        return await super().add(order, event)


class TakesNothingOver(RedisOrderStore):
    """Leaves the orders of servers that died."""

    async def overdue(self) -> list[Order]:
        """Sees none."""
        return []


class ChangesWithoutCompare(RedisOrderStore):
    """Looks at the order, and then replaces whatever is there."""

    async def commit(
        self, expected: Order, new: Order, event: StatusEvent | None = None
    ) -> Order | None:
        """Expects what it finds."""
        present = await self.get(new.order_id) or expected
        return await super().commit(present, new, event)


class ResumesFromItsPosition(RedisFeed):
    """Lets everybody go on with what happens from now on."""

    async def subscribe(self, since: int | None = None) -> Subscription:  # noqa: ARG002 - ignored
        """Replays nothing."""
        return await super().subscribe(None)


class StaysAway(RedisOrderStore):
    """Does not notice that the store is back."""

    lost = False

    @property
    def available(self) -> bool:
        """Never again."""
        return super().available and not self.lost

    async def reserve(self, order_id: str, client_order_id: str | None) -> str:
        """Notes that the store is away."""
        if self.lost:
            raise StoreUnavailable
        try:
            return await super().reserve(order_id, client_order_id)
        except StoreUnavailable:
            self.lost = True
            raise


class DeafAfterwards(RedisFeed):
    """Reads no more once it has lost the store."""

    async def read(self, connection: Any) -> None:
        """Gives up with the first connection."""
        try:
            await super().read(connection)
        except (RedisError, OSError, StoreUnavailable):
            self.closing.set()
            raise


class KnowsTheNewOnly(RedisOrderStore):
    """Does not know the orders of servers before it."""

    def __init__(self, *parts: Any, **options: Any) -> None:
        super().__init__(*parts, **options)
        self._started = datetime.now(UTC)

    async def get(self, order_id: str) -> Order | None:
        """Hides what is older than this server."""
        found = await super().get(order_id)
        return found if found and found.created_at > self._started else None
