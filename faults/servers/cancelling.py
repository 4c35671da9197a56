"""Servers that cancel too much, too little or too late."""

from dataclasses import replace
from itertools import count

from app.delays import Delay
from app.domain import (
    AlreadyCancelled,
    CancelPending,
    NewOrder,
    Order,
    OrderStatus,
    StatusEvent,
    TooLateToCancel,
    UnknownOrder,
)
from app.exchange import Exchange, InMemoryOrderStore, OrderFilter
from app.wiring import Parts
from faults.fault import RACES, Fault


class _Lawless(Exchange):
    """Can give any order any status."""

    async def _force(self, order_id: str, status: OrderStatus) -> None:
        order = await self.find(order_id)
        changed = replace(order, status=status, updated_at=self.delays.now(), cancel_pending=False)
        await self.store.commit(order, changed, StatusEvent.of(changed, order.status))


class _ExecutesCancelled(_Lawless):
    async def cancel(self, order_id: str, delay: Delay) -> None:
        (await self.find(order_id)).accept_cancel()
        await delay.over()
        await self._force(order_id, OrderStatus.CANCELLED)

    async def execute(self, order: Order, delay: Delay) -> None:
        await delay.over()
        await self._force(order.order_id, OrderStatus.EXECUTED)


class _CancelsExecuted(_Lawless):
    async def cancel(self, order_id: str, delay: Delay) -> None:
        try:
            await super().cancel(order_id, delay)
        except TooLateToCancel:
            await delay.over()
            await self._force(order_id, OrderStatus.CANCELLED)


class _CancelRemoves(InMemoryOrderStore):
    async def get(self, order_id: str) -> Order | None:
        order = await super().get(order_id)
        return None if order and order.status is OrderStatus.CANCELLED else order


class _CancelsTwice(Exchange):
    async def cancel(self, order_id: str, delay: Delay) -> None:
        try:
            await super().cancel(order_id, delay)
        except AlreadyCancelled:
            await delay.over()


class _BothCancelsAccepted(Exchange):
    async def cancel(self, order_id: str, delay: Delay) -> None:
        try:
            await super().cancel(order_id, delay)
        except CancelPending:
            await delay.over()


class _CancelsUnknown(Exchange):
    async def cancel(self, order_id: str, delay: Delay) -> None:
        try:
            await super().cancel(order_id, delay)
        except UnknownOrder:
            await delay.over()


class _DecidesAfterTheDelay(Exchange):
    async def cancel(self, order_id: str, delay: Delay) -> None:
        await delay.over()
        await super().cancel(order_id, delay)


class _ClockStartsOnArrival(Exchange):
    """Draws the execution's delay when the order arrives: it may be over before the answer."""

    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)  # type: ignore[arg-type]  # as `Exchange` takes them
        self._drawn: dict[str, Delay] = {}

    async def place(self, new: NewOrder, delay: Delay) -> Order:
        drawn = self.delays.draw()
        order = await super().place(new, delay)
        self._drawn[order.order_id] = drawn
        return order

    async def execute(self, order: Order, delay: Delay) -> None:  # noqa: ARG002 - drawn anew
        await super().execute(order, self._drawn.pop(order.order_id))


class _LosesEveryTenthCancel(Exchange):
    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)  # type: ignore[arg-type]  # as `Exchange` takes them
        self._number = count(1)

    async def cancel(self, order_id: str, delay: Delay) -> None:
        order = await self.find(order_id)
        if order.executable and next(self._number) % 10 == 0:
            await delay.over()
            return
        await super().cancel(order_id, delay)


class _CancelsSilently(Exchange):
    async def assign(self, order: Order, status: OrderStatus) -> Order | None:
        if status is OrderStatus.EXECUTED:
            return await super().assign(order, status)
        return await self.store.commit(order, order.assign(status, self.delays.now()))


class _CancelsANeighbour(Exchange):
    async def cancel(self, order_id: str, delay: Delay) -> None:
        symbol = (await self.find(order_id)).symbol
        page = await self.store.page(OrderFilter(OrderStatus.PENDING, symbol), 0, 2)
        for neighbour in page.orders:
            if neighbour.executable and neighbour.order_id != order_id:
                await self.assign(neighbour, OrderStatus.CANCELLED)
        await super().cancel(order_id, delay)


FAULTS = (
    Fault(
        "cancel-removes-the-order",
        breaks="A cancelled order is still CANCELLED when viewed.",
        about=("cancelling_orders: A PENDING order is cancelled", "viewing_orders: A cancelled"),
        rule="Viewing an order: An order is shown as it was ordered",
        parts=Parts(store=_CancelRemoves),
    ),
    Fault(
        "cancelled-order-executes",
        breaks="A cancel and an execution can never both happen.",
        about=("cancelling_orders: A cancelled order is never executed",),
        rule="Cancelling orders: An order is either cancelled or executed, never both",
        parts=Parts(exchange=_ExecutesCancelled),
    ),
    Fault(
        "executed-order-cancelled",
        breaks="An EXECUTED order cannot be cancelled.",
        about=("cancelling_orders: An executed order cannot be cancelled",),
        rule="Cancelling orders: Only a PENDING order can be cancelled",
        parts=Parts(exchange=_CancelsExecuted),
    ),
    Fault(
        "cancelled-again",
        breaks="A CANCELLED order cannot be cancelled again.",
        about=("cancelling_orders: A cancelled order cannot be cancelled again",),
        rule="Cancelling orders: Only a PENDING order can be cancelled",
        parts=Parts(exchange=_CancelsTwice),
    ),
    Fault(
        "both-cancels-accepted",
        breaks="Only one of several simultaneous cancels is accepted.",
        about=("cancelling_orders: One of ten simultaneous cancels succeeds",),
        rule="Cancelling orders: Only one of several simultaneous cancels succeeds",
        parts=Parts(exchange=_BothCancelsAccepted),
    ),
    Fault(
        "unknown-order-cancelled",
        breaks="The cancel of an unknown order is rejected.",
        about=("cancelling_orders: <order> cannot be cancelled",),
        rule="Cancelling orders: Only a PENDING order can be cancelled",
        parts=Parts(exchange=_CancelsUnknown),
    ),
    Fault(
        "cancel-decided-after-the-delay",
        breaks="A cancel stops the execution on arrival.",
        about=(
            "cancelling_orders: Orders cancelled straight after acceptance are never executed",
            "cancelling_orders: A PENDING order is cancelled",
            "cancelling_orders: Cancelling some orders does not affect the others",
        ),
        rule="Cancelling orders: A cancel sent straight after acceptance always succeeds",
        parts=Parts(exchange=_DecidesAfterTheDelay),
        selection=RACES,
    ),
    Fault(
        "execution-clock-starts-on-arrival",
        breaks="The execution delay starts when the order has been accepted.",
        about=("cancelling_orders: Orders cancelled straight after acceptance are never executed",),
        rule="Cancelling orders: A cancel sent straight after acceptance always succeeds",
        parts=Parts(exchange=_ClockStartsOnArrival),
        selection=RACES,
    ),
    Fault(
        "every-tenth-cancel-lost",
        breaks="An order whose cancel was accepted is CANCELLED.",
        about=(
            "cancelling_orders: Orders cancelled straight after acceptance are never executed",
            "cancelling_orders: Cancels that race with executions have a single outcome",
        ),
        rule="Cancelling orders: A PENDING order can be cancelled",
        parts=Parts(exchange=_LosesEveryTenthCancel),
    ),
    Fault(
        "cancel-not-announced",
        breaks="CANCELLED is announced, like every status.",
        about=("order_events: PENDING arrives before CANCELLED",),
        rule="Order events: PENDING is announced first",
        parts=Parts(exchange=_CancelsSilently),
    ),
    Fault(
        "neighbour-cancelled-too",
        breaks="A cancel affects only its own order.",
        about=(
            "cancelling_orders: Cancelling some orders does not affect the others",
            "cancelling_orders: Cancels that race with executions have a single outcome",
        ),
        rule="Cancelling orders: A cancel affects no other order",
        parts=Parts(exchange=_CancelsANeighbour),
    ),
)
