"""Servers whose accepted cancels are done, announced or left alone in another way than promised."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from app.delays import Delay
from app.domain import Order, OrderStatus, StatusEvent
from app.exchange import Exchange, InMemoryOrderStore
from app.feed import InMemoryFeed
from app.wiring import Parts
from faults.fault import CANCELLED, Fault

_LAG_SECONDS = 0.2


class _AnswersFirst(Exchange):
    """Answers when the delay is over, and cancels the order a moment later."""

    async def cancel(self, order_id: str, delay: Delay) -> None:
        longer = _Longer(delay)
        cancel = asyncio.ensure_future(super().cancel(order_id, longer))
        is_due = asyncio.ensure_future(longer.is_due.wait())
        await asyncio.wait({cancel, is_due}, return_when=asyncio.FIRST_COMPLETED)
        if cancel.done():
            is_due.cancel()
            cancel.result()  # rejected


class _Longer(Delay):
    def __init__(self, delay: Delay) -> None:
        self._delay = delay
        self.is_due = asyncio.Event()

    async def over(self) -> None:
        await self._delay.over()
        self.is_due.set()
        await asyncio.sleep(_LAG_SECONDS)


class _AnnouncesLate(InMemoryFeed):
    async def publish(self, event: StatusEvent) -> None:
        announcement = super().publish(event)
        if event.status is OrderStatus.CANCELLED:
            loop = asyncio.get_running_loop()
            loop.call_later(_LAG_SECONDS, lambda: asyncio.ensure_future(announcement))
        else:
            await announcement


class _TimerGoesOn(InMemoryOrderStore):
    """Touches a cancelled order when it would have been executed."""

    async def commit(
        self, expected: Order, new: Order, event: StatusEvent | None = None
    ) -> Order | None:
        committed = await super().commit(expected, new, event)
        if committed and new.status is OrderStatus.CANCELLED:
            loop = asyncio.get_running_loop()
            loop.call_later(_LAG_SECONDS, lambda: asyncio.ensure_future(self._touch(new)))
        return committed

    async def _touch(self, order: Order) -> None:
        await super().commit(order, replace(order, updated_at=datetime.now(UTC)))


FAULTS = (
    Fault(
        "cancel-answered-before-it-is-done",
        breaks="Whoever has the response to an accepted cancel reads CANCELLED.",
        about=("viewing_orders: An order viewed right after its cancel is shown as CANCELLED",),
        rule="Viewing an order: A view never shows an older status",
        parts=Parts(exchange=_AnswersFirst),
        selection=CANCELLED,
    ),
    Fault(
        "cancel-announced-after-its-response",
        breaks="The CANCELLED event comes no later than the response to the cancel.",
        about=("cancelling_orders: Orders cancelled straight after acceptance are never executed",),
        rule="Order events: Events arrive immediately",
        parts=Parts(feed=_AnnouncesLate),
        selection=CANCELLED,
    ),
    Fault(
        "cancelled-order-touched-later",
        breaks="Nothing about a cancelled order changes any more.",
        about=("cancelling_orders: A cancelled order is never executed",),
        rule="Cancelling orders: A PENDING order can be cancelled",
        parts=Parts(store=_TimerGoesOn),
        selection=CANCELLED,
    ),
)
