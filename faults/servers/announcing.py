"""Servers whose events are wrong, missing, too many, too late, or ahead of the state."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from app.delays import Delay
from app.domain import NewOrder, Order, OrderStatus, StatusEvent
from app.edges.messages import serialise_event
from app.exchange import Exchange, InMemoryOrderStore, OrderFilter, Page
from app.feed import InMemoryFeed
from app.wiring import Parts
from faults.fault import UNDER_LOAD, Fault

_LAG = timedelta(seconds=0.2)
_LATE_SECONDS = 0.3
_ECHO_SECONDS = 0.1


class _PendingLast(InMemoryFeed):
    """Holds the PENDING event of an order back until its next one."""

    def __init__(self, *parts: object, **options: int) -> None:
        super().__init__(*parts, **options)  # type: ignore[arg-type]  # as `InMemoryFeed` takes them
        self._held: dict[str, StatusEvent] = {}

    async def publish(self, event: StatusEvent) -> None:
        if event.status is OrderStatus.PENDING:
            self._held[event.order_id] = event
            return
        await super().publish(event)
        await super().publish(self._held.pop(event.order_id))


class _FinalEventEchoed(InMemoryFeed):
    """Tells of a final status once more, when all seems to be over."""

    async def publish(self, event: StatusEvent) -> None:
        await super().publish(event)
        if event.status is not OrderStatus.PENDING:
            echo = super().publish(event)
            asyncio.get_running_loop().call_later(
                _ECHO_SECONDS, lambda: asyncio.ensure_future(echo)
            )


class _NumberSkipped(InMemoryFeed):
    async def publish(self, event: StatusEvent) -> None:
        if self.sequence % 20 == 0:
            self.sequence += 1
        await super().publish(event)


class _EveryTwentiethLost(InMemoryFeed):
    def __init__(self, *parts: object, **options: int) -> None:
        super().__init__(*parts, **options)  # type: ignore[arg-type]  # as `InMemoryFeed` takes them
        self._executed = count(1)

    async def publish(self, event: StatusEvent) -> None:
        is_executed = event.status is OrderStatus.EXECUTED
        if not (is_executed and next(self._executed) % 20 == 0):
            await super().publish(event)


class _EventsLate(InMemoryFeed):
    async def publish(self, event: StatusEvent) -> None:
        late = super().publish(event)
        asyncio.get_running_loop().call_later(_LATE_SECONDS, lambda: asyncio.ensure_future(late))


class _AnswersLate(Exchange):
    """Announces an order some time before it is answered."""

    async def place(self, new: NewOrder, delay: Delay) -> Order:
        order = await super().place(new, delay)
        await asyncio.sleep(_LATE_SECONDS)
        return order


class _ViewBehindEvent(Exchange):
    """Reads from a copy that lags behind the events."""

    async def view(self, order_id: str, delay: Delay) -> Order:
        return _as_it_was(await super().view(order_id, delay), self.delays.now() - _LAG)


class _ListBehindEvent(InMemoryOrderStore):
    """Finds orders by the status that they had a moment ago."""

    async def page(self, wanted: OrderFilter, after: int, limit: int) -> Page:
        page = await super().page(replace(wanted, status=None), after, limit)
        then = datetime.now(UTC) - _LAG
        orders = [_as_it_was(order, then) for order in page.orders]
        shown = [order for order in orders if wanted.status in (None, order.status)]
        return replace(page, orders=tuple(shown))


def _as_it_was(order: Order, then: datetime) -> Order:
    if order.updated_at <= then or order.status is OrderStatus.PENDING:
        return order
    return replace(order, status=OrderStatus.PENDING, updated_at=order.created_at)


def _without_previous(sequence: int, event: StatusEvent) -> str:
    return serialise_event(sequence, replace(event, previous_status=None))


def _without_reference(sequence: int, event: StatusEvent) -> str:
    return serialise_event(sequence, replace(event, client_order_id=None))


def _time_of_sending(sequence: int, event: StatusEvent) -> str:
    return serialise_event(sequence, replace(event, occurred_at=datetime.now(UTC)))


FAULTS = (
    Fault(
        "pending-told-last",
        breaks="PENDING is announced first for every order.",
        about=("order_events: PENDING arrives before EXECUTED",),
        rule="Order events: PENDING is announced first",
        parts=Parts(feed=_PendingLast),
    ),
    Fault(
        "final-event-echoed-later",
        breaks="Nothing is announced after a final status, not even later.",
        about=("order_events: No event follows EXECUTED",),
        rule="Order events: PENDING is announced first",
        parts=Parts(feed=_FinalEventEchoed),
    ),
    Fault(
        "every-twentieth-execution-untold",
        breaks="Every subscriber receives every event.",
        about=("order_events: Five subscribers receive the same events", "performance: "),
        rule="Order events: PENDING is announced first",
        selection=UNDER_LOAD,
        parts=Parts(feed=_EveryTwentiethLost),
    ),
    Fault(
        "number-skipped",
        breaks="The sequence number grows by exactly 1.",
        about=("order_events: Five subscribers receive the same events",),
        rule="Order events: Event numbers increase by exactly 1",
        parts=Parts(feed=_NumberSkipped),
    ),
    Fault(
        "events-late",
        breaks="An event reaches every healthy subscriber immediately.",
        about=("order_events: Events for simultaneous orders arrive immediately",),
        rule="Order events: Events arrive immediately",
        parts=Parts(feed=_EventsLate),
    ),
    Fault(
        "announced-before-the-response",
        breaks="The PENDING event comes together with the response, and not before it.",
        about=("order_events: Events for simultaneous orders arrive immediately",),
        rule="Order events: Events arrive immediately",
        parts=Parts(exchange=_AnswersLate),
    ),
    Fault(
        "previous-status-missing",
        breaks="An event carries the previous status; only PENDING has none.",
        about=("order_events: PENDING arrives before EXECUTED",),
        rule="Order events: Every event has the promised form",
        parts=Parts(serialise_event=_without_previous),
    ),
    Fault(
        "events-without-reference",
        breaks="An event carries the client's reference.",
        about=("placing_orders: The reference is shown with the order and with every event",),
        rule="Order events: Every event for an order carries the order's reference",
        parts=Parts(serialise_event=_without_reference),
    ),
    Fault(
        "events-tell-when-they-were-sent",
        breaks="`occurredAt` equals the order's `updatedAt`.",
        about=("order_events: The order shows the times of its events",),
        rule="Order events: Every event carries the time",
        parts=Parts(serialise_event=_time_of_sending),
    ),
    Fault(
        "view-behind-the-event",
        breaks="A GET sent after an event was received never shows an older status.",
        about=("viewing_orders: An order viewed right after its <status> event",),
        rule="Viewing an order: A view never shows an older status",
        parts=Parts(exchange=_ViewBehindEvent),
    ),
    Fault(
        "list-behind-the-event",
        breaks="A list requested after an event was received never shows an older status.",
        about=("listing_orders: The list of EXECUTED orders includes those executed just before",),
        rule="Listing orders: A list is up to date",
        parts=Parts(store=_ListBehindEvent),
    ),
)
