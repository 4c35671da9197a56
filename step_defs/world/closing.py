"""What must hold at the end of every scenario, whatever it is about."""

from step_defs.world.invariants import findings
from step_defs.world.mismatches import EventsWrong
from step_defs.world.order_checks import events_of_refused
from step_defs.world.tape import tape
from step_defs.world.world import World


def require_invariants(world: World) -> None:
    """The event streams kept every promise that does not depend on the scenario."""
    found = [
        *findings(world.followers.recorders),
        *world.followers.cut_off,
        *_announced_refusals(world),
    ]
    if found:
        raise EventsWrong(
            "The order events broke their promises",
            expected="no gap, one order for all, PENDING and then one final status, nobody cut off",
            got="\n".join(found),
        )


def tapes(world: World) -> list[tuple[str, str]]:
    """What each follower received, for the report: a title and a text for each."""
    own = {
        placement.answer.outcome.order_id
        for placement in world.placements
        if placement.answer.outcome.order_id is not None
    }
    return [
        (f"Events that {name} received", tape(recorder, own, world.start))
        for name, recorder in world.followers.history
    ]


def _announced_refusals(world: World) -> list[str]:
    return [
        f"event {event.sequence} speaks of an order that was refused"
        for recorder in world.followers.recorders
        for event in events_of_refused(world, recorder)
    ]
