"""What must hold of the events about a scenario's orders."""

from collections.abc import Sequence

from bdd import Rule
from driver import (
    DisconnectReason,
    Order,
    OrderStatus,
    RawSubscription,
    Subscription,
)
from step_defs.world import rules
from step_defs.world.answers import Placement
from step_defs.world.mismatches import EventsWrong
from step_defs.world.subscribers import await_status, hello_of
from step_defs.world.transcript import lines_about
from step_defs.world.world import World

PENDING = OrderStatus.PENDING


def require_statuses(
    world: World, recorder: Subscription, order: Order, expected: Sequence[OrderStatus]
) -> None:
    """The subscriber is told of exactly these statuses, in this order, within the promised time.

    If the control subscriber was told so, the promise is broken that the scenario is about: it has
    further subscribers for its sake.
    """
    try:
        _require_statuses(world, recorder, order, expected)
    except EventsWrong as wrong:
        control = world.subscribers.control
        if recorder is not control and _statuses(control, order) == list(expected):
            wrong.rule = None
        raise


def _require_statuses(
    world: World, recorder: Subscription, order: Order, expected: Sequence[OrderStatus]
) -> None:
    await_status(recorder, order.order_id, expected[-1], world.promise.delay_deadline)
    statuses = _statuses(recorder, order)
    if statuses != list(expected):
        both = {OrderStatus.EXECUTED, OrderStatus.CANCELLED} <= set(statuses)
        raise EventsWrong(
            "The events for the order are not as expected",
            expected=f"{', then '.join(map(str, expected))} for "
            f"{world.subscribers.called(recorder)}",
            got=lines_about(recorder, order.order_id),
            rule=rules.NEVER_BOTH if both else rules.STATUS_SEQUENCE,
        )


def _statuses(recorder: Subscription, order: Order) -> list[OrderStatus]:
    return [received.event.status for received in recorder.events_of(order.order_id)]


def await_end(recorder: Subscription, order: Order, seconds: float) -> None:
    """Waits until the order has been announced with a final status."""

    def ended() -> bool:
        return any(
            each.event.status is not OrderStatus.PENDING
            for each in recorder.events_of(order.order_id)
        )

    if not recorder.wait(ended, seconds):
        raise EventsWrong(
            "No final status of the order was announced",
            expected=f"EXECUTED or CANCELLED within {seconds:g} seconds",
            got=lines_about(recorder, order.order_id),
            rule=rules.ORDER_EXECUTED,
        )


def require_silence(world: World, placements: Sequence[Placement], seconds: float) -> None:
    """Nothing more arrives about the orders, when they are at their end, for so many seconds."""
    orders = [each.order for each in placements]
    for order in orders:
        await_end(world.subscribers.control, order, world.promise.delay_deadline)
    _require_no_more(world.subscribers.control, orders, seconds)


def _require_no_more(recorder: Subscription, orders: Sequence[Order], seconds: float) -> None:
    before = {order.order_id: len(recorder.events_of(order.order_id)) for order in orders}

    def heard() -> list[str]:
        return [
            order_id
            for order_id, count in before.items()
            if len(recorder.events_of(order_id)) > count
        ]

    if recorder.wait(lambda: bool(heard()), seconds):
        raise EventsWrong(
            "An event arrived after the final status of an order",
            expected=f"no further event for {seconds:g} seconds",
            got="\n".join(lines_about(recorder, order_id) for order_id in heard()),
            rule=_further(recorder, heard()),
        )
    require_connected(recorder)


def _further(recorder: Subscription, order_ids: Sequence[str]) -> Rule:
    """Whose promise an event breaks that comes after the end of these orders."""
    both = {OrderStatus.EXECUTED, OrderStatus.CANCELLED}
    for order_id in order_ids:
        if both <= {each.event.status for each in recorder.events_of(order_id)}:
            return rules.NEVER_BOTH
    return rules.STATUS_SEQUENCE


def require_not_told(recorder: Subscription, order: Order, status: OrderStatus) -> None:
    """The subscriber has not been told of this status of the order."""
    if any(each.event.status is status for each in recorder.events_of(order.order_id)):
        raise EventsWrong(
            "An event arrived that preceded the subscription",
            expected=f"no {status} event",
            got=lines_about(recorder, order.order_id),
        )


def require_connected(recorder: Subscription) -> None:
    """The subscriber still follows, so that silence means that nothing happened."""
    if recorder.disconnection is not None:
        raise EventsWrong(
            "A subscriber was disconnected",
            expected="to stay connected",
            got=recorder.disconnection,
        )


def require_disconnected(recorder: Subscription, reason: DisconnectReason, seconds: float) -> None:
    """The server closes the connection in the way that is promised for the reason."""
    recorder.wait_for_disconnection(seconds)
    if not recorder.ended_for(reason):
        raise EventsWrong(
            "The connection was not closed as promised",
            expected=recorder.promised_end(reason),
            got=recorder.disconnection or "the connection is still open",
        )


def require_references(recorder: Subscription, order: Order) -> None:
    """Each event received about the order carries its reference."""
    references = {each.event.reference for each in recorder.events_of(order.order_id)}
    if references != {order.reference}:
        raise EventsWrong(
            "The events carry the wrong reference",
            expected=order.reference,
            got=lines_about(recorder, order.order_id),
            rule=rules.EVENT_REFERENCE,
        )


def require_replay_position(recorder: Subscription, since: int) -> None:
    """The replay from this event was confirmed, with its number and no other."""
    confirmed = hello_of(recorder).sequence
    if confirmed != since:
        raise EventsWrong(
            "The replay was confirmed from another sequence number", expected=since, got=confirmed
        )


def await_ping(world: World, recorder: RawSubscription, seconds: float) -> float:
    """When the server's next heartbeat comes, which is waited for at most so many seconds."""
    before = len(recorder.pings)
    if not recorder.wait(lambda: len(recorder.pings) > before, seconds + world.promise.grace):
        raise EventsWrong(
            "The server sends no heartbeat",
            expected=f"a ping within {seconds:g} seconds",
            got=recorder.disconnection or "no ping",
        )
    return recorder.pings[before]
