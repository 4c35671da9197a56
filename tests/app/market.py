"""An exchange on a virtual clock."""

import asyncio
from collections.abc import Callable
from decimal import Decimal

from app.delays import Delay, Delays
from app.domain import NewOrder, Order, OrderStatus, Side, StatusEvent
from app.exchange import Exchange, InMemoryOrderStore, OrderStore, Publish
from tests.app.virtual_clock import VirtualClock, settle

PENDING, EXECUTED, CANCELLED = OrderStatus
EXECUTION = 1.0
NEW = NewOrder("EURUSD", Side.BUY, Decimal(100), "ref")


class Market:
    """An exchange whose executions take exactly one second, and all that it published."""

    def __init__(
        self,
        clock: VirtualClock,
        store: Callable[[int, Publish], OrderStore] = InMemoryOrderStore,
        max_orders: int = 10,
    ) -> None:
        self.clock = clock
        self.store = store(max_orders, self._publish)
        self.events: list[StatusEvent] = []
        self.state_came_first = True
        delays = Delays(EXECUTION, EXECUTION, clock=clock)
        self.exchange = Exchange(self.store, delays)

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
