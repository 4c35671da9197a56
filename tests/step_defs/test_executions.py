"""A server is blamed for a wrong record only if it is wrong beside others and alone, too."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bdd import Rule
from driver import TRADING, Contract, OrderStatus, ReceivedEvent
from perf.records import BurstRecord
from step_defs.checks import executions
from step_defs.checks.executions import FEW, SAMPLE, require_becomes_within, require_executed_within
from step_defs.world import rules
from step_defs.world.drafts import draft
from step_defs.world.mismatches import TimeWrong
from step_defs.world.spans import Span
from step_defs.world.world import World
from tests.perf.samples import executed, record_of
from tests.step_defs.fake_port import FakeSubscription

SEEN_LATE = [Span(0.5, 0.0, 0.9, recorded=True)]


def bursts(monkeypatch: pytest.MonkeyPatch, *seen_later: float) -> list[int]:
    """Gives each burst a record from which what the client sees differs by so many seconds."""
    placed: list[int] = []

    def measured(_world: World, _contract: Contract, count: int) -> BurstRecord:
        later = seen_later[len(placed)]
        placed.append(count)
        order = executed(1, delay=0.5)
        assert order.executed_at is not None
        return record_of(replace(order, executed_at=order.executed_at + later))

    monkeypatch.setattr(executions, "measured_burst", measured)
    return placed


def test_a_machine_that_was_late_once_is_not_waited_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = bursts(monkeypatch, 0.0)
    require_executed_within(world, TRADING, SEEN_LATE, 1.0)
    assert placed == [FEW]


def test_a_record_that_is_wrong_beside_others_is_measured_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = bursts(monkeypatch, 5.0, 0.0)
    require_executed_within(world, TRADING, SEEN_LATE, 1.0)
    assert placed == [FEW, SAMPLE]


def test_a_record_that_is_wrong_each_time_is_blamed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = bursts(monkeypatch, 5.0, 5.0)
    with pytest.raises(TimeWrong, match="are not those at which the events arrived"):
        require_executed_within(world, TRADING, SEEN_LATE, 1.0)
    assert placed == [FEW, SAMPLE]


def test_a_right_record_is_not_looked_at_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = bursts(monkeypatch)
    require_executed_within(world, TRADING, [Span(0.5, 0.0, 0.5, recorded=True)], 1.0)
    assert placed == []


@pytest.mark.parametrize(
    ("answered_later", "rule"), [(0.5, rules.AT_ONCE), (0.0, rules.ORDER_EXECUTED)]
)
def test_an_execution_that_is_in_time_after_the_response_began_too_early(
    world: World, monkeypatch: pytest.MonkeyPatch, answered_later: float, rule: Rule
) -> None:
    bursts(monkeypatch, 0.0, 0.0)
    (placed,) = world.place([draft()])
    events = control_of(world).events
    events[1] = received_later(events[1], 0.5)
    log = placed.answer.log
    answer = replace(placed.answer, log=replace(log, received=log.received + answered_later))
    placed = replace(placed, answer=answer)
    with pytest.raises(TimeWrong, match="execution delay is too long") as raised:
        require_becomes_within(world, TRADING, [placed], OrderStatus.EXECUTED, 0.3)
    assert raised.value.rule == rule


def received_later(received: ReceivedEvent, seconds: float) -> ReceivedEvent:
    """The event if all of it had happened so many seconds later."""
    occurred_at = received.event.occurred_at + timedelta(seconds=seconds)
    event = replace(received.event, occurred_at=occurred_at)
    return ReceivedEvent(event, received.received + seconds)


def control_of(world: World) -> FakeSubscription:
    control = world.subscribers.control
    assert isinstance(control, FakeSubscription)
    return control
