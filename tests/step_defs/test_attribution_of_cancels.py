"""What is found of cancels tells which promise is broken, as exactly as it can be found out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bdd import Mismatch, Rule
from driver import Action, Answer, LoggedRequest, OrderEvent, ReceivedEvent
from step_defs.checks.end_of_scenario import require_invariants
from step_defs.checks.lags import require_together
from step_defs.checks.orders import require_event_times
from step_defs.world import rules
from step_defs.world.drafts import draft
from step_defs.world.second_look import rule_of_both
from step_defs.world.world import World
from tests.step_defs.fake_port import control_of
from tests.step_defs.samples import CANCELLED, EXECUTED


def cancelled(event: OrderEvent) -> OrderEvent:
    return replace(event, status=CANCELLED)


def test_a_cancelled_order_that_is_changed_later_is_not_cancelled_for_good(world: World) -> None:
    (placed,) = world.place([draft()])
    control = control_of(world)
    control.events[1] = replace(control.events[1], event=cancelled(control.events[1].event))
    touched = replace(placed.order, status=CANCELLED, updated_at=datetime.now(UTC))
    with pytest.raises(Mismatch) as raised:
        require_event_times(world, placed, touched)
    assert raised.value.rule == rules.CANCELLED_FOR_GOOD
    with pytest.raises(Mismatch) as raised:
        require_event_times(world, placed, replace(touched, updated_at=placed.order.created_at))
    assert raised.value.rule == rules.EVENT_TIME


def test_a_cancel_that_was_sent_after_the_execution_tells_of_two_ends_which_is_wrong(
    world: World,
) -> None:
    world.place([draft()])
    order_id = world.latest.order.order_id
    control = control_of(world)
    control.events.append(replace(control.events[1], event=cancelled(control.events[1].event)))
    assert rule_of_both(world) == rules.NEVER_BOTH
    executed = control.events[1].received
    for sent, rule in [(1, rules.ONLY_PENDING_CANCELLED), (-1, rules.NEVER_BOTH)]:
        request = LoggedRequest(f"DELETE /{order_id}", None, "204", "", executed + sent, 0)
        world.record([Answer(None, Action.CANCEL, request)])
        assert rule_of_both(world) == rule
        with pytest.raises(ExceptionGroup) as raised:
            require_invariants(world)
        assert rule in [getattr(each, "rule", None) for each in raised.value.exceptions]


def test_one_late_cancel_that_was_accepted_explains_the_other_orders(world: World) -> None:
    placements = world.place([draft(), draft()])
    control = control_of(world)
    executed = [each for each in control.events if each.event.status is EXECUTED]
    control.events += [replace(each, event=cancelled(each.event)) for each in executed]
    for placement, sent in zip(placements, (-1, 1), strict=True):
        moment = max(each.received for each in executed) + sent
        request = LoggedRequest(f"DELETE /{placement.order.order_id}", None, "204", "", moment, 0)
        assert rule_of_both(world) == rules.NEVER_BOTH
        world.note_cancels([Answer(None, Action.CANCEL, request)])
    assert rule_of_both(world) == rules.ONLY_PENDING_CANCELLED


@pytest.mark.parametrize(("done_later", "rule"), [(0.3, rules.VIEW_FRESH), (0.0, rules.AT_ONCE)])
def test_a_cancel_that_is_done_after_its_response_is_no_event_that_is_late(
    world: World, done_later: float, rule: Rule
) -> None:
    world.place([draft()])
    control, order_id = control_of(world), world.latest.order.order_id
    cancel = cancelled(control.events[1].event)
    occurred_at = cancel.occurred_at + timedelta(seconds=done_later)
    received = control.events[1].received
    late = ReceivedEvent(replace(cancel, occurred_at=occurred_at), received + 0.3)
    control.events.append(late)
    request = LoggedRequest(f"DELETE /{order_id}", None, "204", "", received, received)
    world.record([Answer(None, Action.CANCEL, request)])
    told = world.placements, world.answers
    with pytest.raises(Mismatch, match="after their responses is too long") as raised:
        require_together(world, control, told, CANCELLED, lambda: told)
    assert raised.value.rule == rule
