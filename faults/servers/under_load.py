"""Servers that go wrong only when many orders arrive at the same time."""

import asyncio
from dataclasses import replace

from app.delays import Delay, Delays
from app.domain import NewOrder, Order, OrderStatus, StatusEvent
from app.exchange import Exchange, InMemoryOrderStore, OrderStore, Publish
from app.wiring import Parts
from faults.fault import UNDER_LOAD, Fault

_CROWD = 60
_EACH = 10
_EXTRA_SECONDS = 0.5


class _UnderLoad(Exchange):
    """Notes every tenth of those orders that are placed while very many others are."""

    def __init__(self, store: OrderStore, delays: Delays) -> None:
        super().__init__(store, delays)
        self._waiting = 0
        self._noted: set[str] = set()

    async def place(self, new: NewOrder, delay: Delay) -> Order:
        self._waiting += 1
        is_unlucky = self._waiting > _CROWD and self._waiting % _EACH == 0
        try:
            order = await super().place(new, delay)
        finally:
            self._waiting -= 1
        if is_unlucky:
            self._noted.add(order.order_id)
        return order


class _LosesOrders(_UnderLoad):
    def start_execution(self, order: Order) -> None:
        if order.order_id not in self._noted:
            super().start_execution(order)


class _ReusesIds(_UnderLoad):
    _latest = ""

    async def place(self, new: NewOrder, delay: Delay) -> Order:
        order = await super().place(new, delay)
        shown = self._latest if order.order_id in self._noted and self._latest else order.order_id
        self._latest = order.order_id
        return replace(order, order_id=shown)


class _ExecutesSlowly(_UnderLoad):
    async def execute(self, order: Order, delay: Delay) -> None:
        await asyncio.sleep(_EXTRA_SECONDS if self._noted else 0)
        await super().execute(order, delay)


class _SwapsEvents(InMemoryOrderStore):
    """Sends EXECUTED before PENDING when many orders arrive together."""

    def __init__(self, max_orders: int, publish: Publish) -> None:
        super().__init__(max_orders, self._in_disorder)
        self._tell = publish
        self._reservations: set[str] = set()
        self._held: dict[str, StatusEvent] = {}

    async def reserve(self, order_id: str, client_order_id: str | None) -> str:
        holder = await super().reserve(order_id, client_order_id)
        if holder == order_id:
            self._reservations.add(order_id)
        return holder

    async def add(self, order: Order, event: StatusEvent) -> Order:
        added = await super().add(order, event)
        self._reservations.discard(order.order_id)
        return added

    async def _in_disorder(self, event: StatusEvent) -> None:
        if event.status is OrderStatus.PENDING and len(self._reservations) > _CROWD:
            self._held[event.order_id] = event
            return
        await self._tell(event)
        if held := self._held.pop(event.order_id, None):
            await self._tell(held)


_BURST = ("performance: 100 simultaneous orders are executed in time",)

FAULTS = (
    Fault(
        "load-loses-orders",
        breaks="Every order is executed, even if 100 are placed simultaneously.",
        about=_BURST,
        rule="Performance: 100 simultaneous orders are all executed",
        parts=Parts(exchange=_LosesOrders),
        selection=UNDER_LOAD,
    ),
    Fault(
        "load-shares-ids",
        breaks="An order ID is never used twice.",
        about=_BURST,
        rule="Placing orders: Every order has an ID of its own",
        parts=Parts(exchange=_ReusesIds),
        selection=UNDER_LOAD,
    ),
    Fault(
        "load-swaps-events",
        breaks="PENDING is announced first, even for 100 simultaneous orders.",
        about=_BURST,
        rule="Order events: PENDING is announced first",
        parts=Parts(store=_SwapsEvents),
        selection=UNDER_LOAD,
    ),
    Fault(
        "load-executes-late",
        breaks="Each execution takes the promised time, even for 100 simultaneous orders.",
        about=_BURST,
        rule="Performance: 100 simultaneous orders are all executed",
        parts=Parts(exchange=_ExecutesSlowly),
        selection=UNDER_LOAD,
    ),
)
