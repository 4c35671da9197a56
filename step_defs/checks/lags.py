"""How long after the response, or after what happened, an event arrives."""

import statistics
from collections.abc import Sequence

from driver import OrderStatus, ReceivedEvent, Subscription
from step_defs.checks.times import require_at_once
from step_defs.world import rules
from step_defs.world.answers import AnyAnswer, Placement
from step_defs.world.mismatches import ScenarioWrong, TimeWrong
from step_defs.world.subscribers import await_status
from step_defs.world.world import World

AT_ONCE = 0.1
"""Seconds within which an event reaches a subscriber on one machine."""


def require_announced_at_once(
    world: World, recorder: Subscription, placements: Sequence[Placement]
) -> None:
    """PENDING arrives together with the response, and EXECUTED as fast as PENDING."""
    answers = [each.answer for each in placements]
    require_together(world, recorder, placements, answers, OrderStatus.PENDING)
    require_at_once("Further events", _further_lags(world, recorder, placements), AT_ONCE)


def require_cancels_announced(world: World) -> None:
    """CANCELLED arrives together with the response to each order's cancel."""
    if len(world.answers) != len(world.placements):
        raise ScenarioWrong(
            "The step needs a cancel for each order",
            expected=f"{len(world.placements)} cancels in the latest step",
            got=len(world.answers),
        )
    control = world.subscribers.control
    require_together(world, control, world.placements, world.answers, OrderStatus.CANCELLED)


def require_together(
    world: World,
    recorder: Subscription,
    placements: Sequence[Placement],
    answers: Sequence[AnyAnswer],
    status: OrderStatus,
) -> None:
    """The event of each order's status arrives with the answer; a busy machine may delay a few."""
    lags = [
        event_of(world, recorder, placement, status).received - answer.received
        for placement, answer in zip(placements, answers, strict=True)
    ]
    require_no_lag(f"{status} events", lags)


def require_no_lag(what: str, lags: Sequence[float]) -> None:
    """At least half of the events came with their responses; negative ones came before."""
    if statistics.median(map(abs, lags)) > AT_ONCE:
        middle = statistics.median(lags)
        raise TimeWrong(
            f"{what} came too late" if middle > 0 else f"{what} came long before the responses",
            expected=f"within {AT_ONCE:g} s of the responses, at least half of them",
            got=f"{abs(middle):.3f} s {'after' if middle > 0 else 'before'} them: "
            + ", ".join(f"{each:.3f}" for each in sorted(lags)),
            rule=rules.AT_ONCE,
        )


def _further_lags(
    world: World, recorder: Subscription, placements: Sequence[Placement]
) -> list[float]:
    """Seconds that each order's second event took, beyond the fastest PENDING event."""
    pending = [event_of(world, recorder, each, OrderStatus.PENDING) for each in placements]
    offset = min(map(_distance, pending))
    return [
        _distance(event_of(world, recorder, each, OrderStatus.EXECUTED)) - offset
        for each in placements
    ]


def event_of(
    world: World, recorder: Subscription, placement: Placement, status: OrderStatus
) -> ReceivedEvent:
    """The event that gives the order this status, as this subscriber received it."""
    seconds = world.promise.delay_deadline
    return await_status(recorder, placement.order.order_id, status, seconds)


def _distance(received: ReceivedEvent) -> float:
    """From the server's clock at the event to ours at its arrival."""
    return received.received - received.event.occurred_at.timestamp()
