"""What is always checked names the promise, and who is to blame."""

from contextlib import closing
from dataclasses import replace

import pytest

from bdd import Mismatch
from bdd.reporting.attaching import run_charges
from driver import ContractViolation, Disconnection, ReceivedEvent
from step_defs.checks.end_of_scenario import require_invariants
from step_defs.world import rules
from step_defs.world.answers import Placement
from step_defs.world.drafts import REFERENCE, draft
from step_defs.world.world import World
from tests.step_defs.fake_port import FakeSubscription, control_of, fake_world
from tests.step_defs.samples import EXECUTED, PENDING, event


def control_after_order(world: World) -> FakeSubscription:
    world.place([draft()])
    return control_of(world)


def broken(world: World) -> list[Mismatch]:
    with pytest.raises(ExceptionGroup) as raised:
        require_invariants(world)
    assert all(isinstance(each, Mismatch) for each in raised.value.exceptions)
    return list(raised.value.exceptions)  # type: ignore[arg-type]


def test_a_right_stream_breaks_nothing() -> None:
    with closing(fake_world()) as world:
        world.place([draft()])
        require_invariants(world)


def test_each_broken_promise_is_told_by_itself() -> None:
    with closing(fake_world()) as world:
        control = control_after_order(world)
        control.events.append(control.events[-1])
        found = broken(world)
    assert [each.rule for each in found] == [rules.NUMBERING, rules.STATUS_SEQUENCE]
    assert found[0].got == "the control subscriber: event 2 came where 3 was due"


def test_what_a_restarted_server_tells_is_another_stream() -> None:
    with closing(fake_world()) as world:
        world.place([draft()])
        world.subscribers.expect_restart()
        world.meet("another")
        world.place([draft()])
        found = broken(world)
    assert [each.rule for each in found] == [rules.NEW_STREAM], "and nobody was told otherwise"


def test_orders_of_others_are_charged_to_the_run() -> None:
    charged: list[Mismatch] = []
    run_charges.set(charged)
    with closing(fake_world()) as world:
        control = control_after_order(world)
        of_other = [event(3, "other", EXECUTED), event(4, "other", PENDING)]
        control.events += [ReceivedEvent(each, 0) for each in of_other]
        require_invariants(world)
    run_charges.set(None)
    assert [each.rule for each in charged] == [rules.STATUS_SEQUENCE]


def test_many_lines_are_told_as_a_few() -> None:
    with closing(fake_world()) as world:
        control = control_after_order(world)
        last = control.events[-1].event
        further = [replace(last, sequence=10 * number) for number in range(1, 10)]
        control.events += [ReceivedEvent(each, 0) for each in further]
        assert broken(world)[0].got.endswith("… and 4 more")


def test_unreadable_frames_and_the_end_of_a_connection_are_told() -> None:
    with closing(fake_world()) as world:
        control = control_after_order(world)
        control.violations.append(ContractViolation("A frame", ("no number",), "{}"))
        control.disconnection = Disconnection(1006, "", 0)
        found = broken(world)
    assert [each.rule for each in found] == [rules.EVENT_FORM, None]
    assert "the control subscriber was disconnected: 1006" in found[1].got


def test_each_connection_of_a_person_is_told_apart() -> None:
    with closing(fake_world()) as world:
        for name in ("Ann", "Bob", "Ann"):
            world.subscribe(name)
        names = [name for name, _ in world.subscribers.connections]
    assert names == [
        "the control subscriber",
        "the first connection of Ann",
        "Bob",
        "the second connection of Ann",
    ]


def test_an_event_of_an_order_that_was_rejected_leaves_a_trace() -> None:
    with closing(fake_world()) as world:
        control = control_after_order(world)
        (first,) = world.placements
        twice = Placement(first.draft, world.port.place(draft(quantity="0")))
        world.record([twice.answer], [twice])
        reference = str(first.draft[REFERENCE])
        told = replace(control.events[0].event, sequence=3, order_id="other", reference=reference)
        control.events.append(ReceivedEvent(told, 0))
        found = broken(world)
    assert rules.NO_TRACE in [each.rule for each in found]


def test_orders_that_share_an_id_are_not_told_as_wrong_references() -> None:
    with closing(fake_world()) as world:
        control_after_order(world)
        (first,) = world.placements
        second = replace(first, draft=draft())
        world.record([first.answer], [second])
        found = broken(world)
    assert [each.rule for each in found] == [rules.OWN_ID]


def test_an_unreadable_answer_to_what_a_subscriber_sent_is_told_as_such() -> None:
    with closing(fake_world()) as world:
        control_after_order(world)
        world.subscribe("Ann")
        world.subscribers.begin_conduct("Ann", rules.HARMS_ITSELF)
        subscription = world.subscribers.named("Ann")
        assert isinstance(subscription, FakeSubscription)
        subscription.violations.append(ContractViolation("A frame", ("no JSON",), "}{"))
        found = broken(world)
    assert [each.rule for each in found] == [rules.MESSAGES_IGNORED]
