"""Whether subscribers were told everything, where events have no numbers that would show a gap.

Between two events that two subscribers of one server both received, both received the same. And
what the server shows of an order is what its events told.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations

from driver import Life, Order, OrderEvent, OrderStatus
from step_defs.checks.invariants import Finding
from step_defs.world import rules
from step_defs.world.mismatches import EventsWrong
from step_defs.world.subscribers import await_status
from step_defs.world.world import World

Key = tuple[str, OrderStatus]
_OTHER_END = {
    OrderStatus.EXECUTED: OrderStatus.CANCELLED,
    OrderStatus.CANCELLED: OrderStatus.EXECUTED,
}


def differences(streams: Sequence[Sequence[OrderEvent]]) -> Iterator[Finding]:
    """What one subscriber was told and another one was not, or in another order."""
    for one, other in combinations([_keyed(each) for each in streams], 2):
        common = [key for key in one if key in other]
        again = [key for key in other if key in one]
        for key in (*_lacking(list(one), again), *_lacking(list(other), common)):
            yield _finding(key, "a subscriber was not told that {}, and another one was")
        for key, instead in zip(common, again, strict=True):
            if key != instead:
                yield _finding(key, "two subscribers were told in another order that {}")
                break


def _keyed(events: Sequence[OrderEvent]) -> dict[Key, OrderEvent]:
    return {(event.order_id, event.status): event for event in events}


def _lacking(told: Sequence[Key], common: Sequence[Key]) -> list[Key]:
    """What was told between the first and the last event that both have, to one of them only."""
    both = set(common)
    places = [place for place, key in enumerate(told) if key in both]
    return [key for key in told[places[0] : places[-1]] if key not in both] if places else []


def _finding(key: Key, got: str) -> Finding:
    named = f"order {key[0]} became {key[1]}"
    what = "Subscribers received different events"
    return Finding(rules.SAME_FOR_ALL, what, got.format(named), key[0])


def require_told_as_shown(world: World) -> None:
    """Each order of the scenario is at the status that its events told, and no further."""
    control, seconds = world.subscribers.control, world.promise.delay_deadline
    orders = [each.order for each in world.placements if not each.rejected]
    for order in orders:
        await_status(control, order.order_id, OrderStatus.PENDING, seconds)
    views = [partial(world.port.view, order.order_id) for order in orders]
    for answer in world.ask(views) if views else ():
        if isinstance(answer.outcome, Order):
            _require_told(world, answer.outcome)


def _require_told(world: World, shown: Order) -> None:
    control, seconds = world.subscribers.control, world.promise.delay_deadline
    await_status(control, shown.order_id, shown.status, seconds)
    # An order that is PENDING in the answer may have come to its end on the answer's way.
    other = _OTHER_END.get(shown.status)
    if other and Life(control.events_of(shown.order_id)).first(other):
        raise EventsWrong(
            "The events tell another end of an order than the server shows",
            expected=f"{shown.status} of order {shown.order_id}",
            got=other,
        )
