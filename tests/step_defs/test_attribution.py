"""What is found tells which promise is broken, as exactly as it can be found out."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bdd import Mismatch, Rule
from driver import (
    Action,
    ContractViolation,
    OrderStatus,
    Part,
)
from perf.records import DISORDER, BurstRecord, OrderRecord
from step_defs.checks.bursts import require_all_executed
from step_defs.checks.events import require_statuses
from step_defs.checks.listings import require_list
from step_defs.world import rules
from step_defs.world.drafts import draft
from step_defs.world.mismatches import about, told
from step_defs.world.paging import page_through
from step_defs.world.second_look import quantities_in
from step_defs.world.world import World
from tests.step_defs.fake_port import FakePort, control_of
from tests.step_defs.samples import EXECUTED, PENDING


def wait_for(world: World, status: OrderStatus = EXECUTED) -> Mismatch:
    control, order = world.subscribers.control, world.latest.order
    with pytest.raises(Mismatch) as raised:
        require_statuses(world, control, order, [PENDING, status])
    return raised.value


def execute(world: World, status: OrderStatus) -> None:
    """Makes the server show the latest order with this status."""
    port = world.port
    assert isinstance(port, FakePort)
    order = world.latest.order
    port._orders[order.order_id] = replace(order, status=status)


def test_an_order_that_is_not_executed_breaks_the_promise_of_execution(world: World) -> None:
    world.place([draft()])
    control_of(world).events.pop()
    execute(world, PENDING)
    assert wait_for(world).rule == rules.ORDER_EXECUTED


def test_an_execution_that_only_a_view_tells_was_not_announced(world: World) -> None:
    world.place([draft()])
    control_of(world).events.pop()
    found = wait_for(world)
    assert found.rule == rules.STATUS_SEQUENCE
    assert found.got.endswith("though the order is EXECUTED when viewed")


def test_silence_since_somebody_left_breaks_the_promise_that_others_are_unharmed(
    world: World,
) -> None:
    world.subscribe("Bob")
    world.subscribers.begin_conduct("Bob", rules.COME_AND_GO)
    world.place([draft()])
    control_of(world).events.clear()
    found = wait_for(world)
    assert found.rule == rules.COME_AND_GO
    assert found.got.endswith("nothing else since Bob has left or misbehaved")


def test_silence_that_hides_the_acceptance_is_no_other_promise(world: World) -> None:
    world.subscribe("Bob")
    world.place([draft()])
    control_of(world).events.clear()
    assert wait_for(world, PENDING).rule == rules.STATUS_SEQUENCE
    world.subscribers.begin_conduct("Bob", rules.COME_AND_GO)
    assert wait_for(world, PENDING).rule == rules.COME_AND_GO


def test_whoever_is_still_told_something_was_not_silenced(world: World) -> None:
    world.subscribe("Bob")
    world.subscribers.begin_conduct("Bob", rules.COME_AND_GO)
    moment = time.perf_counter()
    world.place([draft()])
    assert all(each.received >= moment for each in control_of(world).events)
    control_of(world).events.pop()
    assert wait_for(world).rule == rules.STATUS_SEQUENCE


def test_nobody_silences_himself(world: World) -> None:
    world.subscribe("Bob")
    world.subscribers.begin_conduct("Bob", rules.COME_AND_GO)
    again = world.subscribe("Bob")
    assert world.subscribers.silenced_by(again) is None


def test_a_list_that_comes_right_was_outdated(world: World) -> None:
    (placed,) = world.place([draft()])
    filters = {"reference": placed.reference}
    page_through(world, filters)
    answers = [replace(world.answer, outcome=replace(world.pages[0], orders=()))]
    world.record(answers)
    with pytest.raises(Mismatch) as raised:
        require_list(world, [placed])
    assert raised.value.rule == rules.LIST_FRESH
    assert raised.value.got == "no order\nand the right orders a moment later"


def test_a_list_that_stays_wrong_lacks_orders(world: World) -> None:
    (placed,) = world.place([draft()])
    page_through(world, {"reference": "none"})
    with pytest.raises(Mismatch) as raised:
        require_list(world, [placed])
    assert raised.value.rule == rules.LISTED


def test_only_a_list_is_asked_for_again(world: World) -> None:
    first, _ = world.place([draft()], [draft()])
    assert {each.action for each in world.answers} == {Action.PLACE}
    with pytest.raises(Mismatch, match="wrong orders"):
        require_list(world, [first])
    assert len(world.subscribers.control.events) == 4


def test_a_quantity_has_a_promise_of_its_own() -> None:
    quantity = ContractViolation("POST", ("quantity: wrong",), "{}", only_quantities=True)
    quantity.part = Part.RESPONSE
    assert told(quantity).rule == rules.PLAIN_QUANTITY
    other = ContractViolation("POST", ("side: wrong",), "{}")
    other.part = Part.RESPONSE
    assert told(other).rule == rules.RESPONSE_FORM


@pytest.mark.parametrize(("quantity", "rule"), [("Infinity", None), ("1e2", rules.PLAIN_QUANTITY)])
def test_an_order_for_what_is_no_number_should_have_been_rejected(
    quantity: str, rule: Rule | None
) -> None:
    violation = ContractViolation("POST", ("quantity: wrong",), "{}", only_quantities=True)
    with pytest.raises(Mismatch) as raised, quantities_in([draft(quantity=quantity)]):
        raise told(violation)
    assert raised.value.rule == rule


def found(named: Rule | None, meant: Rule | None) -> Rule | None:
    with pytest.raises(Mismatch) as raised, about(meant):
        raise Mismatch("wrong", expected=1, got=2, rule=named)
    return raised.value.rule


def test_what_a_step_is_about_gives_way_to_what_a_finding_names() -> None:
    assert found(None, rules.LISTED) == rules.LISTED
    assert found(rules.FILTERED, rules.LISTED) == rules.FILTERED
    assert found(rules.FILTERED, None) is None


def test_a_burst_whose_executions_only_views_tell_was_not_announced(world: World) -> None:
    (placed,) = world.place([draft()])
    lost = OrderRecord("R", placed.order.order_id, 0, 1, 1, None, 1, None, ("No EXECUTED",))
    burst = BurstRecord("fake", datetime.now(UTC), (lost,))
    with pytest.raises(Mismatch) as raised:
        require_all_executed(world, burst)
    assert raised.value.rule == rules.STATUS_SEQUENCE
    execute(world, PENDING)
    with pytest.raises(Mismatch) as raised:
        require_all_executed(world, burst)
    assert raised.value.rule is None
    early = replace(lost, executed_at=1, findings=(DISORDER,))
    with pytest.raises(Mismatch) as raised:
        require_all_executed(world, replace(burst, orders=(early,)))
    assert raised.value.rule == rules.STATUS_SEQUENCE
    with pytest.raises(Mismatch) as raised:
        require_all_executed(world, replace(burst, orders=(lost, lost)))
    assert raised.value.rule == rules.OWN_ID
