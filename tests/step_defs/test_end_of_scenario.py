"""What is always checked names the promise, and who is to blame."""

from contextlib import closing
from dataclasses import replace

import pytest

from bdd import Mismatch
from bdd.reporting.evidence import run_charges
from driver import ContractViolation, Disconnection, ReceivedEvent
from step_defs.checks.end_of_scenario import require_invariants
from step_defs.world import rules
from step_defs.world.drafts import draft
from step_defs.world.world import World
from tests.step_defs.fake_port import FakeSubscription, fake_world
from tests.step_defs.samples import EXECUTED, PENDING, event


def control_of(world: World) -> FakeSubscription:
    world.place([draft()])
    control = world.subscribers.control
    assert isinstance(control, FakeSubscription)
    return control


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
        control = control_of(world)
        control.events.append(control.events[-1])
        found = broken(world)
    assert [each.rule for each in found] == [rules.NUMBERING, rules.STATUS_SEQUENCE]
    assert found[0].got == "the control subscriber: event 2 came where 3 was due"


def test_orders_of_others_are_charged_to_the_run() -> None:
    charged: list[Mismatch] = []
    run_charges.set(charged)
    with closing(fake_world()) as world:
        control = control_of(world)
        of_other = [event(3, "other", EXECUTED), event(4, "other", PENDING)]
        control.events += [ReceivedEvent(each, 0) for each in of_other]
        require_invariants(world)
    run_charges.set(None)
    assert [each.rule for each in charged] == [rules.STATUS_SEQUENCE]


def test_many_lines_are_told_as_a_few() -> None:
    with closing(fake_world()) as world:
        control = control_of(world)
        last = control.events[-1].event
        further = [replace(last, sequence=10 * number) for number in range(1, 10)]
        control.events += [ReceivedEvent(each, 0) for each in further]
        assert broken(world)[0].got.endswith("… and 4 more")


def test_unreadable_frames_and_the_end_of_a_connection_are_told() -> None:
    with closing(fake_world()) as world:
        control = control_of(world)
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
    assert names == ["the control subscriber", "connection 1 of Ann", "Bob", "connection 2 of Ann"]
