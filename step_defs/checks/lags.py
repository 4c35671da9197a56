"""How long after the response, or after what happened, an event arrives."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from driver import Capability, OrderStatus, ReceivedEvent, Subscription
from step_defs.checks.limits import AT_ONCE, require_within
from step_defs.world import rules
from step_defs.world.answers import AnyAnswer, Placement
from step_defs.world.drafts import renewed
from step_defs.world.mismatches import ScenarioWrong, TimeWrong, about
from step_defs.world.second_look import looked_into
from step_defs.world.spans import Span
from step_defs.world.subscribers import await_status, clock_offset
from step_defs.world.world import World

Told = tuple[Sequence[Placement], Sequence[AnyAnswer]]
"""Orders, and of each the answer that its event arrives together with."""


def require_announced_at_once(
    world: World, recorder: Subscription, placements: Sequence[Placement]
) -> None:
    """PENDING arrives together with the response, and EXECUTED as fast as PENDING."""

    def further(placements: Sequence[Placement]) -> list[Span]:
        return _after_assignment(world, recorder, placements)

    told = placements, [each.answer for each in placements]
    again = partial(_place_again, world, placements)
    require_together(world, recorder, told, OrderStatus.PENDING, again)
    what = f"way of an {OrderStatus.EXECUTED} event"
    require_within(world, what, AT_ONCE, further(placements), lambda: further(again()[0]))


def require_cancels_announced(world: World) -> None:
    """CANCELLED arrives together with the response to each order's cancel."""
    if len(world.answers) != len(world.placements):
        raise ScenarioWrong(
            "The step needs a cancel for each order",
            expected=f"{len(world.placements)} cancels in the latest step",
            got=len(world.answers),
        )
    told = world.placements, world.answers
    control, again = world.subscribers.control, partial(_cancel_again, world, world.placements)
    require_together(world, control, told, OrderStatus.CANCELLED, again)


def require_together(
    world: World,
    recorder: Subscription,
    told: Told,
    status: OrderStatus,
    again: Callable[[], Told],
) -> None:
    """The event of each order's status arrives with the answer, neither after it nor before."""

    def spans(placements: Sequence[Placement], answers: Sequence[AnyAnswer]) -> list[Span]:
        came = [event_of(world, recorder, each, status).received for each in placements]
        pairs = zip(answers, came, strict=True)
        return [Span.between(answer.received, received) for answer, received in pairs]

    first = spans(*told)
    what = f"time by which {status} events come"
    with about(rules.AT_ONCE), _record_looked_at(world, recorder, told, status):
        require_within(
            world, f"{what} after their responses", AT_ONCE, first, lambda: spans(*again())
        )
        require_within(
            world,
            f"{what} before their responses",
            AT_ONCE,
            _backwards(first),
            lambda: _backwards(spans(*again())),
        )


@contextmanager
def _record_looked_at(
    world: World, recorder: Subscription, told: Told, status: OrderStatus
) -> Iterator[None]:
    """If cancels are also done too late by the server's record, whoever has the response is misled.

    Who views the order then sees that it is PENDING; its event may have come at once.
    """
    try:
        yield
    except TimeWrong as wrong:
        is_cancel = status is OrderStatus.CANCELLED and world.port.offers(Capability.TIMES)
        if is_cancel and (late := _longest_after_response(world, recorder, told)) > AT_ONCE:
            wrong.rule = rules.VIEW_FRESH
            wrong.got += f"\nand CANCELLED by the server's record {late:.3f} s after the response"
        raise


def _longest_after_response(world: World, recorder: Subscription, told: Told) -> float:
    """How long after its response a cancel was done, by the server's record."""
    offset = clock_offset(recorder)
    done = [event_of(world, recorder, each, OrderStatus.CANCELLED).event for each in told[0]]
    return max(
        each.occurred_at.timestamp() + offset - answer.received
        for each, answer in zip(done, told[1], strict=True)
    )


def _backwards(spans: Sequence[Span]) -> list[Span]:
    return [Span.between(each.ended, each.began) for each in spans]


def _place_again(world: World, placements: Sequence[Placement]) -> Told:
    drafts = [renewed(each.draft) for each in placements]
    answers = world.ask([partial(world.port.place, each) for each in drafts])
    return list(map(Placement, drafts, answers)), answers


def _cancel_again(world: World, placements: Sequence[Placement]) -> Told:
    """Places so many orders once more, and cancels those that are not executed before."""
    placed, _ = _place_again(world, placements)
    cancels = world.ask([partial(world.port.cancel, each.order.order_id) for each in placed])
    pairs = zip(placed, cancels, strict=True)
    accepted = [(each, cancel) for each, cancel in pairs if cancel.outcome is None]
    return [each for each, _ in accepted], [cancel for _, cancel in accepted]


def _after_assignment(
    world: World, recorder: Subscription, placements: Sequence[Placement]
) -> list[Span]:
    """What each EXECUTED event took on its way, beyond the fastest PENDING event."""
    pending = [event_of(world, recorder, each, OrderStatus.PENDING) for each in placements]
    offset = min(each.received - each.event.occurred_at.timestamp() for each in pending)
    executed = [event_of(world, recorder, each, OrderStatus.EXECUTED) for each in placements]
    return [
        Span.between(each.event.occurred_at.timestamp() + offset, each.received)
        for each in executed
    ]


def event_of(
    world: World, recorder: Subscription, placement: Placement, status: OrderStatus
) -> ReceivedEvent:
    """The event that gives the order this status, as this subscriber received it."""
    seconds = world.promise.delay_deadline
    order_id = placement.order.order_id
    with looked_into(world.subscribers, recorder, world.port, order_id):
        return await_status(recorder, order_id, status, seconds)
