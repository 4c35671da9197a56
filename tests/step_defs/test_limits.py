"""Grace never lets a time pass: what is measured is compared with the limit itself."""

import time

import pytest

from step_defs.checks.executions import of_burst
from step_defs.checks.limits import (
    AVERAGE,
    LONGEST,
    record_error,
    require_not_sooner,
    require_within,
    share,
)
from step_defs.world.machine import Knocks, Machine
from step_defs.world.mismatches import ContractBroken, TimeWrong
from step_defs.world.spans import Measured, Span
from step_defs.world.world import World
from tests.perf.samples import executed, record_of, unanswered


def took(*seconds: float, seen: float = 0.0) -> list[Span]:
    return [Span(each, 0.0, each + seen) for each in seconds]


def nothing() -> list[Span]:
    raise AssertionError("a time within its limit was measured again")


def test_a_time_within_the_limit_is_measured_once(world: World) -> None:
    require_within(world, "time", 1.0, took(0.5, 1.0), nothing)


def test_a_breach_that_does_not_show_again_is_the_machines(world: World) -> None:
    require_within(world, "time", 1.0, took(0.5, 1.2), lambda: took(0.9))


def test_a_breach_that_shows_again_is_told_with_both_values(world: World) -> None:
    told = r"measured 1\.100 s, .*\n +and before that .*\n +and before that measured 1\.200 s"
    with pytest.raises(TimeWrong, match=rf"The longest time is too long[^$]*{told}"):
        require_within(world, "time", 1.0, took(1.2), lambda: took(1.1))


def test_an_impossible_limit_fails_with_the_measured_value(world: World) -> None:
    with pytest.raises(TimeWrong, match=r"measured 0\.500 s, limit 0\.010 s"):
        require_within(world, "time", 0.01, took(0.4), lambda: took(0.5))


def test_a_time_that_is_too_short_is_blamed_at_once() -> None:
    require_not_sooner("time", took(0.1, 0.5), 0.1)
    with pytest.raises(TimeWrong, match=r"measured 0\.050 s, limit 0\.100 s"):
        require_not_sooner("time", took(0.05, 0.5), 0.1)


def test_the_longest_time_is_so_without_the_machines_part() -> None:
    times = [Measured(1.2, 0.3), Measured(1.0, 0.05), Measured(0.5)]
    assert LONGEST.of(times) == Measured(1.0, 0.05)
    average = AVERAGE.of(times)
    assert (average.seconds, average.machine) == pytest.approx((0.9, 0.35 / 3))


@pytest.mark.parametrize(("count", "total", "seconds"), [(95, 100, 19), (20, 20, 20), (1, 2, 10)])
def test_a_share_of_the_times_is_within_so_much(count: int, total: int, seconds: float) -> None:
    assert (
        share(count, total).of([Measured(1.0 * each) for each in range(1, 21)]).seconds == seconds
    )


def test_records_that_the_client_does_not_see_are_told(world: World) -> None:
    assert not record_error(world, took(0.5, 0.9, seen=0.01))
    assert "0.400 s apart" in record_error(world, took(0.5, 0.9, seen=0.4))


def test_without_an_execution_there_is_nothing_to_measure(world: World) -> None:
    with pytest.raises(ContractBroken, match="nothing to measure"):
        require_within(world, "time", 1.0, of_burst(record_of(unanswered(1))), nothing)


def test_the_executions_of_a_burst_are_those_that_the_server_recorded() -> None:
    (span,) = of_burst(record_of(executed(1, delay=0.7), unanswered(2)))
    assert (span.seconds, span.seen) == pytest.approx((0.7, 0.7))


def test_the_machine_is_watched_while_it_is_asked_to_be() -> None:
    knocked: list[float] = []
    machine = Machine(lambda: knocked.append(time.perf_counter()))
    with machine.watched(pause=0.0):
        deadline = time.perf_counter() + 10
        while len(knocked) < 3:
            assert time.perf_counter() < deadline
    assert machine.knocks.longest_at(knocked[1]) > 0
    assert machine.knocks.longest_at(knocked[0] - 60) == 0


def test_a_slow_moment_of_the_machine_is_its_part_of_a_time_that_ends_then(world: World) -> None:
    began = time.perf_counter()
    world.machine = SlowAt(began + 1.0)
    require_within(world, "time", 1.0, [Span.between(began, began + 1.15)], nothing)
    spans = [Span.between(began + 5, began + 6.15)]
    with pytest.raises(TimeWrong, match=r"measured 1\.150 s, limit 1\.000 s, machine's part 0\.0"):
        require_within(world, "time", 1.0, spans, lambda: spans)


def test_a_machine_that_is_slow_all_the_time_is_so_between_two_knocks_too() -> None:
    knocks = Knocks([0.0, 0.5, 1.0, 1.5, 2.0], [0.1, 0.6, 1.1, 1.6, 2.9])
    assert knocks.usual == pytest.approx(0.1)
    assert knocks.longest_at(0.3) == 0
    assert knocks.longest_at(2.5) == pytest.approx(0.9)
    assert Knocks([], []).usual == 0


class SlowAt(Machine):
    """Had one slow moment, which took 0.2 seconds, and was quick before and after it."""

    def __init__(self, moment: float) -> None:
        super().__init__(lambda: None)
        quick = [moment + number / 10 for number in range(-10, 60) if number not in (0, 1)]
        self._slow = sorted([*((each, each + 0.001) for each in quick), (moment, moment + 0.2)])

    @property
    def knocks(self) -> Knocks:
        return Knocks([began for began, _ in self._slow], [ended for _, ended in self._slow])
