"""What must hold at the end of every scenario, whatever it is about."""

from driver import OrderEvent
from step_defs.checks.invariants import findings
from step_defs.checks.orders import events_of_rejected
from step_defs.world.drafts import REFERENCE
from step_defs.world.mismatches import EventsWrong
from step_defs.world.transcript import events_received
from step_defs.world.world import World


def require_invariants(world: World) -> None:
    """The event streams kept every promise that does not depend on the scenario."""
    found = [
        *findings(world.subscribers.subscriptions),
        *world.subscribers.unexpected_disconnections,
        *_announced_rejections(world),
    ]
    if found:
        raise EventsWrong(
            "The order events broke a promise that is always checked",
            expected="no gaps, the same sequence for all subscribers, PENDING and then one final "
            "status, no subscriber disconnected",
            got="\n".join(found),
        )


def tapes(world: World) -> list[tuple[str, str]]:
    """What each subscriber received, for the report: a title and a text for each."""
    own = {
        placement.answer.outcome.order_id
        for placement in world.placements
        if placement.answer.outcome.order_id is not None
    }
    return [
        (f"Events that {name} received", events_received(recorder, own, world.start))
        for name, recorder in world.subscribers.history
    ]


def _announced_rejections(world: World) -> list[str]:
    return [
        f"event {event.sequence} is for {_what_it_was(world, event)}: order {event.order_id}"
        for recorder in world.subscribers.subscriptions
        for event in events_of_rejected(world, recorder)
    ]


def _what_it_was(world: World, event: OrderEvent) -> str:
    same = [each for each in world.placements if each.draft.get(REFERENCE) == event.reference]
    if all(each.rejected for each in same):
        return "an order that was rejected"
    return "another order than the one that was accepted with its reference"
