"""What must hold of the events about a scenario's orders."""

from collections.abc import Collection, Sequence

from bdd import Rule
from driver import (
    DisconnectReason,
    Order,
    OrderStatus,
    RawSubscription,
    Subscription,
)
from step_defs.checks.invariants import are_both
from step_defs.world import rules
from step_defs.world.answers import Placement
from step_defs.world.mismatches import EventsWrong, ScenarioWrong
from step_defs.world.second_look import looked_into, rule_of_both
from step_defs.world.subscribers import await_status, hello_of
from step_defs.world.transcript import lines_about
from step_defs.world.world import World

PENDING = OrderStatus.PENDING


def require_statuses(
    world: World,
    recorder: Subscription,
    order: Order,
    expected: Sequence[OrderStatus],
    before: Sequence[Subscription] = (),
) -> None:
    """The subscriber is told of exactly these statuses, in this order, within the promised time.

    What its connections `before` this one have received counts, too. If the control subscriber was
    told so, the promise is broken that the scenario is about: it has further subscribers for its
    sake.
    """
    try:
        _require_statuses(world, recorder, order, expected, before)
    except EventsWrong as wrong:
        if recorder is not world.subscribers.control and _control_is_told(world, order, expected):
            wrong.rule = None
        raise


def _control_is_told(world: World, order: Order, expected: Sequence[OrderStatus]) -> bool:
    control = world.subscribers.control
    control.wait_for_status(order.order_id, expected[-1], world.promise.delay_deadline)
    return _statuses([control], order) == list(expected)


def _require_statuses(
    world: World,
    recorder: Subscription,
    order: Order,
    expected: Sequence[OrderStatus],
    before: Sequence[Subscription],
) -> None:
    if expected[-1] not in _statuses(before, order):
        with looked_into(world.subscribers, recorder, world.port, order.order_id):
            await_status(recorder, order.order_id, expected[-1], world.promise.delay_deadline)
    statuses = _statuses([*before, recorder], order)
    if statuses != list(expected):
        raise EventsWrong(
            "The events for the order are not as expected",
            expected=f"{', then '.join(map(str, expected))} for "
            f"{world.subscribers.called(recorder)}",
            got=lines_about(recorder, order.order_id),
            rule=_rule_against(world, statuses),
        )


def _statuses(connections: Sequence[Subscription], order: Order) -> list[OrderStatus]:
    events = [each for one in connections for each in one.events_of(order.order_id)]
    return [received.event.status for received in events]


def await_end(world: World, order: Order) -> None:
    """Waits until the order has been announced to the control with a final status."""
    recorder, seconds = world.subscribers.control, world.promise.delay_deadline

    def ended() -> bool:
        return any(
            each.event.status is not OrderStatus.PENDING
            for each in recorder.events_of(order.order_id)
        )

    with looked_into(world.subscribers, recorder, world.port, order.order_id):
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
        await_end(world, order)
    _require_no_more(world, orders, seconds)


def _require_no_more(world: World, orders: Sequence[Order], seconds: float) -> None:
    recorder = world.subscribers.control
    before = {order.order_id: len(recorder.events_of(order.order_id)) for order in orders}

    def heard() -> list[str]:
        return [
            order_id
            for order_id, count in before.items()
            if len(recorder.events_of(order_id)) > count
        ]

    if recorder.wait(lambda: bool(heard()), seconds):
        late = heard()[0]
        statuses = [each.event.status for each in recorder.events_of(late)]
        raise EventsWrong(
            "An event arrived after the final status of an order",
            expected=f"no further event for {seconds:g} seconds",
            got="\n".join(lines_about(recorder, order_id) for order_id in heard()),
            rule=_rule_against(world, statuses),
        )
    require_connected(recorder)


def _rule_against(world: World, statuses: Collection[OrderStatus]) -> Rule:
    """Whose promise so many statuses of an order break."""
    return rule_of_both(world) if are_both(statuses) else rules.STATUS_SEQUENCE


def require_not_told(
    recorder: Subscription, orders: Sequence[Order], status: OrderStatus, seconds: float
) -> None:
    """The subscriber is not told of this status of the orders, until so many seconds have passed.

    Raises ScenarioWrong if it has lost its connection, so that nothing could be told.
    """

    def told() -> list[str]:
        lives = {order.order_id: recorder.events_of(order.order_id) for order in orders}
        return [each for each, life in lives.items() if any(e.event.status is status for e in life)]

    if recorder.wait(lambda: bool(told()), seconds):
        raise EventsWrong(
            "An event arrived that should not have",
            expected=f"no {status} event for {seconds:g} seconds",
            got="\n".join(lines_about(recorder, order_id) for order_id in told()),
        )
    if recorder.disconnection is not None:
        raise ScenarioWrong(
            "The step waits for events of a trader who is not connected",
            expected="a trader who is subscribed to order events",
            got=recorder.disconnection,
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


def require_replay_position(recorder: Subscription, since: int, latest: int) -> None:
    """The replay from this event was confirmed, with its number and no other.

    A subscription that begins after the `latest` event replays nothing, whatever was missed.
    """
    confirmed = hello_of(recorder).sequence
    if confirmed == since:
        return
    if confirmed >= max(since, latest):
        raise EventsWrong(
            "A replay was left out",
            expected=f"every event after {since}",
            got=f"only those after {confirmed}",
            rule=rules.REPLAY,
        )
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
