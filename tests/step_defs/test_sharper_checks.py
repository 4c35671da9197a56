"""Checks of what servers were once seen to get away with."""

import random
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial

import pytest

from driver import OrderStatus, Reason, ReceivedEvent, Rejection, Subscription
from step_defs.checks.end_of_scenario import require_invariants
from step_defs.checks.events import require_replay_position
from step_defs.checks.independence import require_independent
from step_defs.checks.invariants import require_numbered
from step_defs.checks.lags import Told, require_together
from step_defs.checks.named_orders import accepted_order, require_order_named
from step_defs.checks.phantoms import require_announced_known, require_nothing_else
from step_defs.checks.times import require_other_times, require_same_times
from step_defs.world import rules
from step_defs.world.answers import AnyAnswer, Placement
from step_defs.world.drafts import REFERENCE, draft
from step_defs.world.mismatches import (
    ContractBroken,
    EventsWrong,
    RejectionWrong,
    ScenarioWrong,
    TimeWrong,
)
from step_defs.world.promise import Promise
from step_defs.world.world import World
from tests.step_defs.fake_port import FakeSubscription, fake_world
from tests.step_defs.samples import EXECUTED, PENDING, answer, event, order, placed


def names(order_id: str, status: OrderStatus, sent: float) -> AnyAnswer:
    detail = Rejection(Reason.DUPLICATE_REFERENCE, "t", "d", "/problems/x", (), order_id, status)
    return answer(detail, sent, sent + 0.5)


def executed_at(world: World) -> tuple[str, float]:
    """An order of the world, and when its EXECUTED event was received."""
    (placement,) = world.place([draft()])
    order_id = placement.order.order_id
    return order_id, world.subscribers.control.events_of(order_id)[-1].received


def test_a_rejection_must_name_the_order_with_a_status_that_it_had_meanwhile() -> None:
    with closing(fake_world()) as world:
        order_id, received = executed_at(world)
        first = world.latest.order
        for possible in (
            names(order_id, EXECUTED, received + 0.01),
            names(order_id, EXECUTED, received - 0.1),
            names(order_id, PENDING, received - 0.1),
            names(order_id, PENDING, received - 10),
        ):
            require_order_named(world, possible, first)
        for wrong in (
            names(order_id, PENDING, received + 0.01),
            names(order_id, EXECUTED, received - 10),
            names("another", EXECUTED, received + 0.01),
            answer(first),
        ):
            with pytest.raises(RejectionWrong):
                require_order_named(world, wrong, first)


def test_rejections_can_name_one_accepted_order_only() -> None:
    rejected = names("a", PENDING, 0)
    assert accepted_order([rejected, answer(order("a"))]).order_id == "a"
    for wrong in ([rejected], [answer(order("a")), answer(order("b"))]):
        with pytest.raises(RejectionWrong, match="no order to name"):
            accepted_order(wrong)


def test_times_that_depend_on_one_another_are_found() -> None:
    draw = random.Random(4).uniform
    times = [(draw(0.1, 1), draw(0.1, 1)) for _ in range(40)]
    require_independent(times, never)
    require_independent([(0.5, second) for _, second in times], never)
    for second in (1.0, -1.0):
        related = [(first, second * first + 0.1 * noise) for first, noise in times]
        require_independent(related, lambda: times)
        with pytest.raises(TimeWrong, match="depend"):
            require_independent(related, partial(list, related))
    with pytest.raises(ScenarioWrong, match="Too few"):
        require_independent(times[:10], never)


def never() -> list[tuple[float, float]]:
    pytest.fail("the times were taken once more")


@pytest.mark.parametrize(
    ("lag", "told"),
    [
        (0.3, "PENDING events come after their responses is too long"),
        (-0.3, "PENDING events come before their responses is too long"),
    ],
)
def test_an_event_before_its_response_is_not_called_late(lag: float, told: str) -> None:
    with closing(fake_world()) as world:
        require_together(world, *announced(0.05))
        with pytest.raises(TimeWrong, match=told):
            require_together(world, *announced(lag))


def announced(lag: float) -> tuple[Subscription, Told, OrderStatus, Callable[[], Told]]:
    """An order whose PENDING event came so many seconds after its response, each time."""
    received = ReceivedEvent(event(1, "a", PENDING), 1 + lag)
    told = [placed("a", 0)], [answer(order("a"), received=1)]
    return FakeSubscription(None, [received]), told, PENDING, lambda: told


def executing(delays: Sequence[float]) -> FakeSubscription:
    """A server that executed one order after the other, each after this delay."""
    told = [
        event(2 * number + later, str(number), status, second=10 * number + later * delay)
        for number, delay in enumerate(delays)
        for later, status in enumerate((PENDING, EXECUTED))
    ]
    return FakeSubscription(None, [ReceivedEvent(each, 0.0) for each in told])


def test_delays_that_repeat_are_told_from_random_ones() -> None:
    draw, promise = random.Random(6), Promise(0.1, 1.0, 1.0)
    one, other = ([draw.uniform(0.1, 1) for _ in range(20)] for _ in range(2))
    require_other_times(executing(one), executing(other), promise)
    require_same_times(executing(one), executing([each + 0.004 for each in one]), promise)
    with pytest.raises(TimeWrong, match="are the same on both servers"):
        require_other_times(executing(one), executing([each + 0.004 for each in one]), promise)
    with pytest.raises(TimeWrong, match="differ between the servers"):
        require_same_times(executing(one), executing(other), promise)
    with pytest.raises(ScenarioWrong, match="Too few orders"):
        require_other_times(executing(one[:10]), executing(other[:10]), promise)


def test_an_order_that_cannot_be_viewed_is_found() -> None:
    with closing(fake_world()) as world:
        executed_at(world)
        require_announced_known(world)
        _announce_unknown(world)
        with pytest.raises(ContractBroken, match="cannot be viewed"):
            require_announced_known(world)


def test_an_order_that_nobody_placed_is_found() -> None:
    with closing(fake_world()) as world:
        executed_at(world)
        world.place([draft(quantity="0")])
        require_nothing_else(world, 0)
        world.port.place(draft())
        with pytest.raises(ContractBroken, match="announced that was not accepted"):
            require_nothing_else(world, 0)


def test_an_order_that_is_listed_only_is_found() -> None:
    with closing(fake_world()) as world:
        executed_at(world)
        world.port.place(draft())
        heard = world.subscribers.control.events
        assert isinstance(heard, list)
        del heard[2:]
        with pytest.raises(ContractBroken, match="wrong orders"):
            require_nothing_else(world, 0)


def test_missing_numbers_and_events_are_found() -> None:
    with closing(fake_world()) as world:
        executed_at(world)
        control = world.subscribers.control
        require_numbered(control, 2, 0)
        with pytest.raises(EventsWrong, match="3 events"):
            require_numbered(control, 3, 0)
        _announce_unknown(world)
        with pytest.raises(EventsWrong, match="event 9 came where 3 was due"):
            require_numbered(control, 3, 0)


def test_a_replay_must_be_confirmed_from_where_it_was_asked_for() -> None:
    with closing(fake_world()) as world:
        executed_at(world)
        subscription = world.subscribe("Ann")
        require_replay_position(subscription, 2, 2)
        with pytest.raises(EventsWrong, match="another sequence number"):
            require_replay_position(subscription, 1, 4)
        with pytest.raises(EventsWrong, match="left out") as raised:
            require_replay_position(subscription, 1, 2)
        assert raised.value.rule == rules.REPLAY


def test_an_order_accepted_twice_is_not_called_rejected() -> None:
    with closing(fake_world()) as world:
        executed_at(world)
        world.port.place(world.latest.draft)
        with pytest.RaisesGroup(
            pytest.RaisesExc(EventsWrong, match="An event carries the reference of another order")
        ):
            require_invariants(world)


def test_an_announced_rejection_is_called_so() -> None:
    with closing(fake_world()) as world:
        executed_at(world)
        rejected = answer(Rejection(Reason.INVALID_ORDER, "t", "d", "/problems/x"))
        again = draft()
        world.record([rejected], [Placement(again, rejected)])
        world.port.place({**draft(), REFERENCE: again[REFERENCE]})
        with pytest.RaisesGroup(
            pytest.RaisesExc(EventsWrong, match="An event was sent for a rejected order")
        ):
            require_invariants(world)


def _announce_unknown(world: World) -> None:
    events = world.subscribers.control.events
    assert isinstance(events, list)
    unknown = replace(events[0].event, order_id="unknown", sequence=9)
    events.append(replace(events[0], event=unknown))
