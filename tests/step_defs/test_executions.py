"""A server is blamed for a wrong record only if it is wrong beside others and alone, too."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from driver import TRADING, Contract
from perf import BurstRecord
from step_defs.checks import executions
from step_defs.checks.executions import FEW, SAMPLE, require_executed_within
from step_defs.world.mismatches import TimeWrong
from step_defs.world.spans import Span
from step_defs.world.world import World
from tests.perf.samples import executed, record_of
from tests.step_defs.fake_port import fake_world

SEEN_LATE = [Span(0.5, 0.0, 0.9, recorded=True)]


@pytest.fixture
def world() -> Iterator[World]:
    with closing(fake_world()) as world:
        yield world


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
