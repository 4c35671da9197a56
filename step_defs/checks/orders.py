"""What must hold of orders, as answers show them."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

from bdd import Rule
from driver import Capability, Order, OrderEvent, OrderStatus, Subscription
from step_defs.checks.nameless import require_no_likeness
from step_defs.world import rules
from step_defs.world.answers import Placement
from step_defs.world.drafts import REFERENCE, is_reference, ordered, shown
from step_defs.world.mismatches import ContractBroken, ScenarioWrong
from step_defs.world.naming import beginning
from step_defs.world.paging import pages_of
from step_defs.world.transcript import differing, event_in_words, fields_in_words
from step_defs.world.world import World


def require_shown(order: Order, placement: Placement) -> None:
    """The order shows the symbol, side, quantity and reference that the trader gave."""
    expected, got = differing(ordered(placement.draft), shown(order))
    if expected:
        only_reference = expected.keys() == {REFERENCE}
        raise ContractBroken(
            "The order is not shown as it was ordered",
            expected=fields_in_words(expected),
            got=fields_in_words(got),
            rule=rules.REFERENCE_SHOWN if only_reference else rules.SHOWN_AS_ORDERED,
        )


def require_status(order: Order, status: OrderStatus) -> None:
    """The order shows this status."""
    if order.status is not status:
        raise ContractBroken(
            "An order is shown with the wrong status",
            expected=f"{status} for order {order.order_id}",
            got=order.status,
            rule=_outdated(order.status, status),
        )


def _outdated(shown: OrderStatus, status: OrderStatus) -> Rule | None:
    if shown is OrderStatus.PENDING:
        return rules.VIEW_FRESH
    return rules.CANCELLED_FOR_GOOD if status is OrderStatus.CANCELLED else None


def require_newly_pending(order: Order) -> None:
    """The order is PENDING, and has been since it was created."""
    require_status(order, OrderStatus.PENDING)
    times = (order.created_at, order.updated_at)
    require_same_time("became PENDING", *times, told_by="its creation")


def require_same_time(
    what: str,
    expected: datetime,
    got: datetime,
    rule: Rule = rules.EVENT_TIME,
    told_by: str = "its event",
) -> None:
    """The order tells the same time of one thing as another place, to the microsecond."""
    if got != expected:
        raise ContractBroken(
            f"Two different times are given at which the order {what}",
            expected=f"{expected.isoformat()} by {told_by}",
            got=f"{got.isoformat()} by the order",
            rule=rule,
        )


def require_event_times(world: World, placement: Placement, order: Order) -> None:
    """Creation is the time of the PENDING event, update that of the event of the status shown.

    A cancelled order that was updated later is not as it was cancelled. A server that tells no
    times has none to compare.
    """
    if not world.port.offers(Capability.TIMES):
        return
    pending = world.await_status(placement, OrderStatus.PENDING).event
    latest = world.await_status(placement, order.status).event
    require_same_time("became PENDING", pending.occurred_at, order.created_at)
    touched = order.status is OrderStatus.CANCELLED and order.updated_at > latest.occurred_at
    rule = rules.CANCELLED_FOR_GOOD if touched else rules.EVENT_TIME
    require_same_time(f"became {order.status}", latest.occurred_at, order.updated_at, rule)


Content = Callable[[World, Placement, Order], None]

CONTENTS: dict[str, Content] = {
    "what was ordered": lambda _, placement, order: require_shown(order, placement),
    "the times of its events": require_event_times,
}


def require_own_identities(orders: Sequence[Order]) -> None:
    """No two orders have the same identity."""
    if shared := shared_ids(orders):
        raise ContractBroken(
            "Orders share an ID",
            expected="a different ID for each order",
            got="\n".join(shared),
            rule=rules.OWN_ID,
        )


def shared_ids(orders: Sequence[Order]) -> list[str]:
    """Which of the orders have one ID, a line for each that several have.

    They are told by their positions, and a long ID by its beginning: its name would be that of one.
    """
    positions: dict[str, list[str]] = defaultdict(list)
    for position, order in enumerate(orders, start=1):
        positions[order.order_id].append(str(position))
    return [
        f"orders {', '.join(those)} have the ID {beginning(order_id)}"
        for order_id, those in positions.items()
        if len(those) > 1
    ]


def require_no_trace(world: World, placement: Placement, seconds: float) -> None:
    """For so many seconds no event speaks of the rejected order, and then it is not listed."""
    if not world.port.offers(Capability.REFERENCES):
        require_no_likeness(world, placement, seconds)
        return
    require_never_announced(world, placement, seconds)
    reference = placement.draft.get(REFERENCE)
    if is_reference(reference):
        pages = pages_of(world, {"reference": reference})
        require_unlisted(world.shown_in(pages), reference)


def events_of_rejected(world: World, recorder: Subscription) -> list[OrderEvent]:
    """The events with a reference of the scenario's that belong to none of its accepted orders."""
    accepted: dict[str, set[str]] = {}
    for placement in world.placements:
        order_ids = accepted.setdefault(str(placement.draft.get(REFERENCE)), set())
        if not placement.rejected:
            order_ids.add(placement.order.order_id)
    return [
        received.event
        for received in recorder.events
        if received.event.reference in accepted
        and received.event.order_id not in accepted[received.event.reference]
    ]


def require_never_announced(world: World, placement: Placement, seconds: float) -> None:
    """No event speaks of the rejected order, until so many seconds have passed."""
    reference = placement.draft.get(REFERENCE)

    control = world.subscribers.control

    def told() -> list[OrderEvent]:
        events = events_of_rejected(world, control)
        return [event for event in events if reference and event.reference == reference]

    if control.wait(lambda: bool(told()), seconds):
        raise ContractBroken(
            "An event was sent for a rejected order",
            expected="no event",
            got="\n".join(map(event_in_words, told())),
            rule=rules.NO_TRACE,
        )


def require_unlisted(listed: Sequence[Order], reference: object) -> None:
    """The list of a rejected order's reference shows no order."""
    if listed:
        filtered = all(order.reference == reference for order in listed)
        raise ContractBroken(
            "A list of the rejected order's reference shows an order",
            expected="no order",
            got=_lines(listed, "order {}".format),
            rule=rules.NO_TRACE if filtered else rules.FILTERED,
        )


def by_creation(order: Order) -> tuple[float, int]:
    """What is less for an older order."""
    return order.created_at.timestamp(), 0


def require_listed(
    listed: Sequence[Order],
    expected: Sequence[Placement],
    name_of: Callable[[str], str] = str,
    age: Callable[[Order], tuple[float, int]] = by_creation,
) -> None:
    """The list shows the expected orders, each once, oldest first, and nothing else.

    `name_of` tells what to call an order of this identity, `age` what is less for an older one.
    """
    wanted = sorted((each.order for each in expected), key=age)
    if [order.order_id for order in listed] != [order.order_id for order in wanted]:
        raise ContractBroken(
            "The list has the wrong orders",
            expected=_lines(wanted, name_of),
            got=_lines(listed, name_of),
            rule=_lacking(listed, wanted),
        )


def _lacking(listed: Sequence[Order], wanted: Sequence[Order]) -> Rule | None:
    """Missing or disordered orders break one promise; others too many that of the list's filter."""
    ids = {order.order_id for order in listed}
    return rules.LISTED if ids <= {order.order_id for order in wanted} else None


def require_named_oldest_first(
    placements: Sequence[Placement],
    name_of: Callable[[str], str] = str,
    age: Callable[[Order], tuple[float, int]] = by_creation,
) -> None:
    """The author has named the orders in the sequence in which they were placed."""
    named = [each.order for each in placements]
    oldest_first = sorted(named, key=age)
    if named != oldest_first:
        raise ScenarioWrong(
            "The orders of a list are named in another sequence than they have there",
            expected=", ".join(name_of(each.order_id) for each in oldest_first),
            got=", ".join(name_of(each.order_id) for each in named),
        )


def _lines(orders: Sequence[Order], name_of: Callable[[str], str]) -> str:
    lines = [f"{name_of(each.order_id)} created {each.created_at.time()}" for each in orders]
    return "\n".join(lines) or "no order"
