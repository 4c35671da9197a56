"""Servers where there are more orders than were accepted."""

from dataclasses import replace
from itertools import count
from uuid import uuid4

from app.delays import Delay
from app.domain import DuplicateClientOrderId, NewOrder, Order, OrderStatus, StatusEvent
from app.exchange import Exchange
from app.feed import InMemoryFeed
from app.wiring import Parts
from faults.fault import ACCEPTED, OWN_PLACING, Fault


class _AnnouncesUnknownOrders(InMemoryFeed):
    """Announces an order that nobody placed beside every fifth one."""

    def __init__(self, *parts: object, **options: int) -> None:
        super().__init__(*parts, **options)  # type: ignore[arg-type]  # as `InMemoryFeed` takes them
        self._placed = count(1)

    async def publish(self, event: StatusEvent) -> None:
        await super().publish(event)
        if event.status is OrderStatus.PENDING and next(self._placed) % 5 == 0:
            unknown = replace(event, order_id=str(uuid4()), client_order_id=None)
            await super().publish(unknown)


class _KeepsDuplicates(Exchange):
    """Rejects a used reference, and keeps the order without it."""

    async def place(self, new: NewOrder, delay: Delay) -> Order:
        try:
            return await super().place(new, delay)
        except DuplicateClientOrderId:
            kept = await super().place(replace(new, client_order_id=None), delay)
            self.start_execution(kept)
            raise


class _AcceptsTwice(Exchange):
    """Accepts each order under another ID, too."""

    async def place(self, new: NewOrder, delay: Delay) -> Order:
        order = await super().place(new, delay)
        twin = replace(order, order_id=str(uuid4()))
        await self.store.reserve(twin.order_id, None)
        await self.store.add(twin, StatusEvent.of(twin, None))
        return order


FAULTS = (
    Fault(
        "unknown-orders-announced",
        breaks="Every order that is announced can be viewed.",
        about=("viewing_orders: Every announced order can be viewed",),
        rule="Viewing an order: Every order that is announced can be viewed",
        parts=Parts(feed=_AnnouncesUnknownOrders),
        selection=ACCEPTED,
    ),
    Fault(
        "order-accepted-twice",
        breaks="A request to place an order places one.",
        about=("placing_orders: The reference is shown with the order and with every event",),
        rule="Placing orders: A reference can be used for one accepted order only",
        parts=Parts(exchange=_AcceptsTwice),
        selection=ACCEPTED,
    ),
    Fault(
        "rejected-order-kept-without-reference",
        breaks="A rejected order leaves no trace, under whatever ID.",
        about=("placing_orders: Rejected orders leave nothing behind",),
        rule="Placing orders: A rejected order appears in no list and no event",
        parts=Parts(exchange=_KeepsDuplicates),
        selection=replace(OWN_PLACING, features=("placing_orders", *OWN_PLACING.features)),
    ),
)
